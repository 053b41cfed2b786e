import { fetchStatistics } from '../../hyperBackup/statistics/fetchStatistics';
import { labelOf, withTaskContext } from '../../n8n/chosenTask';
import type { Operation } from '../Invocation';
import { simplified, simplifyField } from '../parameters';

/** Counts and sizes of the last two runs. One request. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get statistics of a backup task',
		description:
			'Retrieve how many files were new, modified and deleted in the last two runs of a task, ' +
			'and the sizes (experimental)',
	},
	fields: [simplifyField],
	onTask: true,
	execute: async (invocation) => {
		const { api, task } = invocation;
		const work = fetchStatistics(api, { id: task.id, label: labelOf(task) });
		const response = await withTaskContext(api, task, 'did not show its statistics', work);
		const whose = { task_id: task.id, name: task.name ?? null, nas: api.nas };
		return [{ ...whose, ...simplified(invocation, response) }];
	},
};
