import { get } from './get';
import { getAll } from './getAll';
import { getLogs } from './getLogs';

export const option = {
	name: 'Vault Target',
	description: 'The backups that other devices keep on this NAS (Hyper Backup Vault)',
};

export const operations = { get, getLogs, getAll };

export const first = 'getAll';
