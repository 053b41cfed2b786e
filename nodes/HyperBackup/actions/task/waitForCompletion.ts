import type { Operation } from '../Invocation';
import { waitForCompletion as execute } from '../waiting/runAndWait';
import { backupWaitOptions } from '../waiting/fields';
import { mayAct, WAIT_IS_READ_ONLY, waitSettings } from '../waiting/settings';

/** Waits for a run that the schedule, a user or another workflow started. */
export const waitForCompletion: Operation = {
	option: {
		name: 'Wait for Completion',
		action: 'Wait for a backup to complete',
		description: 'Wait for a backup that was started elsewhere to finish, and return its outcome',
	},
	options: backupWaitOptions,
	onTask: true,
	check: (where) => void waitSettings(where),
	changes: (where) => (mayAct(waitSettings(where)) ? WAIT_IS_READ_ONLY : undefined),
	execute,
};
