import { sleep, type IDataObject } from 'n8n-workflow';
import { DsmError, dsmErrorOf } from '../dsm/errors/DsmError';
import { describeState } from '../hyperBackup/task/describeState';
import type { Action } from '../hyperBackup/task/dialects/Dialect';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { TaskStatus } from '../hyperBackup/task/Task';
import { taskError, withTaskContext, type ChosenTask } from '../n8n/chosenTask';
import { ACTIONS } from './actionRecords';
import type { Invocation, Where } from './Invocation';
import { flagParameter } from './parameters';
import { noteAcceptedStart, waitForAcceptedStart } from './acceptedStarts';

/** Milliseconds before each reading of the task: DSM takes a moment from accepting to showing. */
const READINGS = [0, 1500, 3500];

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

/** The request may have reached the NAS. */
const isLost = ({ kind, neverSent }: DsmError): boolean =>
	!neverSent && ['timeout', 'unreachable', 'badResponse', 'httpStatus', 'notDsm'].includes(kind);

/**
 * The response to an action was lost on the way: it is never sent again. What the NAS shows of the
 * task decides whether it was accepted; if that
 * cannot be known, or it was not, an error says so.
 */
async function settleLost(
	{ api, attempt }: Pick<Invocation, 'api' | 'attempt'>,
	task: ChosenTask,
	action: Action,
	error: DsmError,
): Promise<void> {
	let state: string | undefined;
	for (const pause of READINGS) {
		if (pause > 0) await sleep(pause);
		const status = await statusOf(api, task.id);
		const known = status !== undefined && status.status !== 'unknown';
		if (known && ACTIONS[action].shows(status)) return;
		state = known ? describeState(status) : undefined;
		// Each reading is tried three times: there is no response a moment later either.
		if (status === undefined) break;
	}
	const { kind, httpStatus } = error;
	const { done } = ACTIONS[action];
	const [message, description] =
		state === undefined
			? [
					`Task ${task.label}: it is not known whether the NAS accepted '${action}': its ` +
						'response ' +
						`was lost, and the state of the task does not show it. ${error.message}`,
					"The request was not repeated. Read the task with 'Get Status' before you try again.",
				]
			: [
					`Task ${task.label} was not ${done}: the response of the NAS was lost, and the task ` +
						`shows that '${action}' was not accepted: ${state}. ${error.message}`,
					'The request was not repeated. You can try it again.',
				];
	const settled = new DsmError({ kind, httpStatus, message, description });
	// Retry On Fail would repeat what may have been accepted.
	if (state === undefined) attempt.settled = settled;
	throw settled;
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
			return new TaskError(`Task ${task.label} ${outcome}: ${explained[0]}`, explained[1]);
	}
	return await taskError(api, task, outcome, error);
}

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
		await settleLost({ api, attempt }, task, action, failure);
		accepted.response_lost = true;
	}
	if (action === 'run') noteAcceptedStart(api, task.id);
	return accepted;
}

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
		await withTaskContext(api, task, `was not ${done}`, api.getStatus(task.id));
	let response = await read();
	// A start that was just accepted may not show yet.
	if (action === 'cancel' && isDone(response.model)) {
		if (await waitForAcceptedStart(context, api, task.id)) response = await read();
	}
	const { model, raw } = response;
	if (ignore && isDone(model)) {
		const { status } = model;
		return [{ task_id: task.id, name: task.name ?? null, success: true, changed: false, status }];
	}
	if (!allows(model)) {
		const [clause, advice] = refusal(model) ?? [describeState(model), 'Try again in a minute.'];
		throw new TaskError(`Task ${task.label} was not ${done}: ${clause}`, advice);
	}
	const state = typeof raw.state === 'string' ? raw.state : undefined;
	const accepted = await act(invocation, task, action, { state });
	return [{ ...accepted, ...(ignore ? { changed: true } : {}) }];
}
