import { outcomeOfResult } from '../hyperBackup/runs/runOutcome';
import { isSameTime } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { isRotating, showsResult } from './anotherRun';
import type { DetectionInput } from './detectionInput';
import type { Followed } from './followRun';
import { successAt, successText } from './lastSuccess';
import { measure } from './thresholds';
import type { TrackedTask } from './TrackedTask';

/** Fields that DSM left out this time are kept from before, so that their return is no change. */
function keepMissing(now: TaskSnapshot, before: TrackedTask | undefined): TaskSnapshot {
	if (before === undefined) return now;
	return {
		...now,
		result: now.result === 'unknown' ? before.result : now.result,
		resultWord: now.resultWord === '' ? before.resultWord : now.resultWord,
		run: now.run.end === '' ? before.run : now.run,
	};
}

const SETTLING = ['check_failed', 'rotation_failed', 'never'];

function settledResult(now: TaskSnapshot, before: TrackedTask | undefined) {
	const { result } = now;
	const counts = outcomeOfResult(result) !== undefined || SETTLING.includes(result ?? '');
	return showsResult(now) && counts ? result : before?.settledResult;
}

function rotatesReported(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	{ events }: Followed,
): boolean | undefined {
	if (!isRotating(now)) return undefined;
	const ended = events.some(({ outcome }) => outcome !== undefined);
	const known = before === undefined || (isRotating(before) && before.rotatesReported === true);
	return ended || known || undefined;
}

/** What is stored of a task after this poll. */
export function track(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	followed: Followed,
	input: DetectionInput,
): TrackedTask {
	const detail = input.details.get(now.id);
	const seenSuccess = followed.events.some(({ outcome }) => outcome === 'succeeded');
	const text = successText(now, before, detail);
	// An upgrade of DSM writes the same time in another way: it is not read anew.
	const another = text !== undefined && !isSameTime(before?.success ?? '', text);
	const success = text ?? before?.success;
	const isRead = another || seenSuccess || before?.successUnread === true;
	const at = isRead ? successAt(success, seenSuccess, input) : undefined;
	const unread = isRead && at === undefined ? success : undefined;
	const marks = { ran: followed.events.length > 0, successAt: at, successUnread: unread };
	const task: TrackedTask = {
		...keepMissing(now, before),
		...followed.state,
		settledResult: settledResult(now, before),
		rotatesReported: rotatesReported(now, before, followed),
		version: detail?.version ?? before?.version,
		success,
		successUnread: unread === undefined ? undefined : true,
		firstSeen: before?.firstSeen ?? input.now,
		chosenBy: input.chosenBy.get(now.id) ?? before?.chosenBy,
		...measure(before, now, marks, input),
	};
	return before === undefined ? task : { ...task, ...missedMeanwhile(before, task, input) };
}

const MINUTE = 60_000;

/** A change of the clocks moves the reading of a scheduled time by as much. */
const HOUR = 60 * MINUTE;

/**
 * A success that made a missed time good may have been followed by another scheduled time while no
 * poll came, which the NAS then no longer shows.
 */
function missedMeanwhile(
	before: TrackedTask,
	task: TrackedTask,
	input: DetectionInput,
): Partial<TrackedTask> {
	const was = before.missedAt ?? (before.due?.stale ? undefined : before.due?.at);
	const isMadeGood = was !== undefined && was <= input.now && task.missedAt === undefined;
	if (!isMadeGood || task.next === '') return {};
	const due = input.lastDue(task.id);
	return due !== undefined && due - was > HOUR + MINUTE ? missedSince(task, due, input) : {};
}

/** A scheduled time that no poll has shown, and that was followed by no good run. */
export function missedBefore(task: TrackedTask, input: DetectionInput): Partial<TrackedTask> {
	return task.missedAt === undefined ? missedSince(task, input.lastDue(task.id), input) : {};
}

function missedSince(
	task: TrackedTask,
	due: number | undefined,
	input: DetectionInput,
): Partial<TrackedTask> {
	if (task.successAt === undefined || due === undefined) return {};
	if (task.successAt >= due - MINUTE) return {};
	const end = input.toLocalTime(task.run.end);
	const ran = task.phase === 'live' || (end !== undefined && end >= due);
	return { missedAt: due, ranSinceMissed: ran };
}
