import { latchEvents, type Limits } from './thresholds';
import { checkEvents, otherEvents, runEvents, statusChange, type TaskEvent } from './runEvents';
import { isDoubtful, isLive, type TaskSnapshot } from '../hyperBackup/task/taskSnapshot';
import { endOf, startOf, type TrackedTask, type TrackedTasks } from './TrackedTask';

/** What `status` told of a task, where it was asked. */
export interface Detail {
	version?: string;
	success?: string;
}

export interface DetectionInput {
	sights: TaskSnapshot[];
	/** Every task is watched, so one that was not there before is new. */
	complete: boolean;
	/** Milliseconds since 1970, n8n's clock. */
	now: number;
	details: Map<string, Detail>;
	limits: Limits;
	/** The NAS's clock runs as at the last fetchTasks, so the same text means the same instant. */
	sameClock: boolean;
	/** The NAS's wall-clock text as n8n's clock, in milliseconds; undefined if unreadable. */
	when: (text: string) => number | undefined;
}

export interface DetectedEvent extends TaskEvent {
	/** undefined for a task that is gone. */
	now?: TrackedTask;
	before?: TrackedTask;
}

function successOf(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	detail: Detail | undefined,
): string | undefined {
	if (detail?.success) return detail.success;
	if (now.result === 'success' && now.run !== '' && !isLive(now)) return endOf(now.run);
	return before?.success;
}

function dueAt(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	ran: boolean,
	look: DetectionInput,
): number | undefined {
	if (now.next === '') return undefined;
	// A scheduled time that has passed without a run stays due, though DSM shows the next one by then.
	const missed = before?.dueAt !== undefined && before.dueAt < look.now && !ran;
	if (before?.dueAt !== undefined && (missed || before.next === now.next)) return before.dueAt;
	return look.when(now.next);
}

/** What is remembered of a task after this look. What DSM left out this time is kept from before, so that its return is no change. */
export function track(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	look: DetectionInput,
): TrackedTask {
	if (before && isDoubtful(now) && !before.doubtful) return { ...before, doubtful: true };
	const detail = look.details.get(now.id);
	const live = isLive(now) && !isDoubtful(now);
	const another = before !== undefined && now.run !== '' && now.run !== before.run;
	const success = successOf(now, before, detail);
	return {
		...now,
		result: now.result === 'unknown' && before ? before.result : now.result,
		word: now.word === '' && before ? before.word : now.word,
		run: now.run === '' && before ? before.run : now.run,
		live,
		version: detail?.version ?? before?.version,
		success,
		liveSince: live ? (before?.live && !another ? before.liveSince : look.now) : undefined,
		successAt:
			success === undefined
				? undefined
				: before?.success === success
					? before.successAt
					: look.when(success),
		dueAt: dueAt(now, before, live || another || before?.live === true, look),
		firstSeen: before?.firstSeen ?? look.now,
		latched: before?.latched,
	};
}

/** A task of which nothing is to be remembered anew and that nothing has happened to: most of them, in most polls. */
function isAsBefore(now: TaskSnapshot, before: TrackedTask, look: DetectionInput): boolean {
	return (
		!before.live &&
		!before.doubtful &&
		now.status === before.status &&
		now.run === before.run &&
		now.next === before.next &&
		now.word === before.word &&
		now.name === before.name &&
		now.result === before.result &&
		now.activity === before.activity &&
		now.problem === before.problem &&
		now.activity === null &&
		!isDoubtful(now) &&
		!look.details.has(now.id) &&
		dueAt(now, before, false, look) === before.dueAt
	);
}

/** Whether a success that `status` tells of lies within this run, of which some DSMs tell the start. They write both alike, so text compares like time. */
function isOf(run: string, success: string | undefined): boolean {
	return success !== undefined && success >= startOf(run) && success <= endOf(run);
}

/**
 * Whether `status` knows of a success since the last look, and it is that of the run that ended last: of two runs between two looks the first may have
 * succeeded and the second failed. Other times by another clock are no other success.
 */
function hasSucceeded(
	now: TaskSnapshot,
	before: TrackedTask,
	detail: Detail | undefined,
	sameClock: boolean,
): boolean {
	const differs = (was: string | undefined, is: string | undefined): boolean =>
		was !== undefined && is !== undefined && was !== is;
	return (
		detail !== undefined &&
		(differs(before.version, detail.version) ||
			(sameClock && differs(before.success, detail.success))) &&
		isOf(now.run, detail.success)
	);
}

function eventsOf(now: TaskSnapshot, before: TrackedTask, look: DetectionInput): TaskEvent[] {
	const runs = runEvents(
		before,
		now,
		hasSucceeded(now, before, look.details.get(now.id), look.sameClock),
	);
	return [
		...statusChange(before, now, runs),
		...runs,
		...checkEvents(before, now),
		...otherEvents(before, now),
	];
}

/** Everything that happened between what was remembered and this fetchTasks, and what to remember now. Changes neither. */
export function detectEvents(
	before: TrackedTasks,
	look: DetectionInput,
): { happened: DetectedEvent[]; next: TrackedTasks } {
	const happened: DetectedEvent[] = [];
	const next: TrackedTasks = {};
	for (const now of look.sights) {
		const known = Object.prototype.hasOwnProperty.call(before, now.id) ? before[now.id] : undefined;
		const same = known !== undefined && isAsBefore(now, known, look);
		const seen = same ? known : track(now, known, look);
		const events = same
			? []
			: known
				? eventsOf(now, known, look)
				: look.complete
					? [{ event: 'taskAdded' as const }]
					: [];
		const { events: lasting, latched } = latchEvents(seen, look.now, look.limits);
		// A snapshot is never changed: what is the same object is the same task.
		const snapshot =
			same && lasting.length === 0
				? known
				: { ...seen, latched: latched.length > 0 ? latched : undefined };
		next[now.id] = snapshot;
		for (const event of [...events, ...lasting])
			happened.push({ ...event, now: snapshot, before: known });
	}
	const here = new Set(look.sights.map(({ id }) => id));
	for (const [id, gone] of Object.entries(before)) {
		if (!here.has(id)) happened.push({ event: 'taskRemoved', before: gone });
	}
	return { happened, next };
}

/** The first look: nothing is compared, nothing has happened. */
export function baseline(look: DetectionInput): TrackedTasks {
	return Object.fromEntries(look.sights.map((now) => [now.id, track(now, undefined, look)]));
}
