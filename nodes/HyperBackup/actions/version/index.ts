import { getAll } from './getAll';
import { getLatest } from './getLatest';

export const option = {
	name: 'Version',
	description: 'The versions of a backup, from which files can be restored',
};

export const operations = { getLatest, getAll };

export const first = 'getAll';
