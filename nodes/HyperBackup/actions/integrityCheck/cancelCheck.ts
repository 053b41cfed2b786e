import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { cancelCheckCall } from '../../hyperBackup/integrity/checkCalls';
import { describeCheckState, isChecking } from '../../hyperBackup/integrity/checkReadiness';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { labelOf, taskError, type ChosenTask } from '../../n8n/chosenTask';
import type { Accepted } from '../act';
import type { Invocation } from '../Invocation';
import { isLost, settleLost } from '../lostResponse';
import { readAfterLoss } from './startCheck';

export const nothingToCancel = (task: ChosenTask, snapshot: TaskSnapshot): TaskError =>
	new TaskError(
		`Task ${labelOf(task)}: no integrity check is running: ${describeCheckState(snapshot)}`,
		"There is nothing to cancel. With the option 'Ignore If Already Done' this is no error.",
	);

/** DSM's 44xx means that no check runs, where the task's state agrees. */
async function refused({ api }: Pick<Invocation, 'api'>, task: ChosenTask, error: unknown) {
	const failure = dsmErrorOf(error);
	if (failure.kind === 'refused') {
		const now = await api.fetchSnapshot(task.id).catch(() => undefined);
		if (now && now.dialect.statusAddsToList && !isChecking(now.snapshot))
			return nothingToCancel(task, now.snapshot);
	}
	return await taskError(api, task, 'was not canceled', failure);
}

/** Has the check of a task canceled, or throws a sentence that says why not. */
export async function cancelCheck(
	{ api, attempt }: Pick<Invocation, 'api' | 'attempt'>,
	task: ChosenTask,
	afterStop = false,
): Promise<Accepted> {
	const accepted: Accepted = { task_id: task.id, name: task.name ?? null, success: true };
	try {
		await api.client.call(cancelCheckCall(task.id, afterStop));
		return accepted;
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (!isLost(failure)) throw await refused({ api }, task, failure);
		attempt.responseLost = true;
		const read = async () => await readAfterLoss(api, task, (now) => !isChecking(now));
		const lost = { name: 'cancel of the integrity check', done: 'canceled', read };
		await settleLost(attempt, task, lost, failure);
		return { ...accepted, response_lost: true };
	}
}
