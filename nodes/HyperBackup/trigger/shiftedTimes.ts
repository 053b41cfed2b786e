import { parseWallTime } from '../hyperBackup/clock/wallClock';
import { sameTexts } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTasks } from './TrackedTask';

const HOUR = 3600;

const wall = (text: string): number => parseWallTime(text)?.seconds ?? NaN;

/**
 * A NAS whose time zone was changed writes the same runs with other times. If its clock has moved against UTC (`moved`, seconds), a task whose last run moved by
 * exactly as much is stored with the new times. Where summer time may have a part in it - an hour more or less, or a move by just an hour - the run also has
 * to have ended before the last poll, or it is taken for another.
 */
export function withShiftedTimes(
	tasks: TrackedTasks,
	snapshots: TaskSnapshot[],
	moved: number,
	endedSinceLastPoll: (end: string) => boolean,
): TrackedTasks {
	const known = snapshots.filter(
		({ id, run }) => run.end !== '' && (tasks.get(id)?.run.end ?? '') !== '',
	);
	// A change of the zone writes every time anew. Where one stayed, the clock was moved by summer time or by hand.
	const stayed = known.some(({ id, run }) => sameTexts(tasks.get(id)!.run, run));
	if (moved === 0 || stayed) return tasks;
	const shifted: TrackedTasks = new Map(tasks);
	for (const now of known) {
		const before = tasks.get(now.id)!;
		const shift = wall(now.run.end) - wall(before.run.end);
		const exactly = shift === moved && Math.abs(moved) !== HOUR;
		const off = shift - moved;
		const nearly = shift !== 0 && Math.abs(off) <= HOUR && off % HOUR === 0;
		if (exactly || (nearly && !endedSinceLastPoll(now.run.end))) {
			shifted.set(now.id, { ...before, run: now.run, next: now.next });
		}
	}
	return shifted;
}
