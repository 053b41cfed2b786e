import { summarize } from '../../hyperBackup/summary/summarize';
import type { Operation } from '../Invocation';

/** All tasks of a NAS as one item, with a text to send. One request. */
export const getSummary: Operation = {
	option: {
		name: 'Get Summary',
		action: 'Get a summary of all backup tasks',
		description:
			'Retrieve one item about all tasks: what needs attention and since when, as fields and as ' +
			'a text to send',
	},
	execute: async ({ api }) => {
		const tasks = (await api.list()).map(({ model }) => model);
		const now = (Date.now() - (await api.skew())) / 1000;
		return [summarize(tasks, api.nas, now)];
	},
};
