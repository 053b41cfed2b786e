import type { IDataObject } from 'n8n-workflow';
import type { DsmClient } from '../../dsm/DsmClient';
import { TaskError } from '../task/TaskError';
import { fetchVersions, versionIdOf } from './fetchVersions';
import { versionStatus } from './Version';

const isComplete = (row: IDataObject): boolean =>
	versionStatus(row) === 'success' && /^\d+$/.test(versionIdOf(row));

/**
 * The newest version that was completed, from rows sorted by `fetchVersions`; `label` is the task
 * in sentences.
 */
export function newestCompleted(rows: IDataObject[], label: string): IDataObject {
	const newest = rows.find(isComplete);
	if (newest) return newest;
	throw new TaskError(
		`Task ${label} has no version that was completed`,
		rows.length === 0
			? 'Run the backup once.'
			: `It has ${rows.length} others, the newest with the status '${versionStatus(rows[0]!)}'. ` +
					'Run the backup once.',
		{ outcome: 'no_version' },
	);
}

const MAX_SHOWN = 20;

/** Throws a sentence with the versions there are, if there is none of this number. */
export async function rejectUnknownVersion(
	client: DsmClient,
	taskId: string,
	versionId: string,
	label: string,
): Promise<void> {
	const rows = await fetchVersions(client, taskId);
	const found = rows.find((row) => versionIdOf(row) === versionId);
	if (found && isComplete(found)) return;
	const good = rows.filter(isComplete).map(versionIdOf);
	const shown = good.slice(0, MAX_SHOWN).join(', ') || 'none';
	throw new TaskError(
		found
			? `Version ${versionId} of task ${label} was not completed: its status is ` +
					`'${versionStatus(found)}'`
			: `Task ${label} has no version ${versionId}`,
		`Completed versions: ${shown}${good.length > MAX_SHOWN ? ', ...' : ''}.`,
	);
}
