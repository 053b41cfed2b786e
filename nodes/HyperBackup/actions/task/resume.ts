import { TaskError } from '../../task/TaskError';
import type { Operation } from '../Invocation';
import { act } from '../act';
import { describeState } from '../describeState';
import { sayOfTask } from '../sayOfTask';
import { chosenTask } from '../taskLocator';

/**
 * Goes on with a suspended backup. On any other task DSM would answer success and mark the task as failed, so the state is read first: two
 * requests. Success means DSM accepted it.
 */
export const execute: Operation = async (invocation) => {
	const { api } = invocation;
	const task = await chosenTask(invocation);
	const { model } = await sayOfTask(task, 'was not resumed', api.getStatus(task.id));
	if (model.status !== 'suspended') {
		throw new TaskError(`Task ${task.label} was not resumed: it is not suspended, ${describeState(model)}`, 'Only a suspended task can be resumed. On any other, DSM would answer success and mark the task as failed, so nothing was sent.');
	}
	await act(api, task, 'resume');
	return [{ task_id: task.id, success: true }];
};
