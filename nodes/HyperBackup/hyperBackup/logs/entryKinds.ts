/** What an entry of the log says, as far as its English sentence is known. */
export type EntryKind =
	| 'run_started'
	| 'run_succeeded'
	| 'run_partial'
	| 'run_failed'
	| 'run_canceled'
	| 'run_suspended'
	| 'run_resumed'
	| 'run_discarded'
	/** A file or folder was left out: `path` names it. */
	| 'item_skipped'
	/** Why a run failed. */
	| 'run_exception'
	| 'rotation_started'
	| 'rotation_failed'
	| 'version_deleted'
	| 'check_started'
	| 'check_passed'
	| 'check_damaged'
	| 'check_failed'
	| 'check_canceled'
	| 'task_changed'
	| 'credentials_changed'
	/** Any other sentence, and every sentence in another language. */
	| 'other';

/**
 * The first that fits. Evidence: docs/dsm-api.md. Hyper Backup writes its log in the language of
 * the system, so a kind is help for reading and filtering and never decides how a run ended.
 */
const SENTENCES: Array<[sentence: RegExp, kind: EntryKind]> = [
	[/^backup task started\b/i, 'run_started'],
	[/^backup task finished successfully\b/i, 'run_succeeded'],
	[/^backup task partially completed\b/i, 'run_partial'],
	[/^failed to (run|start) backup task\b/i, 'run_failed'],
	[/^backup task was cancell?ed\b/i, 'run_canceled'],
	[/^backup task was suspended\b/i, 'run_suspended'],
	[/^resume backup\b/i, 'run_resumed'],
	[/^(discard backup|backup task was discarded)\b/i, 'run_discarded'],
	[
		/^(exception occurred while backing up data|incomplete file backup)\b.*\[\/.*\]\W*$/i,
		'item_skipped',
	],
	[/^exception occurred while backing up data\b/i, 'run_exception'],
	[/^trigger version rotation\b/i, 'rotation_started'],
	[/^version rotation failed\b/i, 'rotation_failed'],
	[/^rotate version\b/i, 'version_deleted'],
	[/^backup integrity check has started\b/i, 'check_started'],
	[/^backup integrity check is finished\b.*\bno error\b/i, 'check_passed'],
	[/^backup integrity check is finished\b.*\bbroken\b/i, 'check_damaged'],
	[/^failed to run backup integrity check\b/i, 'check_failed'],
	[/^backup integrity check was cancell?ed\b/i, 'check_canceled'],
	[/^setting of backup task \[.*\] was (created|modified|deleted)\b/i, 'task_changed'],
	[/^credentials changed on the destination\b/i, 'credentials_changed'],
];

export const kindOf = (sentence: string): EntryKind =>
	SENTENCES.find(([known]) => known.test(sentence))?.[1] ?? 'other';
