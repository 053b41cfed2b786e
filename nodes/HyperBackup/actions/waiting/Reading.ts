import type { Dialect } from '../../hyperBackup/task/dialects/Dialect';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { labelOf, rejectUnknownId, withTaskContext, type ChosenTask } from '../../n8n/chosenTask';

/** One response about a task that is waited for. */
export interface Reading {
	snapshot: TaskSnapshot;
	row: RawTask;
	dialect: Dialect;
}

/** The task before something is done with it. `consequence` follows its name in an error. */
export async function readFirst(
	api: TaskApi,
	task: ChosenTask,
	consequence: string,
): Promise<Reading> {
	const found = await withTaskContext(api, task, consequence, api.fetchSnapshot(task.id));
	if (found) return found;
	await rejectUnknownId(api, task.id);
	throw new TaskError(`Task ${labelOf(task)} ${consequence}: it is not in the list`, 'Try again.');
}
