import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import * as diagnose from './diagnose';

export const operations: Record<string, Operation> = { diagnose: diagnose.execute };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['nas'] } },
		default: 'diagnose',
		options: [
			{
				name: 'Diagnose',
				value: 'diagnose',
				action: 'Diagnose the connection to a NAS',
				description:
					'Find out what works between n8n and Hyper Backup, as a report without names or addresses that can be pasted into a problem report',
			},
		],
	},
];
