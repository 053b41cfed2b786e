import { chosenTask, withTaskContext } from '../../n8n/chosenTask';
import { lastRunLog } from '../../hyperBackup/logs/runLog';
import type { Operation, Where } from '../Invocation';
import { flagParameter, simplified, simplifies, simplifyField } from '../parameters';

const includesLog = (where: Where): boolean =>
	flagParameter(where, 'options.includeLog', 'Include Log');

/** One task with its source folders, destination and schedule. One request, with its log two. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get a backup task',
		description: 'Retrieve a task with its source folders, destination and schedule',
	},
	fields: [simplifyField('get')],
	onTask: true,
	check: (where) => {
		simplifies(where);
		includesLog(where);
	},
	execute: async (invocation) => {
		const { context, api, item } = invocation;
		const task = await chosenTask(context, api, item);
		const response = await withTaskContext(api, task, 'could not be read', api.get(task.id));
		const log = includesLog(invocation) ? await lastRunLog(api, response) : {};
		return [{ ...simplified(invocation, response), ...log }];
	},
};
