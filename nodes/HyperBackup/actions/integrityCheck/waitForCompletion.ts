import type { Operation } from '../Invocation';
import { checkWaitOptions } from '../waiting/fields';
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
	options: checkWaitOptions,
	onTask: true,
	check: (where) => void checkWaitSettings(where),
	changes: (where) => (mayAct(checkWaitSettings(where)) ? WAIT_IS_READ_ONLY : undefined),
	execute: waitForCheck,
};
