import type { INodeProperties } from 'n8n-workflow';
import { getDetails, PARTS, type Part } from '../../hyperBackup/details/getDetails';
import { labelOf, withTaskContext } from '../../n8n/chosenTask';
import { destinationOption, destinationTimeout } from '../destination/settings';
import type { Operation, Where } from '../Invocation';
import { simplified, simplifyField, wordsParameter } from '../parameters';

const includeOption: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	default: [],
	description:
		'What to add to the task, in the same request. What cannot be read is null, and the output ' +
		'says why.',
	options: [
		{
			name: 'Destination',
			value: 'destination',
			description: 'Whether it is online, and how full. The NAS connects to it.',
		},
		{
			name: 'Log of the Last Run',
			value: 'log',
			description: 'Why it failed, or which files were skipped (experimental)',
		},
		{
			name: 'Statistics',
			value: 'statistics',
			description: 'Changed files and sizes of the last two runs (experimental)',
		},
		{ name: 'Versions', value: 'versions', description: 'The versions of the backup' },
	],
};

const included = (where: Where): Part[] =>
	wordsParameter(where, 'options.include', 'Include', PARTS, []);

/** One task with its source folders, destination and schedule. One request. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get a backup task',
		description:
			'Retrieve a task with its source folders, destination and schedule; with Include also its ' +
			'versions, log, statistics and the state of its destination',
	},
	fields: [simplifyField],
	options: [includeOption, destinationOption],
	onTask: true,
	check: (where) => {
		included(where);
		destinationTimeout(where);
	},
	execute: async (invocation) => {
		const { api, task } = invocation;
		const work = getDetails(api, {
			id: task.id,
			label: labelOf(task),
			parts: included(invocation),
			timeout: destinationTimeout(invocation),
			simplify: invocation.simplify,
		});
		const { more, ...response } = await withTaskContext(api, task, 'could not be read', work);
		return [{ ...simplified(invocation, response), ...more }];
	},
};
