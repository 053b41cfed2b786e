import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../../hyperBackup/clock/NasClock';
import { toVersion } from '../../hyperBackup/versions/Version';
import type { ChosenTask } from '../../n8n/chosenTask';
import type { Invocation } from '../Invocation';
import { simplified } from '../parameters';

/** A version as it comes out: simplified, or as the NAS sends it. */
export function versionItem(
	invocation: Invocation,
	task: ChosenTask,
	row: IDataObject,
	clock: NasClock,
): IDataObject {
	const { version_id: versionId, message, ...more } = toVersion(row, clock);
	const model = {
		version_id: versionId,
		message,
		task_id: task.id,
		name: task.name ?? null,
		nas: invocation.api.nas,
		...more,
	};
	return simplified(invocation, { model, raw: row });
}
