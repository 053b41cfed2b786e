import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import { chosenForm, simplifyField } from '../simplify';
import { chosenTask } from '../../n8n/taskLocator';
import { withTaskContext } from '../../n8n/withTaskContext';

export const description: INodeProperties[] = [simplifyField('getStatus')];

/** What one task is doing now, and how far it is. One request; the destination is left alone. */
export const execute: Operation = async (invocation) => {
	const task = await chosenTask(invocation);
	const { model, raw } = await withTaskContext(
		task,
		'was not read',
		invocation.api.getStatus(task.id),
	);
	const { task_id, ...more } = model;
	// DSM's status has no name; the way the task was chosen may have told it.
	return [chosenForm(invocation, { model: { task_id, name: task.name ?? null, ...more }, raw })];
};
