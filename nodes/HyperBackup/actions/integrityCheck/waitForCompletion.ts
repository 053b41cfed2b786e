import type { Operation } from '../Invocation';
import { mayAct, WAIT_IS_READ_ONLY } from '../waiting/settings';
import { waitForCheck } from './checkAndWait';
import { checkWaitSettings } from './settings';

/** Waits for a check that the schedule, a user or another workflow started. */
export const waitForCompletion: Operation = {
	option: {
		name: 'Wait for Completion',
		action: 'Wait for an integrity check to complete',
		description:
			'Wait for an integrity check that was started elsewhere to finish, and return its outcome ' +
			'(experimental)',
	},
	fields: [
		{
			// Run has a switch of this name; the options of waiting are shown where it is on.
			displayName: 'Wait for Completion',
			name: 'waitForCompletion',
			type: 'hidden',
			default: true,
			displayOptions: { show: { resource: ['integrityCheck'], operation: ['waitForCompletion'] } },
		},
	],
	onTask: true,
	check: (where) => void checkWaitSettings(where),
	changes: (where) => (mayAct(checkWaitSettings(where)) ? WAIT_IS_READ_ONLY : undefined),
	execute: waitForCheck,
};
