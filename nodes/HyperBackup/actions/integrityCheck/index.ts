import { cancel } from './cancel';
import { getLast } from './getLast';
import { run } from './run';
import { waitForCompletion } from './waitForCompletion';

export const option = {
	name: 'Integrity Check',
	description: 'A check of whether the backup at a destination can still be read (experimental)',
};

/** In the order of the editor's list. */
export const operations = { cancel, getLast, run, waitForCompletion };

export const first = 'getLast';
