import type { Operation } from './Invocation';
import * as nas from './nas';
import * as task from './task';

/** Resource, operation, work. A new operation is one file and one row in its resource. */
export const OPERATIONS = {
	nas: nas.operations,
	task: task.operations,
} satisfies Record<string, Record<string, Operation>>;

export function findOperation(resource: string, operation: string): Operation | undefined {
	const resources: Record<string, Record<string, Operation>> = OPERATIONS;
	if (!Object.prototype.hasOwnProperty.call(resources, resource)) return undefined;
	const operations = resources[resource]!;
	return Object.prototype.hasOwnProperty.call(operations, operation)
		? operations[operation]
		: undefined;
}
