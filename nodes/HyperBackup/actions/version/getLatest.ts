import { readClock } from '../../hyperBackup/clock/NasClock';
import { newestCompleted } from '../../hyperBackup/versions/newestVersion';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { labelOf } from '../../n8n/chosenTask';
import type { Operation, Where } from '../Invocation';
import { flagParameter, simplifyField } from '../parameters';
import { versionItem } from './versionItem';
import { versionRows } from './versionRows';

const onlyCompleted = (where: Where): boolean =>
	flagParameter(where, 'onlyCompleted', 'Only Completed', true);

/** The newest version of a task. One request. */
export const getLatest: Operation = {
	option: {
		name: 'Get Latest',
		action: 'Get the latest version of a backup',
		description: 'Retrieve the newest version of a task that was completed',
	},
	fields: [
		{
			displayName: 'Only Completed',
			name: 'onlyCompleted',
			type: 'boolean',
			default: true,
			description:
				'Whether to skip versions that were canceled, have failed, or are being written now',
		},
		simplifyField,
	],
	onTask: true,
	check: (where) => {
		onlyCompleted(where);
	},
	execute: async (invocation) => {
		const { api, task } = invocation;
		const rows = await versionRows(invocation, task);
		const row = onlyCompleted(invocation) ? newestCompleted(rows, labelOf(task)) : rows[0];
		if (row === undefined) {
			throw new TaskError(`Task ${labelOf(task)} has no version yet`, 'Run the backup once.', {
				outcome: 'no_version',
			});
		}
		const clock = await readClock(api.client, api.workflowZone);
		return [versionItem(invocation, task, row, clock)];
	},
};
