import { resourceFields } from '../resourceFields';
import { diagnose } from './diagnose';
import { getSummary } from './getSummary';

export const option = {
	name: 'NAS System',
	description: 'The Synology NAS itself, with its Hyper Backup package',
};

export const operations = { diagnose, getSummary };

export const description = resourceFields('nas', operations, 'diagnose');
