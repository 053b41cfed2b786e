import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_TIMEOUT } from '../dsm/session/ConnectionOptions';

/** An option of the trigger and of every operation. */
export const requestTimeout: INodeProperties = {
	displayName: 'Request Timeout (Milliseconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 1000 },
	default: DEFAULT_TIMEOUT,
	description: 'How long to wait for each response from the NAS',
};
