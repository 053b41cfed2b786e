import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { startCheckCall } from '../../hyperBackup/integrity/checkCalls';
import {
	describeCheckState,
	isChecking,
	whyNotReady,
} from '../../hyperBackup/integrity/checkReadiness';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { labelOf, taskError, type ChosenTask } from '../../n8n/chosenTask';
import type { Accepted } from '../act';
import type { Invocation, Where } from '../Invocation';
import { isLost, settleLost, type LostCall } from '../lostResponse';
import { wordParameter } from '../parameters';

const SCOPES = ['data', 'index'] as const;

/** Whether the data is checked too, or the index alone. */
export const checksData = (where: Where): boolean =>
	wordParameter(where, 'scope', 'Scope', SCOPES, 'data') === 'data';

/** What an error says did not happen. */
export const NOT_CHECKED = 'was not checked';

/** Throws a sentence for a task that is busy: DSM would report success and do nothing. */
export function rejectBusy(task: ChosenTask, snapshot: TaskSnapshot): void {
	const reason = whyNotReady(snapshot);
	if (reason === undefined) return;
	throw new TaskError(
		`Task ${labelOf(task)} ${NOT_CHECKED}: ${reason}`,
		'Wait until the task is idle. Nothing was sent: on a busy task DSM reports success, and no ' +
			'integrity check takes place.',
	);
}

/** A task as the NAS shows it after a response was lost. */
export async function readAfterLoss(
	api: TaskApi,
	task: ChosenTask,
	shows: (snapshot: TaskSnapshot) => boolean,
): ReturnType<LostCall['read']> {
	try {
		const found = await api.fetchSnapshot(task.id);
		if (found === undefined) return undefined;
		const { snapshot, dialect } = found;
		// The documented API does not show checks.
		const clear = dialect.statusAddsToList && (isChecking(snapshot) || !whyNotReady(snapshot));
		if (!clear) return { shows: false };
		return { shows: shows(snapshot), state: describeCheckState(snapshot) };
	} catch {
		return undefined;
	}
}

/** Has a check started, or throws a sentence that says why not. Success means DSM accepted it. */
export async function startCheck(
	{ api, attempt }: Pick<Invocation, 'api' | 'attempt'>,
	task: ChosenTask,
	withData: boolean,
): Promise<Accepted> {
	const accepted: Accepted = { task_id: task.id, name: task.name ?? null, success: true };
	try {
		await api.client.call(startCheckCall(task.id, withData));
		return accepted;
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (!isLost(failure)) throw await taskError(api, task, NOT_CHECKED, failure);
		attempt.responseLost = true;
		const read = async () => await readAfterLoss(api, task, isChecking);
		const lost = { name: 'integrity check', done: 'checked', read };
		await settleLost(attempt, task, lost, failure);
		return { ...accepted, response_lost: true };
	}
}
