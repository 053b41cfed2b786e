import type { LastResult } from '../hyperBackup/task/statusMapping';
import type { EventName, FollowUp } from './eventNames';
import { isDoubtful, isLive, type TaskSnapshot } from '../hyperBackup/task/taskSnapshot';
import type { TrackedTask } from './TrackedTask';

export type Outcome =
	'succeeded' | 'partial' | 'failed' | 'canceled' | 'discarded' | 'suspended' | 'unknown';

/** Something that happened to a task between the last look and this one. */
export interface TaskEvent {
	event: EventName | FollowUp;
	/** For events of a run that ended. */
	outcome?: Outcome;
	/** The run was not seen while it was under way. */
	unseen?: boolean;
	/** For `statusChanged`: every change of status the path may have held, the last one first. */
	changes?: Array<[from: string, to: string]>;
}

const OUTCOMES: Partial<Record<LastResult, Outcome>> = {
	success: 'succeeded',
	partial: 'partial',
	failed: 'failed',
	canceled: 'canceled',
	discarded: 'discarded',
	suspended: 'suspended',
};

const EVENT_OF: Record<Outcome, EventName | FollowUp> = {
	succeeded: 'backupSucceeded',
	partial: 'backupPartial',
	failed: 'backupFailed',
	canceled: 'backupCanceled',
	discarded: 'backupCanceled',
	suspended: 'backupSuspended',
	unknown: 'backupOutcomeUnknown',
};

/** Results that an integrity check leaves behind, not a backup. */
const CHECK_WORDS = ['cksum_failed', 'failed_checking'];

const isKnown = (result: LastResult | undefined, alsoKnown?: LastResult): boolean =>
	result !== undefined &&
	(result === alsoKnown || !['unknown', 'never', 'running'].includes(result));

/** How the run that ended last went. The documented dialect has no result, so the status has to tell. */
function outcomeOf(before: TrackedTask, now: TaskSnapshot): Outcome {
	if (now.result !== undefined) return OUTCOMES[now.result] ?? 'unknown';
	if (now.status === 'error') return 'failed';
	if (now.status === 'suspended') return 'suspended';
	return now.status === 'idle' && now.run !== before.run ? 'succeeded' : 'unknown';
}

/** DSM says so; in the documented dialect it is a run after a suspension. */
function isResumed(before: TrackedTask, now: TaskSnapshot): boolean {
	return now.activity === 'resuming' || (now.result === undefined && before.status === 'suspended');
}

/**
 * The runs between two looks at one task. A run that began and ended in between shows in DSM's last-run fields; of several only the last one
 * can be told. `succeeded` is what `status` knows of a run that ended while the next one is already under way.
 */
export function runEvents(before: TrackedTask, now: TaskSnapshot, succeeded = false): TaskEvent[] {
	if (isDoubtful(now) && !before.doubtful) return [];
	const live = isLive(now) && !isDoubtful(now);
	const another = now.run !== before.run;
	// The same times, another word for the result: a second run within the minute DSM 6 to 7.1 tell times by, or a deletion of versions that failed.
	const settledOtherwise =
		!live &&
		!before.live &&
		isKnown(now.result) &&
		now.word !== before.word &&
		isKnown(before.result, 'never') &&
		!CHECK_WORDS.includes(now.word);
	const events: TaskEvent[] = [];
	if ((another && now.run !== '') || (before.live && !live) || settledOtherwise) {
		const outcome = live ? (succeeded ? 'succeeded' : 'unknown') : outcomeOf(before, now);
		const unseen = !before.live;
		if (unseen && before.result !== 'suspended' && outcome !== 'discarded')
			events.push({ event: 'backupStarted', unseen });
		events.push({ event: EVENT_OF[outcome], outcome, unseen });
		if (live) events.push({ event: 'backupStarted' });
	} else if (live && !before.live) {
		events.push({ event: isResumed(before, now) ? 'backupResumed' : 'backupStarted' });
	}
	return events;
}

/** A change of status, seen or - by a run in between - certain. */
export function statusChange(
	before: TrackedTask,
	now: TaskSnapshot,
	runs: TaskEvent[],
): TaskEvent[] {
	if (isDoubtful(now) && !before.doubtful) return [];
	const ended = runs.some(({ outcome }) => outcome !== undefined);
	const changes: Array<[string, string]> = [];
	if (before.status !== now.status) changes.push([before.status, now.status]);
	if (ended && before.status !== 'running' && now.status !== 'running')
		changes.push(['running', now.status], [before.status, 'running']);
	// One run ended and the next is under way: what the status was in between is not known.
	if (ended && before.live && isLive(now) && before.status === now.status)
		changes.push(['running', 'unknown'], ['unknown', 'running']);
	return changes.length === 0
		? []
		: [{ event: 'statusChanged', changes, unseen: before.status === now.status || undefined }];
}

/** An integrity check, and what it left behind. DSM tells a check that passed from one that was stopped by nothing. */
export function checkEvents(before: TrackedTask, now: TaskSnapshot): TaskEvent[] {
	const was = before.activity === 'checking_integrity';
	const is = now.activity === 'checking_integrity';
	if (is && !was) return [{ event: 'integrityCheckStarted' }];
	const damaged =
		CHECK_WORDS.includes(now.word) ||
		(was &&
			now.status === 'error' &&
			now.problem !== 'destination_offline' &&
			before.problem !== now.problem);
	if (!is && damaged && (was || before.word !== now.word))
		return [{ event: 'integrityCheckFailed' }];
	if (was && !is && now.status !== 'unknown' && now.status !== 'error')
		return [{ event: 'integrityCheckPassed' }];
	return [];
}

export function otherEvents(before: TrackedTask, now: TaskSnapshot): TaskEvent[] {
	const events: TaskEvent[] = [];
	if (before.name !== now.name) events.push({ event: 'taskRenamed' });
	if (now.problem !== before.problem && now.problem?.startsWith('destination_'))
		events.push({ event: 'destinationProblem' });
	return events;
}
