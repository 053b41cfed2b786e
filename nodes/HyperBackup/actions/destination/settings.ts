import type { INodeProperties } from 'n8n-workflow';
import type { Where } from '../Invocation';
import { numberParameter } from '../parameters';

const SECOND = 1000;

export const destinationOption: INodeProperties = {
	displayName: 'Destination Timeout (Seconds)',
	name: 'destinationTimeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60,
	description:
		'How long the NAS may take to reach the destination before it counts as offline. Takes the ' +
		'place of the request timeout.',
};

/** Milliseconds in which the NAS has to reach a destination. */
export const destinationTimeout = (where: Where): number =>
	numberParameter(where, 'options.destinationTimeout', {
		label: 'Destination Timeout (Seconds)',
		fallback: 60,
		min: 1,
		max: 3600,
	}) * SECOND;
