import { isSameTime, wallShift } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTask, TrackedTasks } from './TrackedTask';

const HOUR = 3600;

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
	const pairs = snapshots.flatMap((now) => {
		const before = tasks.get(now.id);
		if (now.run.end === '' || before === undefined) return [];
		return [{ now, before, moved: movedFor(before) }];
	});
	// A change of the zone writes every time anew. Where one stayed, the clock was moved by summer
	// time or by hand.
	const stayed = new Set(
		pairs
			.filter(({ now, before }) => isSameTime(before.run.end, now.run.end))
			.map(({ moved }) => moved),
	);
	const shifted: TrackedTasks = new Map(tasks);
	for (const { now, before, moved } of pairs) {
		if (moved === 0 || stayed.has(moved)) continue;
		const shift = wallShift(before.run.end, now.run.end);
		const exactly = shift === moved && Math.abs(moved) !== HOUR;
		const off = shift - moved;
		const nearly = shift !== 0 && Math.abs(off) <= HOUR && off % HOUR === 0;
		if (exactly || (nearly && !endedSinceLastPoll(now.run.end, { moved, exact: off === 0 }))) {
			shifted.set(now.id, { ...before, run: now.run, next: now.next });
		}
	}
	return shifted;
}
