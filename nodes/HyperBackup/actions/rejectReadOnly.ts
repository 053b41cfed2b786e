import { TaskError } from '../hyperBackup/task/TaskError';
import type { Invocation } from './Invocation';

/** What changes something, and what did not happen to the backup. */
const CHANGING: Record<string, string> = {
	cancel: 'canceled',
	discard: 'discarded',
	resume: 'resumed',
	run: 'started',
	suspend: 'suspended',
};

/** What a wait does to the backup by its options, beyond looking at it. */
function waitChanges({ context, item }: Invocation): boolean {
	const option = (name: string): unknown =>
		context.getNodeParameter(`options.${name}`, item, 'leave');
	return option('onTimeLimit') !== 'leave' || option('onStop') !== 'leave';
}

/** Says before anything is sent what the transport would refuse in the end: an operation that changes something, with a read-only credential. */
export function rejectReadOnly(invocation: Invocation): void {
	if (!invocation.client.isReadOnly) return;
	const operation = invocation.context.getNodeParameter('operation', invocation.item) as string;
	const instead =
		"Use another credential, or switch off 'Read Only' in this one. Nothing was sent.";
	const done = CHANGING[operation];
	if (done !== undefined)
		throw new TaskError(`The backup was not ${done}: the credential is read-only`, instead);
	if (operation === 'waitForCompletion' && waitChanges(invocation)) {
		throw new TaskError(
			"The wait was not begun: the credential is read-only, so 'On Time Limit' and 'On Stop' have to be 'Leave It Running'",
			instead,
		);
	}
}
