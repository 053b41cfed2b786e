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
};

/** Why a refusal is no surprise in this state, and what to do; undefined if the state does not explain it. */
function reason(action: Action, status: TaskStatus): [clause: string, advice: string] | undefined {
	const state = describeState(status);
	if (action === 'run') {
		if (status.status === 'running') return [state, "Wait until it has finished, or read its progress with 'Get Status'."];
		if (status.status === 'suspended') return [state, "Use 'Resume' to go on with it."];
		if (status.status === 'error' && status.problem !== 'backup_failed' && status.problem !== 'backup_partial') return [state, 'Open the task in Hyper Backup and repair its destination.'];
		return undefined;
	}
	if (status.status !== 'running') return [`nothing is running: ${state}`, 'There is nothing to stop.'];
	if (action === 'suspend' && status.can_suspend === false) {
		return [`DSM does not allow it at this step${typeof status.step === 'string' ? ` ('${status.step}')` : ''}`, 'A backup can be suspended while it transfers data, not while it prepares or counts. Try again in a minute.'];
	}
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

/** Has `action` carried out, or throws a sentence that says why not. */
export async function act(api: TaskApi, task: ChosenTask, action: Action): Promise<void> {
	const failure = await failureOf(api.act(action, task.id));
	if (failure === undefined) return;
	if (failure.trouble === 'timeout' || failure.trouble === 'unreachable' || failure.trouble === 'badAnswer' || failure.trouble === 'httpStatus') {
		throw await lost(api, task, action, failure);
	}
	if (failure.trouble !== 'refused' && failure.trouble !== 'parameter') throw aboutTask(task, OUTCOMES[action], failure);
	const told = await api.getStatus(task.id).catch(() => undefined);
	// A running task in an unusual state wants that state sent along with cancel and suspend.
	const state = told?.raw.state;
	if (told?.model.status === 'running' && typeof state === 'string' && state !== 'backupable' && (action === 'cancel' || action === 'suspend')) {
		const second = await failureOf(api.act(action, task.id, state));
		if (second === undefined) return;
	}
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
