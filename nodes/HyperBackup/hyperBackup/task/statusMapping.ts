/** `unknown` is whatever nobody has seen yet, and whatever contradicts itself: never taken for healthy. */
export type Status = 'idle' | 'running' | 'suspended' | 'error' | 'unknown';

export const STATUSES: Status[] = ['idle', 'running', 'suspended', 'error', 'unknown'];

export type LastResult =
	| 'success'
	| 'partial'
	| 'failed'
	| 'canceled'
	| 'discarded'
	| 'suspended'
	| 'never'
	| 'running'
	| 'unknown';

/** What is wrong while `status` is `error`. */
export type Problem =
	| 'backup_failed'
	| 'backup_partial'
	| 'destination_offline'
	| 'destination_broken'
	| 'destination_unauthorized'
	| 'destination_restore_only'
	| 'destination_service_ended'
	| 'destination_problem';

export interface MappedStatus {
	status: Status;
	/** What is going on, or null. A word of DSM's that nobody knows is passed on as it is. */
	activity: string | null;
	last_result: LastResult;
	problem: Problem | null;
}

/** DSM's three words, each as it came; undefined where DSM sent none. */
export interface DsmWords {
	state?: string;
	status?: string;
	last_bkp_result?: string;
}

/** One of DSM's words as it came, undefined where DSM sent none. Anything that is no word at all is like a word that nobody knows. */
export function wordOf(value: unknown): string | undefined {
	if (typeof value === 'string' || value === undefined) return value;
	return `(${value === null ? 'null' : typeof value})`;
}

const ACTIVITIES: Record<string, string> = {
	backup: 'backing_up',
	waiting: 'queued',
	canceling: 'canceling',
	detect: 'checking_integrity',
	preparing_version_delete: 'rotating_versions',
	version_deleting: 'rotating_versions',
	deleting: 'deleting',
};

const STATE_PROBLEMS: Record<string, Problem> = {
	restore_only: 'destination_restore_only',
	broken: 'destination_broken',
	unauth: 'destination_unauthorized',
	endofservice: 'destination_service_ended',
	error_detect: 'destination_problem',
};

const RESULTS: Record<string, LastResult> = {
	// LUN tasks say `success` where the others say `done`.
	done: 'success',
	success: 'success',
	none: 'never',
	backingup: 'running',
	resuming: 'running',
	suspend: 'suspended',
	cancel: 'canceled',
	discard: 'discarded',
	partial: 'partial',
	failed: 'failed',
	fail: 'failed',
	error: 'failed',
	interrupt: 'failed',
	cksum_failed: 'failed',
	failed_checking: 'failed',
	dest_missing: 'failed',
	version_delete_failed: 'failed',
};

const SETTLED: Record<LastResult, { status: Status; problem: Problem | null }> = {
	success: { status: 'idle', problem: null },
	never: { status: 'idle', problem: null },
	canceled: { status: 'idle', problem: null },
	discarded: { status: 'idle', problem: null },
	suspended: { status: 'suspended', problem: null },
	partial: { status: 'error', problem: 'backup_partial' },
	failed: { status: 'error', problem: 'backup_failed' },
	// "Idle" and "running now" at once: a look between two updates, or a run that died.
	running: { status: 'unknown', problem: null },
	unknown: { status: 'unknown', problem: null },
};

export function lastResult(word: string | undefined): LastResult {
	if (word === undefined || word === '') return 'unknown';
	return Object.prototype.hasOwnProperty.call(RESULTS, word) ? RESULTS[word]! : 'unknown';
}

function known(table: Record<string, string>, word: string): boolean {
	return Object.prototype.hasOwnProperty.call(table, word);
}

/** States that are known, and that say nothing of how the task is: it waits for a person. */
const WAITING_STATES = ['exportable', 'importable', 'relinkable'];

/** Whether a word of DSM's has been seen or listed anywhere, whatever it is read as. */
export function isKnownWord(field: keyof DsmWords, word: string): boolean {
	if (field === 'state')
		return word === 'backupable' || known(STATE_PROBLEMS, word) || WAITING_STATES.includes(word);
	if (field === 'status')
		return word === 'none' || word === 'detect_waiting' || known(ACTIVITIES, word);
	return known(RESULTS, word);
}

/**
 * DSM's three words as one status. First what is going on (`status`), then whether the task can be used at all (`state`), then how the last run
 * ended (`last_bkp_result`): a task that cannot reach its destination is an error even if its last run was done. LUN tasks (`stateless`) have
 * no `state`.
 */
export function mapStatus(words: DsmWords, stateless = false): MappedStatus {
	const last_result = lastResult(words.last_bkp_result);
	const { state, status } = words;
	if (status === undefined || status === '' || (state === undefined && !stateless)) {
		return { status: 'unknown', activity: null, last_result, problem: null };
	}
	if (status === 'detect_waiting') {
		return {
			status: 'error',
			activity: 'waiting_for_destination',
			last_result,
			problem: 'destination_offline',
		};
	}
	if (status !== 'none') {
		if (!known(ACTIVITIES, status))
			return { status: 'unknown', activity: status, last_result, problem: null };
		const activity =
			status === 'backup' && words.last_bkp_result === 'resuming'
				? 'resuming'
				: ACTIVITIES[status]!;
		return { status: 'running', activity, last_result, problem: null };
	}
	if (state !== undefined && state !== 'backupable') {
		if (!known(STATE_PROBLEMS, state))
			return { status: 'unknown', activity: null, last_result, problem: null };
		return { status: 'error', activity: null, last_result, problem: STATE_PROBLEMS[state]! };
	}
	// Without a result there was nothing asked for, or nothing told: the task does nothing now, and how it went last is not known.
	if (words.last_bkp_result === undefined || words.last_bkp_result === '') {
		return { status: 'idle', activity: null, last_result, problem: null };
	}
	return { activity: null, last_result, ...SETTLED[last_result] };
}

/** The documented dialect has one word, and just these four. */
export function mapDocumentedStatus(word: unknown): Status {
	return word === 'idle' || word === 'running' || word === 'suspended' || word === 'error'
		? word
		: 'unknown';
}
