import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { STATUSES, type Status } from '../../hyperBackup/task/statusMapping';
import type { Operation } from '../Invocation';
import { chosenForm, simplifyField } from '../simplify';

const show = { resource: ['task'], operation: ['getAll'] };

const STATUS_NAMES: Record<Status, string> = {
	error: 'Error',
	idle: 'Idle',
	running: 'Running',
	suspended: 'Suspended',
	unknown: 'Unknown',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { ...show, returnAll: [false] } },
	},
	simplifyField('getAll'),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				default: [],
				description: 'Only return tasks with one of these statuses. None chosen means all.',
				options: (Object.keys(STATUS_NAMES) as Status[]).map((status) => ({
					name: STATUS_NAMES[status],
					value: status,
				})),
			},
		],
	},
];

/** One item per task, in the NAS's order. One request. */
export const execute: Operation = async (invocation) => {
	const { context, api, item } = invocation;
	const wanted = (context.getNodeParameter('filters.status', item, []) as Status[]).filter(
		(status) => STATUSES.includes(status),
	);
	const limit =
		context.getNodeParameter('returnAll', item, false) === true
			? Infinity
			: (context.getNodeParameter('limit', item, 50) as number);
	const tasks = await api.list();
	const matching =
		wanted.length === 0 ? tasks : tasks.filter(({ model }) => wanted.includes(model.status));
	return matching.slice(0, limit).map((told): IDataObject => chosenForm(invocation, told));
};
