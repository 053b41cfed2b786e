import { download } from './download';
import { getAll } from './getAll';

export const option = {
	name: 'File',
	description: 'The files in the versions of a backup (experimental)',
};

export const operations = { download, getAll };

export const first = 'getAll';
