import { cancel } from './cancel';
import { discard } from './discard';
import { get } from './get';
import { getAll } from './getAll';
import { getStatus } from './getStatus';
import { resume } from './resume';
import { run } from './run';
import { suspend } from './suspend';
import { waitForCompletion } from './waitForCompletion';

export const option = { name: 'Task', description: 'A backup task of Hyper Backup' };

/** In the order of the editor's list. */
export const operations = {
	cancel,
	discard,
	get,
	getAll,
	getStatus,
	resume,
	run,
	suspend,
	waitForCompletion,
};

export const first = 'getAll';
