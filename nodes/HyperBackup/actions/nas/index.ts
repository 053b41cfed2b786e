import { resourceFields } from '../resourceFields';
import { diagnose } from './diagnose';

export const option = {
	name: 'NAS System',
	description: 'The Synology NAS itself, with its Hyper Backup package',
};

export const operations = { diagnose };

export const description = resourceFields('nas', operations, 'diagnose');
