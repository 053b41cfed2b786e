import { get } from './get';

export const option = {
	name: 'Statistic',
	description: 'What the last two runs of a task found and wrote (experimental)',
};

export const operations = { get };

export const first = 'get';
