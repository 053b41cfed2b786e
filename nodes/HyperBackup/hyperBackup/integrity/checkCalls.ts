import type { Call } from '../../dsm/DsmClient';
import { taskIdValue } from '../task/Task';

const API = { api: 'SYNO.Backup.Target', version: 1 };

/**
 * Success means nothing: DSM gives it for a busy task too, and then no check takes place. Only
 * `detect_data: true` was ever seen live.
 */
export const startCheckCall = (taskId: string, withData: boolean): Call => ({
	...API,
	method: 'error_detect',
	parameters: {
		task_id: taskIdValue(taskId),
		detect_data: withData,
		sessId: null,
		sessKey: null,
	},
});

/** 44xx where no check runs. */
export const cancelCheckCall = (taskId: string, afterStop: boolean): Call => ({
	...API,
	method: 'error_detect_cancel',
	parameters: { task_id: taskIdValue(taskId) },
	afterStop,
});
