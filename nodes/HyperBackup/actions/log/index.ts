import { getAll } from './getAll';

export const option = {
	name: 'Log',
	description: 'The log of Hyper Backup, and why a backup failed or was partial',
};

export const operations = { getAll };

export const first = 'getAll';
