import type { CheckOutcome } from '../../hyperBackup/integrity/checkOutcome';
import type { Where } from '../Invocation';
import { wordParameter, wordsParameter } from '../parameters';
import { ifAlreadyRunning, onStop, waitTimes, type WaitSettings } from '../waiting/settings';

/** How a wait for a check may end. */
export type CheckWaitOutcome = CheckOutcome | 'not_started' | 'timed_out';

export interface CheckWaitSettings extends Omit<
	WaitSettings,
	'failOn' | 'includeLog' | 'onTimeLimit' | 'withRotation'
> {
	failOn: CheckWaitOutcome[];
	onTimeLimit: 'leave' | 'cancel';
}

const FAILING: CheckWaitOutcome[] = [
	'canceled',
	'damaged',
	'failed_to_run',
	'finished',
	'not_started',
	'timed_out',
	'unknown',
];
const FAILS: CheckWaitOutcome[] = ['damaged', 'failed_to_run', 'unknown'];

/** Read and checked before anything is sent. Throws a sentence that says what to correct. */
export const checkWaitSettings = (where: Where): CheckWaitSettings => ({
	...waitTimes(where),
	failOn: wordsParameter(where, 'options.failOn', 'Fail On', FAILING, FAILS),
	ifAlreadyRunning: ifAlreadyRunning(where),
	onTimeLimit: wordParameter(
		where,
		'options.onTimeLimit',
		'On Time Limit',
		['leave', 'cancel'],
		'leave',
	),
	onStop: onStop(where),
});
