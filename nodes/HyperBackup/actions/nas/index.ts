import { customApiCall } from './customApiCall';
import { diagnose } from './diagnose';
import { getSummary } from './getSummary';

export const option = {
	name: 'NAS System',
	description: 'The Synology NAS itself, with its Hyper Backup package',
};

/** n8n adds a *Custom API Call* of its own where the last operation is not called that. */
export const operations = { diagnose, getSummary, customApiCall };

export const first = 'diagnose';
