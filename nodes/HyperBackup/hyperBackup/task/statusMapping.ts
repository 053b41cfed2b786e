/**
 * `unknown` is whatever nobody has seen yet, and whatever contradicts itself: never taken for
 * healthy.
 */
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
	/** The backup is over, and DSM shows the deletion of old versions in place of its result. */
	| 'pending'
	/**
	 * Words that an integrity check or a deletion of versions leaves behind: the backup's own result
	 * is not shown.
	 */
	| 'check_failed'
	| 'rotation_failed'
	| 'unknown';

/** What is wrong while `status` is `error`. */
export type Problem =
	| 'backup_failed'
	| 'backup_partial'
	| 'integrity_check_failed'
	| 'version_rotation_failed'
	| 'destination_offline'
	| 'destination_broken'
	| 'destination_unauthorized'
	| 'destination_restore_only'
	| 'destination_service_ended'
	| 'destination_problem';

export interface MappedStatus {
	status: Status;
	/** What is going on, or null. A word of DSM's that is not known is passed on as it is. */
	activity: string | null;
	last_result: LastResult;
	problem: Problem | null;
}

/** DSM's three words, each as `wordOf` gives it. */
export interface DsmWords {
	state?: string;
	status?: string;
	last_bkp_result?: string;
}

/**
 * Where the last run of a task is, as far as one response shows it.
 * - `live`: it is under way.
 * - `queued`: it waits for its turn.
 * - `pending`: it is over, and its result is not shown yet.
 * - `settled`: it is over, and the result is there.
 * - `unclear`: the response contradicts itself ("idle" and "running now") or lacks the result: it
 * is believed when it persists.
 */
export type RunPhase = 'live' | 'queued' | 'pending' | 'settled' | 'unclear';

/**
 * One of DSM's words as it came, undefined where DSM sent none. Anything that is not text is like a
 * word that is not known.
 */
export function wordOf(value: unknown): string | undefined {
	if (typeof value === 'string' || value === undefined) return value;
	return `(${value === null ? 'null' : typeof value})`;
}

/** The keys that are searched for come from a NAS, and need not be text. */
const table = <T>(entries: Record<string, T>): ReadonlyMap<unknown, T> =>
	new Map(Object.entries(entries));

const ACTIVITIES = table<string>({
	backup: 'backing_up',
	waiting: 'queued',
	canceling: 'canceling',
	detect: 'checking_integrity',
	error_detect: 'checking_integrity',
	preparing_version_delete: 'rotating_versions',
	version_deleting: 'rotating_versions',
	deleting: 'deleting',
});

const STATE_PROBLEMS = table<Problem>({
	restore_only: 'destination_restore_only',
	broken: 'destination_broken',
	unauth: 'destination_unauthorized',
	endofservice: 'destination_service_ended',
	error_detect: 'destination_problem',
	// During an integrity check `list` shows this where `status` shows `error_detect`.
	error: 'destination_problem',
});

const RESULTS = table<LastResult>({
	// LUN tasks have `success` where the others have `done`.
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
	dest_missing: 'failed',
	cksum_failed: 'check_failed',
	failed_checking: 'check_failed',
	version_delete_failed: 'rotation_failed',
	// Two clients in use list these as results too; they hide the result of the run that has just
	// ended.
	preparing_version_delete: 'pending',
	version_deleting: 'pending',
	deleting: 'pending',
});

const SETTLED: Record<LastResult, { status: Status; problem: Problem | null }> = {
	success: { status: 'idle', problem: null },
	never: { status: 'idle', problem: null },
	canceled: { status: 'idle', problem: null },
	discarded: { status: 'idle', problem: null },
	suspended: { status: 'suspended', problem: null },
	partial: { status: 'error', problem: 'backup_partial' },
	failed: { status: 'error', problem: 'backup_failed' },
	check_failed: { status: 'error', problem: 'integrity_check_failed' },
	rotation_failed: { status: 'error', problem: 'version_rotation_failed' },
	// Between two updates of DSM's, or a run that died.
	running: { status: 'unknown', problem: null },
	pending: { status: 'running', problem: null },
	unknown: { status: 'unknown', problem: null },
};

const ROTATION = ['preparing_version_delete', 'version_deleting', 'deleting'];

/** States that are known and do not show how the task is: it waits for an administrator. */
const WAITING_STATES = ['exportable', 'importable', 'relinkable'];

/** Whether a word of DSM's has been seen or listed anywhere, whatever it is mapped to. */
export function isKnownWord(field: keyof DsmWords, word: string): boolean {
	if (field === 'state') {
		return word === 'backupable' || STATE_PROBLEMS.has(word) || WAITING_STATES.includes(word);
	}
	if (field === 'status') {
		return word === 'none' || word === 'detect_waiting' || ACTIVITIES.has(word);
	}
	return RESULTS.has(word);
}

/**
 * DSM's three words, as they came, as one status. First what is going on (`status`), then whether
 * the task can be used at all (`state`), then how the last run ended (`last_bkp_result`): a task
 * that cannot reach its destination is an error even if its last run was good. LUN tasks
 * (`stateless`) have no `state`.
 */
export function mapStatus(
	{ state, status, last_bkp_result: result }: { [word in keyof DsmWords]: unknown },
	stateless = false,
): MappedStatus {
	const last_result = RESULTS.get(result) ?? 'unknown';
	const unclear = { status: 'unknown' as const, activity: null, last_result, problem: null };
	if (status === undefined || status === '' || (state === undefined && !stateless)) return unclear;
	if (status === 'detect_waiting') {
		return {
			status: 'error',
			activity: 'waiting_for_destination',
			last_result,
			problem: 'destination_offline',
		};
	}
	if (status !== 'none') {
		const doing = ACTIVITIES.get(status);
		if (doing === undefined) return { ...unclear, activity: wordOf(status)! };
		const activity = status === 'backup' && result === 'resuming' ? 'resuming' : doing;
		return { status: 'running', activity, last_result, problem: null };
	}
	if (state !== undefined && state !== 'backupable') {
		const problem = STATE_PROBLEMS.get(state);
		return problem ? { status: 'error', activity: null, last_result, problem } : unclear;
	}
	// No result was requested or sent: the task does nothing now, and how its last run went is not
	// known.
	if (result === undefined || result === '') {
		return { status: 'idle', activity: null, last_result, problem: null };
	}
	const activity = last_result === 'pending' ? 'rotating_versions' : null;
	return { activity, last_result, ...SETTLED[last_result] };
}

/**
 * The order in which DSM updates its words and times is not known, so every combination has a
 * phase. `result`: what the words were mapped to.
 */
export function phaseOfDsm(
	{ status, last_bkp_result: word }: DsmWords,
	result: LastResult,
): RunPhase {
	if (status === 'backup' || status === 'canceling') return 'live';
	if (status !== undefined && ROTATION.includes(status)) {
		return ['running', 'pending', 'unknown'].includes(result) ? 'pending' : 'settled';
	}
	if (result === 'pending') return 'pending';
	// An unknown, missing or other status word does not end a run that DSM calls running.
	if (result === 'running') return status === 'none' ? 'unclear' : 'live';
	if (status === 'waiting') return 'queued';
	return word === undefined || word === '' ? 'unclear' : 'settled';
}

/** The documented dialect has one word, and just these four. */
export function mapDocumentedStatus(word: unknown): Status {
	return word === 'idle' || word === 'running' || word === 'suspended' || word === 'error'
		? word
		: 'unknown';
}

export function phaseOfDocumented(status: Status): RunPhase {
	if (status === 'running') return 'live';
	return status === 'unknown' ? 'unclear' : 'settled';
}
