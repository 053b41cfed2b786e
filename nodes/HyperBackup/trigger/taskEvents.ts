import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { EventName, FollowUp } from './eventNames';
import type { RunEvent } from './followRun';
import type { TrackedTask } from './TrackedTask';

/** Something that happened to a task between the last poll and this one. */
export interface TaskEvent extends RunEvent {
	event: EventName | FollowUp;
	/** For `statusChanged`: every change of status the path may have held, the last one first. */
	changes?: Array<[from: string, to: string]>;
	/** For conditions: why. */
	reason?: string;
	/** For conditions: since when, in milliseconds by n8n's clock. */
	since?: number;
	/** It was reported before, and goes on. */
	reminder?: boolean;
}

/** A change of status, seen or - by a run in between - certain. */
export function statusEvents(
	before: TrackedTask,
	now: TaskSnapshot,
	runs: RunEvent[],
): TaskEvent[] {
	const ended = runs.some(({ outcome }) => outcome !== undefined);
	const changes: Array<[string, string]> = [];
	if (before.status !== now.status) changes.push([before.status, now.status]);
	if (ended && before.status !== 'running' && now.status !== 'running') {
		changes.push(['running', now.status], [before.status, 'running']);
	}
	// One run ended and the next is under way: what the status was in between is not known.
	const twoRuns = ended && before.open !== undefined && now.phase === 'live';
	if (twoRuns && before.status === now.status) {
		changes.push(['running', 'unknown'], ['unknown', 'running']);
	}
	if (changes.length === 0) return [];
	return [{ event: 'statusChanged', changes, unseen: before.status === now.status || undefined }];
}

/** While a backup runs, DSM's word stands for a check of its own before it goes on. */
const isChecking = ({ activity, phase }: TaskSnapshot): boolean =>
	activity === 'checking_integrity' && phase !== 'live';

/**
 * An integrity check, and what it left behind. A check that was stopped by a user shows the same
 * words as one that passed.
 */
export function checkEvents(before: TrackedTask, now: TaskSnapshot): TaskEvent[] {
	const was = isChecking(before);
	if (isChecking(now)) return was ? [] : [{ event: 'integrityCheckStarted' }];
	const newlyFailed = now.result === 'check_failed' && before.settledResult !== 'check_failed';
	const newProblem =
		was &&
		now.status === 'error' &&
		now.problem !== 'destination_offline' &&
		now.problem !== before.problem;
	if (newlyFailed || newProblem) return [{ event: 'integrityCheckFailed' }];
	const repaired = before.settledResult === 'check_failed' && now.result === 'success';
	const passed = was && now.status !== 'unknown' && now.status !== 'error';
	return passed || repaired ? [{ event: 'integrityCheckPassed' }] : [];
}

export function otherEvents(before: TrackedTask, now: TaskSnapshot): TaskEvent[] {
	const events: TaskEvent[] = [];
	if (before.name !== now.name) events.push({ event: 'taskRenamed' });
	if (now.problem !== before.problem && now.problem?.startsWith('destination_')) {
		events.push({ event: 'destinationProblem' });
	}
	if (now.result === 'rotation_failed' && before.settledResult !== 'rotation_failed') {
		events.push({ event: 'versionRotationFailed' });
	}
	return events;
}
