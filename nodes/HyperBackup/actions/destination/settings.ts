import type { Where } from '../Invocation';
import { numberParameter } from '../parameters';

const SECOND = 1000;

/** Milliseconds in which the NAS has to reach a destination. */
export const destinationTimeout = (where: Where): number =>
	numberParameter(where, 'options.destinationTimeout', {
		label: 'Destination Timeout (Seconds)',
		fallback: 60,
		min: 1,
		max: 3600,
	}) * SECOND;
