import { maskDestination } from '../../hyperBackup/destinations/Destination';
import { fetchDestination } from '../../hyperBackup/destinations/fetchDestination';
import { labelOf, withTaskContext } from '../../n8n/chosenTask';
import type { Operation } from '../Invocation';
import { simplifyField } from '../parameters';
import { destinationOption, destinationTimeout } from './settings';

/** Whether a destination can be reached, and how full it is. One request to the NAS. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get the destination of a backup task',
		description:
			'Retrieve whether the destination of a task is online, its used size, format, encryption ' +
			'and last integrity check. The NAS connects to the destination for it.',
	},
	fields: [simplifyField],
	options: [destinationOption],
	onTask: true,
	check: (where) => {
		destinationTimeout(where);
	},
	execute: async (invocation) => {
		const { api, task } = invocation;
		const work = fetchDestination(
			api,
			{ id: task.id, label: labelOf(task) },
			destinationTimeout(invocation),
		);
		const consequence = 'has a destination that could not be read';
		const { model, raw } = await withTaskContext(api, task, consequence, work);
		if (!invocation.simplify) return [maskDestination(raw)];
		const { task_id, ...more } = model;
		return [{ task_id, name: task.name ?? null, nas: api.nas, ...more }];
	},
};
