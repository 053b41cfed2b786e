import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { dsmErrorOf, type DsmError } from '../dsm/errors/DsmError';
import { describeState } from '../hyperBackup/task/describeState';
import type { Action } from '../hyperBackup/task/dialects/Dialect';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { TaskStatus } from '../hyperBackup/task/Task';
import { labelOf, taskError, withTaskContext, type ChosenTask } from '../n8n/chosenTask';
import { ACTIONS } from './actionRecords';
import type { Invocation, Where } from './Invocation';
import { isLost, settleLost, type LostCall } from './lostResponse';
import { flagParameter } from './parameters';
import { noteAcceptedStart, waitForAcceptedStart } from './acceptedStarts';

/** What an item says of an action that the NAS accepted. */
export interface Accepted extends IDataObject {
	task_id: string;
	/** null where no response has shown it. */
	name: string | null;
	success: true;
	/** Only where the response was lost and the task's state showed that it was accepted. */
	response_lost?: true;
}

async function statusOf(api: TaskApi, id: string): Promise<TaskStatus | undefined> {
	try {
		return (await api.getStatus(id)).model;
	} catch {
		return undefined;
	}
}

/** The error of a refused action: the task's state may explain it better than DSM's code. */
async function refused(
	api: TaskApi,
	task: ChosenTask,
	action: Action,
	error: DsmError,
): Promise<unknown> {
	const outcome = `was not ${ACTIONS[action].done}`;
	if (error.kind === 'refused' || error.kind === 'parameter') {
		const status = await statusOf(api, task.id);
		const explained = status && ACTIONS[action].refusal(status);
		if (explained)
			return new TaskError(`Task ${labelOf(task)} ${outcome}: ${explained[0]}`, explained[1]);
	}
	return await taskError(api, task, outcome, error);
}

const lostAction = (api: TaskApi, task: ChosenTask, action: Action): LostCall => ({
	name: action,
	done: ACTIONS[action].done,
	read: async () => {
		const status = await statusOf(api, task.id);
		if (status === undefined) return undefined;
		return status.status === 'unknown'
			? { shows: false }
			: { shows: ACTIONS[action].shows(status), state: describeState(status) };
	},
});

export interface ActOptions {
	/** The task's own word, which DSM's cancel and suspend require. */
	state?: string;
	/** Carried out although the execution was stopped. */
	afterStop?: boolean;
}

/** Has `action` carried out, or throws a sentence that says why not. */
export async function act(
	{ api, attempt }: Pick<Invocation, 'api' | 'attempt'>,
	task: ChosenTask,
	action: Action,
	{ state, afterStop = false }: ActOptions = {},
): Promise<Accepted> {
	const accepted: Accepted = { task_id: task.id, name: task.name ?? null, success: true };
	try {
		await api.act(action, task.id, state, afterStop);
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (!isLost(failure)) throw await refused(api, task, action, failure);
		attempt.responseLost = true;
		await settleLost(attempt, task, lostAction(api, task, action), failure);
		accepted.response_lost = true;
	}
	if (action === 'run') noteAcceptedStart(api, task.id);
	return accepted;
}

/** Options of every action that a task may already be past. */
export const ignoreOptions: INodeProperties[] = [
	{
		displayName: 'Ignore If Already Done',
		name: 'ignoreIfDone',
		type: 'boolean',
		default: false,
		description:
			'Whether a task that is already in the wanted state is no error. The field "changed" of ' +
			'the output shows whether anything was done.',
	},
];

export const ignoreIfDone = (where: Where): boolean =>
	flagParameter(where, 'options.ignoreIfDone', 'Ignore If Already Done');

/**
 * Reads the task, and has the action carried out only in a state that it is meant for: two
 * requests. Success means DSM accepted it.
 */
export async function actIfAllowed(
	invocation: Invocation,
	task: ChosenTask,
	action: Action,
): Promise<IDataObject[]> {
	const { context, api } = invocation;
	const { done, allows, isDone, refusal } = ACTIONS[action];
	const ignore = ignoreIfDone(invocation);
	const read = async () =>
		await withTaskContext(api, task, `was not ${done}`, api.getStatusAndName(task.id));
	let response = await read();
	// A start that was just accepted may not show yet.
	if (action === 'cancel' && isDone(response.model)) {
		if (await waitForAcceptedStart(context, api, task.id)) response = await read();
	}
	const { model, raw } = response;
	const name = task.name ?? response.name ?? undefined;
	if (ignore && isDone(model)) {
		const { status } = model;
		return [{ task_id: task.id, name: name ?? null, success: true, changed: false, status }];
	}
	if (!allows(model)) {
		const [clause, advice] = refusal(model) ?? [describeState(model), 'Try again in a minute.'];
		throw new TaskError(`Task ${labelOf(task)} was not ${done}: ${clause}`, advice);
	}
	const state = typeof raw.state === 'string' ? raw.state : undefined;
	const accepted = await act(invocation, { ...task, name }, action, { state });
	return [{ ...accepted, ...(ignore ? { changed: true } : {}) }];
}
