import { DsmError } from '../dsm/errors/DsmError';
import type { ChosenTask } from './taskLocator';

/** Puts the task and what did not happen to it in front of what the NAS said. */
export function aboutTask(task: ChosenTask, outcome: string, error: DsmError): DsmError {
	const { kind, description, dsmCode, httpStatus } = error;
	const gone = kind === 'refused' && dsmCode !== undefined && dsmCode >= 4400 && dsmCode < 4500;
	return new DsmError({
		kind,
		message: `Task ${task.label} ${outcome}. ${error.message}`,
		description: gone ? `${description} If it was deleted, choose another task.` : description,
		dsmCode,
		httpStatus,
	});
}

/** The result of `work`; a refusal of the NAS gets the task's name and the outcome in front. */
export async function withTaskContext<T>(
	task: ChosenTask,
	outcome: string,
	work: Promise<T>,
): Promise<T> {
	return await work.catch(
		async (error: unknown) =>
			await Promise.reject(error instanceof DsmError ? aboutTask(task, outcome, error) : error),
	);
}
