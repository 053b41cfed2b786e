import { TaskError } from '../task/TaskError';
import type { Invocation } from './Invocation';

const CHANGING = ['cancel', 'discard', 'resume', 'run', 'suspend'];

/** What a wait does to the backup by its options, beyond looking at it. */
function waitChanges({ context, item }: Invocation): boolean {
	const option = (name: string): unknown => context.getNodeParameter(`options.${name}`, item, 'leave');
	return option('onTimeLimit') !== 'leave' || option('onStop') !== 'leave';
}

/** Says before anything is sent what the transport would refuse in the end: an operation that changes something, with a read-only credential. */
export function refuseIfReadOnly(invocation: Invocation, operation: string): void {
	if (!invocation.client.isReadOnly) return;
	const instead = "Use another credential for it, or switch off 'Read Only' in this one.";
	if (CHANGING.includes(operation)) {
		throw new TaskError(`The credential is read-only: '${operation[0]!.toUpperCase()}${operation.slice(1)}' was not sent`, instead);
	}
	if (operation === 'waitForCompletion' && waitChanges(invocation)) {
		throw new TaskError("The credential is read-only: 'On Time Limit' and 'On Stop' have to be 'Leave It Running'", instead);
	}
}
