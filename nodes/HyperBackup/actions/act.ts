import { sleep, type IDataObject } from 'n8n-workflow';
import type { Action } from '../hyperBackup/task/dialects/Dialect';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { TaskStatus } from '../hyperBackup/task/TaskStatus';
import { DsmError } from '../dsm/errors/DsmError';
import { describeState } from '../hyperBackup/task/describeState';
import { aboutTask } from '../n8n/withTaskContext';
import type { ChosenTask } from '../n8n/taskLocator';

const OUTCOMES: Record<Action, string> = {
	run: 'was not started',
	cancel: 'was not canceled',
	suspend: 'was not suspended',
	resume: 'was not resumed',
	discard: 'was not discarded',
};

/** Why a refusal is no surprise in this state, and what to do; undefined if the state does not explain it. */
function reason(action: Action, status: TaskStatus): [clause: string, advice: string] | undefined {
	const state = describeState(status);
	if (action !== 'run')
		return status.status === 'running'
			? undefined
			: [`nothing is running any more: ${state}`, 'There is nothing to stop.'];
	if (status.status === 'running')
		return [state, "Wait until it has finished, or read its progress with 'Get Status'."];
	if (status.status === 'suspended') return [state, "Use 'Resume' to go on with it."];
	if (
		status.status === 'error' &&
		status.problem !== 'backup_failed' &&
		status.problem !== 'backup_partial'
	)
		return [state, 'Open the task in Hyper Backup and repair its destination.'];
	return undefined;
}

/** Whether the task is as the action makes it. The guarded actions have seen before that it was not. */
const SHOWS: Record<Action, (status: TaskStatus) => boolean> = {
	run: ({ status }) => status === 'running',
	cancel: ({ status, activity }) => status !== 'running' || activity === 'canceling',
	suspend: ({ status }) => status === 'suspended',
	resume: ({ status }) => status === 'running',
	discard: ({ status }) => status !== 'suspended',
};

/** Milliseconds before each look at the task: DSM takes a moment from accepting to showing. */
const LOOKS = [0, 1500, 3500];

/**
 * The answer to an action was lost on the way: it is never sent again. What the NAS says of the task decides whether it was accepted; if that
 * cannot be told, or it was not, an error says so.
 */
async function lost(
	api: TaskApi,
	task: ChosenTask,
	action: Action,
	error: DsmError,
): Promise<void> {
	let state: string | undefined;
	for (const pause of LOOKS) {
		if (pause > 0) await sleep(pause);
		const model = await api.getStatus(task.id).then(
			(told) => told.model,
			() => undefined,
		);
		if (model && model.status !== 'unknown' && SHOWS[action](model)) return;
		state = model && model.status !== 'unknown' ? describeState(model) : undefined;
		// Each look has tried three times: there is no answer a moment later either.
		if (model === undefined) break;
	}
	const { kind, httpStatus } = error;
	throw state === undefined
		? new DsmError({
				kind,
				httpStatus,
				message: `Task ${task.label}: cannot tell whether the NAS accepted '${action}': its answer was lost, and the task's state does not tell. ${error.message}`,
				description:
					"The request was not repeated. Read the task with 'Get Status' before trying again.",
			})
		: new DsmError({
				kind,
				httpStatus,
				message: `Task ${task.label} ${OUTCOMES[action]}: the answer of the NAS was lost, and it shows that '${action}' was not accepted: ${state}. ${error.message}`,
				description: 'The request was not repeated. It can be tried again.',
			});
}

/** What an item says of an action that the NAS accepted. */
export interface Accepted {
	task_id: string;
	success: true;
	/** Only where the answer was lost and the task's state showed that it was accepted. */
	answer_lost?: true;
}

/** Has `action` carried out, or throws a sentence that says why not. `state` is the task's own, which DSM's cancel and suspend ask for. */
export async function act(
	api: TaskApi,
	task: ChosenTask,
	action: Action,
	state?: string,
): Promise<Accepted & IDataObject> {
	const failure = await failureOf(api.act(action, task.id, state));
	if (failure === undefined) return { task_id: task.id, success: true };
	if (isLost(failure)) {
		await lost(api, task, action, failure);
		return { task_id: task.id, success: true, answer_lost: true };
	}
	if (failure.kind !== 'refused' && failure.kind !== 'parameter')
		throw aboutTask(task, OUTCOMES[action], failure);
	const told = await api.getStatus(task.id).catch(() => undefined);
	const explained = told && reason(action, told.model);
	if (!explained) throw aboutTask(task, OUTCOMES[action], failure);
	throw new TaskError(`Task ${task.label} ${OUTCOMES[action]}: ${explained[0]}`, explained[1]);
}

/** The request may have reached the NAS. */
function isLost({ kind, neverSent }: DsmError): boolean {
	return (
		!neverSent && ['timeout', 'unreachable', 'badResponse', 'httpStatus', 'notDsm'].includes(kind)
	);
}

async function failureOf(work: Promise<void>): Promise<DsmError | undefined> {
	return await work.then(
		() => undefined,
		async (error: unknown) => (error instanceof DsmError ? error : await Promise.reject(error)),
	);
}
