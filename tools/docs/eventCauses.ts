import type { EventName, FollowUp } from '../../nodes/HyperBackup/trigger/eventNames';

/**
 * What leads to each event, in DSM's three words - `state`, `status`, `last_bkp_result` - and the
 * times of the last run.
 */
export const EVENT_CAUSES: Record<EventName | FollowUp, string> = {
	statusChanged:
		'[`status`](status.md) differs from that of the last poll, or a run took place between the two',
	backupStarted:
		"DSM's `status` is `backup` and was not; or the times of the last run have changed although no poll detected a run",
	backupSucceeded: 'A run ended with `done` (LUN tasks: `success`)',
	backupPartial: 'A run ended with `partial`',
	backupFailed: 'A run ended with `failed`, `dest_missing`, `interrupt` or a similar word',
	backupOutcomeUnknown:
		'A run ended with an unknown outcome: the next one is in progress, the word is not known, or two polls find the task "idle" and "running" at once. Comes with *Backup Failed*',
	versionRotationFailed:
		'The result became `version_delete_failed`: old versions could not be deleted. Comes with *Backup Failed*',
	backupCanceled:
		'A run ended with `cancel` (canceled by a user, or interrupted and not resumable), or a suspended run was discarded (`discard`)',
	backupSuspended: 'A run ended with `suspend`',
	backupResumed: "DSM's `status` is `backup` and the task was suspended",
	backupRecovered:
		'A run ended with `done` (LUN tasks: `success`), and the run before it failed, was partially completed or canceled, had an unknown outcome, or the task was reported as overdue. Comes once, after *Backup Succeeded* where that is chosen too. After an activation it comes if a success has ended what was bad while the workflow was inactive',
	integrityCheckStarted: "DSM's `status` is `detect` and was not",
	integrityCheckPassed:
		"DSM's `status` was `detect` and is no longer, and the task is no error; or the result `cksum_failed` became `done`. A check that a user stopped shows the same words: *Get Last* of *Integrity Check* tells them apart",
	integrityCheckFailed:
		'The result is `cksum_failed` or `failed_checking`, or a check left the task in `broken`, `restore_only` or another error',
	integrityCheckOverdue:
		"DSM's `last_detect_time` is older than *No Integrity Check After* days, or it never was and the trigger has watched the task for as long. Once. Not for LUN tasks (experimental)",
	integrityCheckOverdueEnded: 'A task that was reported has had an integrity check, or was deleted',
	destinationProblem:
		"DSM's `state` became `restore_only`, `broken`, `unauth`, `endofservice` or `error_detect`, or its `status` became `detect_waiting` (offline)",
	backupOverdue:
		'*Late After* hours have passed since a scheduled time, and no backup has succeeded since then; or, with *Overdue After*, the last success is older than that. Reported once, however long it lasts',
	backupOverdueEnded:
		'A backup succeeded after it was reported as overdue; or its schedule was switched off, or the task was deleted',
	backupNeverRan:
		'The result has been `none` for *Never Ran After* hours since the trigger first detected the task. Reported once',
	backupNeverRanEnded: 'A task that was reported as never run has a run, or was deleted',
	backupTooLong:
		'A run has been in progress for *Too Long After* hours since it was first detected. Reported once',
	backupTooLongEnded: 'A run that was reported as too long has ended, or its task was deleted',
	unusualRun:
		'A run succeeded, and its duration, its size (`run.source_size`, or `run.bytes` where the NAS shows bytes) or its count of changed files (`run.files_changed`) is further from the median of the runs before than *Deviation Threshold* times their usual spread: the median absolute deviation, at least a tenth of the median, and at least a minute, 10 MiB or 20 files. Each figure is compared with those of up to 14 successful runs since the event was chosen, and with seven of them at least. A figure that is not known is neither compared nor kept',
	taskAdded: 'The list has a new ID. Only where all tasks are watched',
	taskRemoved: 'An ID has been missing from the list for more than three polls in a row',
	taskRenamed: 'An ID has another name',
	logEntry:
		"Hyper Backup's log has an entry that was not there at the last poll, at or above *Minimum Level*, about a watched task; where all tasks are watched, also one about no task. One item for each entry, the oldest first",
	vaultTargetOverdue:
		'The last backup of a target of Hyper Backup Vault had arrived more than *Vault Target Overdue After* hours ago, or none has since the first poll. Reported once',
	vaultTargetOverdueEnded:
		'A backup has arrived at a target that was reported, or Vault does not list it any more',
	nasUnreachable:
		'As many polls in a row as *Unreachable After* says have failed, for whatever reason. Replaces the failed execution',
	nasReachable: 'A poll has succeeded after the NAS was reported as unreachable',
};
