import { fetchStatistics } from '../../hyperBackup/statistics/fetchStatistics';
import { chosenTask, withTaskContext } from '../../n8n/chosenTask';
import type { Operation } from '../Invocation';
import { simplified, simplifies, simplifyField } from '../parameters';

/** Counts and sizes of the last two runs. One request. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get statistics of a backup task',
		description:
			'Retrieve how many files were new, modified and deleted in the last two runs of a task, ' +
			'and the sizes (experimental)',
	},
	fields: [simplifyField('get', 'statistic')],
	onTask: true,
	check: (where) => {
		simplifies(where);
	},
	execute: async (invocation) => {
		const { context, api, item } = invocation;
		const task = await chosenTask(context, api, item);
		const work = fetchStatistics(api, task);
		const response = await withTaskContext(api, task, 'did not show its statistics', work);
		const whose = { task_id: task.id, name: task.name ?? null, nas: api.nas };
		return [{ ...whose, ...simplified(invocation, response) }];
	},
};
