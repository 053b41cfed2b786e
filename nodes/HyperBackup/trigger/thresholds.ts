import type { TaskEvent } from './runEvents';
import type { TrackedTask } from './TrackedTask';

/** Limits for what is wrong by lasting too long. 0 means: not watched. */
export interface Limits {
	/** Hours without a successful backup. */
	overdueHours: number;
	/** Hours after the scheduled time by which a run has to have begun. */
	graceHours: number;
	/** Hours after which a task that has never run is told. */
	neverRanHours: number;
	/** Hours a backup may take. */
	tooLongHours: number;
}

const HOUR = 3_600_000;

type Latch = 'backupOverdue' | 'backupNeverRan' | 'backupTooLong';

function conditions(task: TrackedTask, now: number, limits: Limits): Record<Latch, boolean> {
	const passed = (since: number | undefined, hours: number): boolean =>
		since !== undefined && hours > 0 && now - since > hours * HOUR;
	const never = task.result === 'never' && task.run === '';
	return {
		backupOverdue:
			!never &&
			(passed(task.successAt ?? task.firstSeen, limits.overdueHours) ||
				(!task.live && passed(task.dueAt, limits.graceHours))),
		backupNeverRan: never && !task.live && passed(task.firstSeen, limits.neverRanHours),
		backupTooLong: task.live && passed(task.liveSince, limits.tooLongHours),
	};
}

/** True if no task becomes wrong by the passing of time. */
export const nothingIsWatched = ({
	overdueHours,
	graceHours,
	neverRanHours,
	tooLongHours,
}: Limits): boolean =>
	overdueHours <= 0 && graceHours <= 0 && neverRanHours <= 0 && tooLongHours <= 0;

/**
 * Conditions that begin and end: each is told once when it begins and once when it ends, however many polls see it. All times are n8n's clock,
 * fixed when they were first seen, so that a NAS clock that is set makes nothing overdue.
 */
export function latchEvents(
	task: TrackedTask,
	now: number,
	limits: Limits,
): { events: TaskEvent[]; latched: string[] } {
	if (task.latched === undefined && nothingIsWatched(limits)) return { events: [], latched: [] };
	const events: TaskEvent[] = [];
	const latched: string[] = [];
	for (const [latch, holds] of Object.entries(conditions(task, now, limits)) as Array<
		[Latch, boolean]
	>) {
		const was = task.latched?.includes(latch) === true;
		if (holds) latched.push(latch);
		if (holds && !was) events.push({ event: latch });
		if (!holds && was) events.push({ event: `${latch}Ended` });
	}
	return { events, latched };
}
