import { DsmError } from '../dsm/errors/DsmError';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { rejectUnknownId, type ChosenTask } from './chosenTask';

/** Hyper Backup's own codes: the task may not exist. */
const isRefusal = ({ kind, dsmCode = 0 }: DsmError): boolean =>
	kind === 'refused' && dsmCode >= 4400 && dsmCode < 4500;

/** Puts the task and what did not happen to it in front of what the NAS said. */
export function aboutTask(task: ChosenTask, outcome: string, error: DsmError): DsmError {
	const { kind, description, dsmCode, httpStatus } = error;
	return new DsmError({
		kind,
		message: `Task ${task.label} ${outcome}. ${error.message}`,
		description,
		dsmCode,
		httpStatus,
	});
}

/**
 * The same for an error that is thrown; a task that does not exist gets a sentence of its own (one
 * more request).
 */
export async function taskError(
	api: TaskApi,
	task: ChosenTask,
	outcome: string,
	error: unknown,
): Promise<unknown> {
	if (!(error instanceof DsmError)) return error;
	if (isRefusal(error)) {
		try {
			await rejectUnknownId(api, task.id);
		} catch (unknownId) {
			if (!(unknownId instanceof DsmError)) return unknownId;
		}
	}
	return aboutTask(task, outcome, error);
}

/** The result of `work`; a refusal of the NAS gets the task's name and the outcome in front. */
export async function withTaskContext<T>(
	api: TaskApi,
	task: ChosenTask,
	outcome: string,
	work: Promise<T>,
): Promise<T> {
	try {
		return await work;
	} catch (error) {
		throw await taskError(api, task, outcome, error);
	}
}
