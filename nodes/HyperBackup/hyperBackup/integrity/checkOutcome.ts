import type { EntryKind } from '../logs/entryKinds';

/**
 * `finished`: the check is over, and nothing proves how it went. `unknown`: not even that is
 * certain.
 */
export type CheckOutcome =
	'passed' | 'damaged' | 'failed_to_run' | 'canceled' | 'finished' | 'unknown';

/** What one integrity check left behind, as far as the NAS shows it. */
export interface CheckSigns {
	/** DSM's `state` of the task; undefined where it shows none. */
	state?: string;
	/** DSM's `last_bkp_result`: two of its words stand for a check. */
	result?: string;
	/** `last_bkp_error_code`; null for none. */
	errorCode: number | null;
	/** The sentence of the log that belongs to this very check. */
	logged?: EntryKind;
	/** `last_detect_time` is of this very check. */
	timeShows: boolean;
}

/** The destination is broken: the task needs to be relinked. */
const TARGET_BROKEN = 4467;
const BROKEN_STATES = ['restore_only', 'broken'];

/** In any language, and whatever became of the check. */
export const isDamaged = ({ state, errorCode, result }: CheckSigns): boolean =>
	errorCode === TARGET_BROKEN ||
	(state !== undefined && BROKEN_STATES.includes(state)) ||
	result === 'cksum_failed';

/**
 * How a check went. No field of DSM's says that it was good: `passed` needs a new time of the last
 * check, the log's sentence, and a task without any sign of damage. One of them alone is no proof.
 */
export function checkOutcome(signs: CheckSigns): CheckOutcome {
	const { state, result, logged, timeShows } = signs;
	if (isDamaged(signs) || logged === 'check_damaged') return 'damaged';
	if (logged === 'check_canceled') return 'canceled';
	const said = logged === 'check_passed';
	const resultSays = result === 'failed_checking';
	if (logged === 'check_failed' || (resultSays && !said)) return 'failed_to_run';
	if (said && timeShows && state === 'backupable' && !resultSays) return 'passed';
	return said || timeShows ? 'finished' : 'unknown';
}

const OUTCOMES: Record<CheckOutcome, string> = {
	passed: 'the integrity check passed: no error was found',
	damaged: 'the destination is damaged',
	failed_to_run: 'the integrity check could not be carried out',
	canceled: 'the integrity check was canceled',
	finished: 'the integrity check finished, and nothing proves that it found no error',
	unknown: 'the outcome of the integrity check is unknown',
};

/** A clause for a sentence. */
export const describeCheckOutcome = (outcome: CheckOutcome): string => OUTCOMES[outcome];
