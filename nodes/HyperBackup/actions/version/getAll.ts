import type { INodeProperties } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { versionStatus } from '../../hyperBackup/versions/Version';
import type { Operation, Where } from '../Invocation';
import { limitFields, limitParameter, simplifyField, wordsParameter } from '../parameters';
import { versionItem } from './versionItem';
import { versionRows } from './versionRows';

const STATUSES = ['canceled', 'success', 'failed', 'running', 'unknown'] as const;

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
				default: ['success'],
				description: 'Only return versions with one of these statuses',
				options: [
					{ name: 'Canceled', value: 'canceled' },
					{ name: 'Completed', value: 'success' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Running', value: 'running' },
					{ name: 'Unknown', value: 'unknown' },
				],
			},
		],
	},
];

const statusFilter = (where: Where) =>
	wordsParameter(where, 'filters.status', 'Status', STATUSES, []);

/** The versions of a task, the newest first. One request. */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many versions of a backup',
		description:
			'Retrieve the versions of a task, the newest first. The NAS reads them from the destination.',
	},
	fields,
	onTask: true,
	check: (where) => {
		limitParameter(where);
		statusFilter(where);
	},
	execute: async (invocation) => {
		const { api, task } = invocation;
		const wanted = statusFilter(invocation);
		const rows = await versionRows(invocation, task);
		const clock = await readClock(api.client, api.workflowZone);
		return rows
			.filter((row) => wanted.length === 0 || wanted.includes(versionStatus(row)))
			.slice(0, limitParameter(invocation))
			.map((row) => versionItem(invocation, task, row, clock));
	},
};
