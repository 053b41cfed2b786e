import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import { chosenForm, simplifyField } from '../simplify';
import { chosenTask } from '../../n8n/taskLocator';
import { withTaskContext } from '../../n8n/withTaskContext';

export const description: INodeProperties[] = [simplifyField('get')];

/** One task with its source folders, destination and schedule. One request. */
export const execute: Operation = async (invocation) => {
	const task = await chosenTask(invocation);
	return [
		chosenForm(
			invocation,
			await withTaskContext(task, 'was not read', invocation.api.get(task.id)),
		),
	];
};
