import type { Operation } from '../Invocation';
import { act } from '../act';
import { chosenTask } from '../taskLocator';

/** Stops a running backup; what it copied so far is not kept as a version. Success means DSM accepted it. One request. */
export const execute: Operation = async (invocation) => {
	const task = await chosenTask(invocation);
	await act(invocation.api, task, 'cancel');
	return [{ task_id: task.id, success: true }];
};
