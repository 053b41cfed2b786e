import { chosenTask, withTaskContext } from '../../n8n/chosenTask';
import type { Operation } from '../Invocation';
import { simplified, simplifies, simplifyField } from '../parameters';

/** One task with its source folders, destination and schedule. One request. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get a backup task',
		description: 'Retrieve a task with its source folders, destination and schedule',
	},
	fields: [simplifyField('get')],
	onTask: true,
	check: (where) => void simplifies(where),
	execute: async (invocation) => {
		const { context, api, item } = invocation;
		const task = await chosenTask(context, api, item);
		const response = await withTaskContext(api, task, 'could not be read', api.get(task.id));
		return [simplified(invocation, response)];
	},
};
