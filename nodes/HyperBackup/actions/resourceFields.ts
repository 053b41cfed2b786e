import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { taskLocator } from '../n8n/taskLocator';
import type { Operation } from './Invocation';

/**
 * The form of a resource: the list of its operations, the task to act on, and the fields of each
 * operation.
 */
export function resourceFields<T extends Record<string, Operation>>(
	resource: string,
	operations: T,
	first: keyof T & string,
): INodeProperties[] {
	const entries = Object.entries(operations);
	const onTask = entries.filter(([, { onTask: chosen }]) => chosen).map(([value]) => value);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			default: first,
			options: entries.map(([value, { option }]): INodePropertyOptions => ({ ...option, value })),
		},
		...(onTask.length > 0 ? [taskLocator(resource, onTask)] : []),
		...entries.flatMap(([, { fields = [] }]) => fields),
	];
}
