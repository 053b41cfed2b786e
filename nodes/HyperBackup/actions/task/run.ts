import type { Operation } from '../Invocation';
import { act } from '../act';
import { chosenTask } from '../taskLocator';

/** Starts a backup now, whatever the schedule. Success means DSM accepted it. One request. */
export const execute: Operation = async (invocation) => {
	const task = await chosenTask(invocation);
	await act(invocation.api, task, 'run');
	return [{ task_id: task.id, success: true }];
};
