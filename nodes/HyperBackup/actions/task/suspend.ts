import type { Operation } from '../Invocation';
import { act } from '../act';
import { chosenTask } from '../taskLocator';

/** Pauses a running backup so that it can be resumed. Success means DSM accepted it. One request. */
export const execute: Operation = async (invocation) => {
	const task = await chosenTask(invocation);
	await act(invocation.api, task, 'suspend');
	return [{ task_id: task.id, success: true }];
};
