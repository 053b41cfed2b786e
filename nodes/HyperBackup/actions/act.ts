import type { Action } from '../task/dialects';
import type { TaskApi } from '../task/TaskApi';
import { TaskError } from '../task/TaskError';
import type { TaskStatus } from '../task/TaskStatus';
import { DsmError } from '../transport/DsmError';
import { describeState } from './describeState';
import { aboutTask } from './sayOfTask';
import type { ChosenTask } from './taskLocator';

const OUTCOMES: Record<Action, string> = {
	run: 'was not started',
	cancel: 'was not cancelled',
	suspend: 'was not suspended',
	resume: 'was not resumed',
	discard: 'was not discarded',
};

/** Why a refusal is no surprise in this state, and what to do; undefined if the state does not explain it. */
function reason(action: Action, status: TaskStatus): [clause: string, advice: string] | undefined {
	const state = describeState(status);
	if (action !== 'run') return status.status === 'running' ? undefined : [`nothing is running any more: ${state}`, 'There is nothing to stop.'];
	if (status.status === 'running') return [state, "Wait until it has finished, or read its progress with 'Get Status'."];
	if (status.status === 'suspended') return [state, "Use 'Resume' to go on with it."];
	if (status.status === 'error' && status.problem !== 'backup_failed' && status.problem !== 'backup_partial') return [state, 'Open the task in Hyper Backup and repair its destination.'];
	return undefined;
}

/** The answer to an action was lost on the way: it is never sent again. What the NAS says of the task now goes into the message. */
async function lost(api: TaskApi, task: ChosenTask, action: Action, error: DsmError): Promise<DsmError> {
	const now = await api.getStatus(task.id).then(
		({ model }) => `now ${describeState(model)}`,
		() => 'its state could not be read either',
	);
	return new DsmError({
		trouble: error.trouble,
		message: `It is not known whether the NAS carried out '${action}' for task ${task.label}: ${now}. ${error.message}`,
		description: "The request was not repeated. Read the task with 'Get Status' before trying again.",
		httpStatus: error.httpStatus,
	});
}

/** Has `action` carried out, or throws a sentence that says why not. `state` is the task's own, which DSM's cancel and suspend ask for. */
export async function act(api: TaskApi, task: ChosenTask, action: Action, state?: string): Promise<void> {
	const failure = await failureOf(api.act(action, task.id, state));
	if (failure === undefined) return;
	if (failure.trouble === 'timeout' || failure.trouble === 'unreachable' || failure.trouble === 'badAnswer' || failure.trouble === 'httpStatus') {
		throw await lost(api, task, action, failure);
	}
	if (failure.trouble !== 'refused' && failure.trouble !== 'parameter') throw aboutTask(task, OUTCOMES[action], failure);
	const told = await api.getStatus(task.id).catch(() => undefined);
	const explained = told && reason(action, told.model);
	if (!explained) throw aboutTask(task, OUTCOMES[action], failure);
	throw new TaskError(`Task ${task.label} ${OUTCOMES[action]}: ${explained[0]}`, explained[1]);
}

async function failureOf(work: Promise<void>): Promise<DsmError | undefined> {
	return await work.then(
		() => undefined,
		async (error: unknown) => (error instanceof DsmError ? error : await Promise.reject(error)),
	);
}
