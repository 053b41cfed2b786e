import { NO_TIMES, wallShift } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTask, TrackedTasks } from './TrackedTask';

const HOUR = 3600;

interface Pair {
	now: TaskSnapshot;
	before: TrackedTask;
	/** Seconds by which the NAS's clock has moved against UTC since the task was stored. */
	moved: number;
	/** Seconds by which the end of its last run is written otherwise. */
	shift: number;
}

/**
 * A change of the zone writes every time anew. Where more stayed, the clock was moved by summer
 * time or by hand: a single one may be the time of a new run that happens to be the same.
 */
function writtenAnew(pairs: Pair[], moved: number): boolean {
	const shifts = pairs.filter((pair) => pair.moved === moved).map(({ shift }) => shift);
	const stayed = shifts.filter((shift) => shift === 0).length;
	return stayed === 0 || shifts.filter((shift) => shift === moved).length > stayed;
}

/**
 * A NAS whose time zone was changed writes the same runs with other times. If its clock has moved
 * against UTC (`movedFor`, seconds), a task whose last run moved by exactly as much is stored with
 * the new times. Where summer time may have a part in it - an hour more or less, or a move by just
 * an hour - the run also has to have ended before the last poll, or it is taken for another.
 */
export function withShiftedTimes(
	tasks: TrackedTasks,
	snapshots: TaskSnapshot[],
	movedFor: (task: TrackedTask) => number,
	endedSinceLastPoll: (end: string, shift: { moved: number; exact: boolean }) => boolean,
): TrackedTasks {
	const pairs = snapshots.flatMap<Pair>((now) => {
		const before = tasks.get(now.id);
		if (now.run.end === '' || before === undefined) return [];
		const shift = wallShift(before.run.end, now.run.end);
		return [{ now, before, moved: movedFor(before), shift }];
	});
	const stayed = new Set(
		[...new Set(pairs.map(({ moved }) => moved))].filter((moved) => !writtenAnew(pairs, moved)),
	);
	const shifted: TrackedTasks = new Map(tasks);
	for (const { now, before, moved, shift } of pairs) {
		if (moved === 0 || stayed.has(moved)) continue;
		const exactly = shift === moved && Math.abs(moved) !== HOUR;
		const off = shift - moved;
		const nearly = shift !== 0 && Math.abs(off) <= HOUR && off % HOUR === 0;
		// The run of before is written anew too: what is shown in its place is another.
		const inItsPlace = shift === 0 && Math.abs(moved) !== HOUR;
		if (inItsPlace && endedSinceLastPoll(now.run.end, { moved, exact: true })) {
			shifted.set(now.id, { ...before, run: NO_TIMES });
		} else if (
			exactly ||
			(nearly && !endedSinceLastPoll(now.run.end, { moved, exact: off === 0 }))
		) {
			shifted.set(now.id, { ...before, run: now.run, next: now.next });
		}
	}
	return shifted;
}
