import { get } from './get';

export const option = {
	name: 'Destination',
	description: 'Where a backup task writes to: a folder, another NAS or a cloud service',
};

export const operations = { get };

export const first = 'get';
