/**
 * How well a word is known, in the terms of docs/dsm-api.md. `texts`: it stands in DSM's own texts
 * or scripts, and is in no capture.
 */
export type Grade = 'capture' | 'live' | 'texts' | 'two clients' | 'one client' | 'guess';

export const GRADE_TEXTS: Record<Grade, string> = {
	capture: 'capture',
	live: 'live',
	texts: "from DSM's own texts",
	'two clients': 'two clients',
	'one client': 'one client',
	guess: 'guess',
};

type Words = Array<[word: string, grade: Grade, meaning: string]>;

/** What may be done with a task. */
export const STATES: Words = [
	['backupable', 'capture', 'ready'],
	[
		'restore_only',
		'capture',
		'only restoring is possible: the destination is broken, or this version of Hyper Backup is locked out',
	],
	['error_detect', 'texts', 'the destination has a problem, or is being checked'],
	['broken', 'texts', 'the destination is damaged'],
	['unauth', 'texts', 'the destination no longer accepts the login'],
	['endofservice', 'texts', 'the cloud service of the destination has ended'],
	['exportable', 'texts', 'waits for a user to export it'],
	['importable', 'texts', 'waits for a user to import it'],
	['relinkable', 'texts', 'waits for a user to relink it'],
];

/** What is running. */
export const STATUSES_OF_DSM: Words = [
	['none', 'capture', 'nothing'],
	['backup', 'capture', 'a backup is running, or a resumed one'],
	['waiting', 'texts', 'queued behind another task'],
	['canceling', 'live', 'a cancel was accepted and has not finished'],
	['detect', 'texts', 'an integrity check'],
	['detect_waiting', 'texts', 'a check waits because the destination is offline'],
	['preparing_version_delete', 'texts', 'old versions are about to be deleted after a backup'],
	['version_deleting', 'texts', 'old versions are being deleted'],
	['deleting', 'one client', 'the task is being removed'],
];

/** How the last run ended, or that one is running. */
export const RESULTS_OF_DSM: Words = [
	['done', 'capture', 'completed successfully'],
	['success', 'capture', 'completed successfully (LUN tasks)'],
	['none', 'texts', 'it never ran'],
	['backingup', 'capture', 'a backup is running'],
	['resuming', 'texts', 'a resumed backup is running'],
	['suspend', 'live', 'suspended'],
	['cancel', 'live', 'canceled by a user, or interrupted and not resumable'],
	['discard', 'texts', 'a suspended backup was discarded'],
	['partial', 'texts', 'partially completed: some items were skipped'],
	['failed', 'texts', 'failed'],
	['dest_missing', 'texts', 'failed: the destination is not there'],
	['cksum_failed', 'texts', 'failed: checksums do not match'],
	['failed_checking', 'texts', 'failed in a check'],
	['version_delete_failed', 'texts', 'old versions could not be deleted'],
	[
		'preparing_version_delete',
		'two clients',
		'old versions are about to be deleted; how the run ended is hidden',
	],
	[
		'version_deleting',
		'two clients',
		'old versions are being deleted; how the run ended is hidden',
	],
	['deleting', 'one client', 'perhaps the same'],
	['fail', 'guess', 'failed'],
	['error', 'guess', 'failed'],
	['interrupt', 'guess', 'interrupted'],
];
