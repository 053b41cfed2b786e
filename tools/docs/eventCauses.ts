import type { EventName, FollowUp } from '../../nodes/HyperBackup/trigger/eventNames';

/** What leads to each event, in DSM's three words - `state`, `status`, `last_bkp_result` - and the times of the last run. */
export const EVENT_CAUSES: Record<EventName | FollowUp, string> = {
	statusChanged:
		'[`status`](status.md) is another one than at the last fetchTasks, or a run took place in between',
	backupStarted:
		"DSM's `status` is `backup` and was not; or the times of the last run have changed without a run having been seen",
	backupSucceeded: 'A run ended with `done` (LUN tasks: `success`)',
	backupPartial: 'A run ended with `partial`',
	backupFailed:
		'A run ended with `failed`, `dest_missing`, `interrupt` or a like word, or with `version_delete_failed`',
	backupOutcomeUnknown:
		'A run ended, and how is not known: the next one is under way, the word is unknown, or the task says "idle" and "running now" for two looks',
	backupCanceled: 'A run ended with `cancel`, or a suspended run was thrown away (`discard`)',
	backupSuspended: 'A run ended with `suspend`',
	backupResumed: "DSM's `status` is `backup` and the task was suspended",
	integrityCheckStarted: "DSM's `status` is `detect` and was not",
	integrityCheckPassed:
		"DSM's `status` was `detect`, is not any more, and the task is no error. A check that a person stopped looks the same",
	integrityCheckFailed:
		'The result is `cksum_failed` or `failed_checking`, or a check left the task in `broken`, `restore_only` or another error',
	destinationProblem:
		"DSM's `state` became `restore_only`, `broken`, `unauth`, `endofservice` or `error_detect`, or its `status` became `detect_waiting` (offline)",
	backupOverdue:
		'No success for *Overdue After* hours, or the scheduled time has passed by *Scheduled Run Late After* hours and no run began. Once, however long it lasts',
	backupOverdueEnded: 'A backup that was told as overdue is not overdue any more',
	backupNeverRan:
		'The result has been `none` for *Never Ran After* hours since the trigger first saw the task. Once',
	backupNeverRanEnded: 'A task that was told as never run has a run',
	backupTooLong:
		'A run has been under way for *Too Long After* hours since it was first seen. Once',
	backupTooLongEnded: 'A run that was told as too long is over',
	taskAdded: 'The list has another ID. Only where all tasks are watched',
	taskRemoved: 'The list lacks an ID that it had',
	taskRenamed: 'An ID has another name',
	nasUnreachable:
		'As many polls in a row as *Unreachable After* says could not ask the NAS. Takes the place of the failed execution',
	nasReachable: 'The NAS that was told as unreachable answers again',
};
