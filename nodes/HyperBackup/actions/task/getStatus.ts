import { taskError } from '../../n8n/chosenTask';
import type { Operation } from '../Invocation';
import { simplified, simplifyField } from '../parameters';

/** What one task is doing now, and its progress. One request; the destination is left alone. */
export const getStatus: Operation = {
	option: {
		name: 'Get Status',
		action: 'Get the status of a backup task',
		description: 'Retrieve what a task is doing now, its progress, and how its last backup went',
	},
	fields: [simplifyField],
	onTask: true,
	execute: async (invocation) => {
		const { api, task } = invocation;
		try {
			const { model, raw } = await api.getStatus(task.id);
			// DSM's status has no name; the way the task was chosen may have shown it.
			const first = { task_id: model.task_id, name: task.name ?? null, nas: api.nas };
			const named = Object.assign(first, model);
			return [simplified(invocation, { model: named, raw })];
		} catch (error) {
			throw await taskError(api, task, 'could not be read', error);
		}
	},
};
