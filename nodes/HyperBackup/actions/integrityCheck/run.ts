import { waitForAcceptedStart } from '../acceptedStarts';
import type { Operation } from '../Invocation';
import { checkWaitOptions, waitSwitch, whereRunWaits } from '../waiting/fields';
import { readFirst } from '../waiting/Reading';
import { waits } from '../waiting/settings';
import { checkAndWait } from './checkAndWait';
import { checksData, NOT_CHECKED, rejectBusy, startCheck } from './startCheck';
import { checkWaitSettings } from './settings';

/** Starts a check of a task that is idle. Two requests. Without waiting, success means accepted. */
export const run: Operation = {
	option: {
		name: 'Run',
		action: 'Run an integrity check',
		description:
			'Start an integrity check of the backup at the destination, and optionally wait for its ' +
			'outcome (experimental)',
	},
	fields: [
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'options',
			default: 'data',
			description:
				'What is checked. Checking the data reads all of the backup, which takes long, and costs ' +
				'money at some cloud providers.',
			options: [
				{ name: 'Index and Data', value: 'data' },
				{ name: 'Index Only', value: 'index' },
			],
		},
		waitSwitch,
	],
	options: whereRunWaits(checkWaitOptions),
	onTask: true,
	check: (where) => {
		checksData(where);
		if (waits(where)) checkWaitSettings(where);
	},
	changes: () => 'The integrity check was not started',
	execute: async (invocation) => {
		if (waits(invocation)) return await checkAndWait(invocation);
		const { context, api, task } = invocation;
		// A backup that was just accepted may not show yet.
		await waitForAcceptedStart(context, api, task.id);
		const { snapshot } = await readFirst(api, task, NOT_CHECKED);
		rejectBusy(task, snapshot);
		return [await startCheck(invocation, task, checksData(invocation))];
	},
};
