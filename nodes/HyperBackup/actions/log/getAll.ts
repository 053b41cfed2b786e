import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { fetchLog, type LogRequest } from '../../hyperBackup/logs/fetchLog';
import { LEVELS } from '../../hyperBackup/logs/levels';
import { namedAs } from '../../hyperBackup/task/namedAs';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { quoted } from '../../hyperBackup/task/describeState';
import { levelOptions } from '../../n8n/levelOptions';
import type { Operation, Where } from '../Invocation';
import {
	limitFields,
	limitParameter,
	simplified,
	simplifyField,
	textParameter,
	timeParameter,
	wordParameter,
} from '../parameters';

const fields: INodeProperties[] = [
	...limitFields,
	simplifyField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Keyword',
				name: 'keyword',
				type: 'string',
				default: '',
				placeholder: 'e.g. /volume1/photo',
				description: 'Only return entries that contain this text',
			},
			{
				displayName: 'Minimum Level',
				name: 'level',
				type: 'options',
				default: 'warn',
				description: 'Only return entries of this level or a more serious one',
				options: levelOptions,
			},
			{
				displayName: 'Since',
				name: 'since',
				type: 'dateTime',
				default: '',
				description: 'Only return entries from this time on',
			},
			{
				displayName: 'Task Name or ID',
				name: 'task',
				type: 'options',
				default: '',
				typeOptions: { loadOptionsMethod: 'getTasks' },
				description:
					'Only return entries about this task. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Until',
				name: 'until',
				type: 'dateTime',
				default: '',
				description: 'Only return entries up to this time',
			},
		],
	},
];

/** The name of the task of this ID or name. Throws a sentence if there is none. */
function taskChooser(entry: string): NonNullable<LogRequest['chooseTask']> {
	return (tasks) => {
		const found =
			tasks.find(({ id }) => id === entry) ?? namedAs(tasks, entry, ({ name }) => name)[0];
		if (found) return found.name;
		const names = tasks.slice(0, 20).map(({ id, name }) => `${quoted(name)} (ID ${id})`);
		throw new TaskError(
			`There is no task ${quoted(entry)} on this NAS, so its log entries cannot be selected`,
			`Tasks on this NAS: ${names.join(', ') || 'none'}. For a task that was deleted, use ` +
				"'Keyword'.",
		);
	};
}

/** Read and checked before anything is sent. */
function requestOf(where: Where): LogRequest {
	const limit = limitParameter(where);
	const since = timeParameter(where, 'filters.since', 'Since');
	const until = timeParameter(where, 'filters.until', 'Until');
	if (since !== undefined && until !== undefined && since > until) {
		throw new TaskError("'Since' is later than 'Until'", 'Exchange or correct the two times.');
	}
	const task = textParameter(where, 'filters.task', 'Task Name or ID');
	return {
		limit,
		least: wordParameter(where, 'filters.level', 'Minimum Level', LEVELS, 'info'),
		keyword: textParameter(where, 'filters.keyword', 'Keyword'),
		since,
		until,
		chooseTask: task === undefined ? undefined : taskChooser(task),
	};
}

/** Entries of Hyper Backup's log, the newest first. One request for each 500 that are read. */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many log entries',
		description:
			"Retrieve entries of Hyper Backup's log: runs, skipped files, errors, integrity " +
			'checks and changed settings',
	},
	fields,
	check: (where) => {
		requestOf(where);
	},
	execute: async (invocation) => {
		const entries = await fetchLog(invocation.api, requestOf(invocation));
		return entries.map((entry): IDataObject => simplified(invocation, entry));
	},
};
