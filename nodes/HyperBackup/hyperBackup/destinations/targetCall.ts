import type { Call } from '../../dsm/DsmClient';
import { taskIdValue } from '../task/Task';

/**
 * The destination of a task. With `additional` DSM connects to it, which takes seconds, wakes
 * disks, and costs requests at a cloud provider; without, it gives what the task has stored.
 */
export const targetCall = (
	taskId: string,
	additional: Array<'is_online' | 'used_size'> = [],
): Call => ({
	api: 'SYNO.Backup.Target',
	version: 1,
	method: 'get',
	reads: true,
	parameters: {
		task_id: taskIdValue(taskId),
		...(additional.length > 0 ? { additional } : {}),
	},
});

/** What the task has stored of the way to its destination. */
export const repositoryCall = (taskId: string): Call => ({
	api: 'SYNO.Backup.Repository',
	version: 1,
	method: 'get',
	reads: true,
	parameters: { task_id: taskIdValue(taskId) },
});
