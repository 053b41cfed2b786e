import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { STATUSES, type Status } from '../../hyperBackup/task/statusMapping';
import type { Operation, Where } from '../Invocation';
import {
	limitFields,
	limitParameter,
	simplified,
	simplifyField,
	wordsParameter,
} from '../parameters';

const STATUS_NAMES: Record<Status, string> = {
	error: 'Error',
	idle: 'Idle',
	running: 'Running',
	suspended: 'Suspended',
	unknown: 'Unknown',
};

const fields: INodeProperties[] = [
	...limitFields,
	simplifyField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				default: [],
				description: 'Only return tasks with one of these statuses. Leave empty for any.',
				options: (Object.keys(STATUS_NAMES) as Status[]).map((status) => ({
					name: STATUS_NAMES[status],
					value: status,
				})),
			},
		],
	},
];

/** Read and checked before anything is sent. */
function selection(where: Where): { limit: number; statuses: Status[] } {
	const statuses = wordsParameter(where, 'filters.status', 'Status', STATUSES, []);
	return { limit: limitParameter(where), statuses };
}

/** One item per task, in the NAS's order. One request. */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many backup tasks',
		description: 'Retrieve a list of backup tasks with their IDs, status and last result',
	},
	fields,
	check: (where) => {
		selection(where);
	},
	execute: async (invocation) => {
		const { limit, statuses } = selection(invocation);
		const tasks = await invocation.api.list();
		return tasks
			.filter(({ model }) => statuses.length === 0 || statuses.includes(model.status))
			.slice(0, limit)
			.map((task): IDataObject => simplified(invocation, task));
	},
};
