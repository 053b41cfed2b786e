import { act } from '../act';
import { ACTIONS } from '../actionRecords';
import type { Operation } from '../Invocation';
import { backupWaitOptions, waitSwitch, whereRunWaits } from '../waiting/fields';
import { runAndWait } from '../waiting/runAndWait';
import { waits, waitSettings } from '../waiting/settings';

/**
 * Starts a backup now, whatever the schedule. Without waiting, success means DSM accepted it: one
 * request, and one for the name of a task that was chosen by its ID.
 */
export const run: Operation = {
	option: {
		name: 'Run',
		action: 'Run a backup task',
		description: 'Start a backup now, whatever its schedule, and optionally wait for it to finish',
	},
	fields: [waitSwitch],
	options: whereRunWaits(backupWaitOptions),
	onTask: true,
	check: (where) => {
		if (waits(where)) waitSettings(where);
	},
	changes: () => `The backup was not ${ACTIONS.run.done}`,
	execute: async (invocation) => {
		if (waits(invocation)) return await runAndWait(invocation);
		const { api, task } = invocation;
		const accepted = await act(invocation, task, 'run');
		return [{ ...accepted, name: accepted.name ?? (await api.nameOf(accepted.task_id)) }];
	},
};
