import { asIfUtc } from '../hyperBackup/clock/nasClock';
import type { TaskSnapshot } from '../hyperBackup/task/taskSnapshot';
import { endOf, type TrackedTasks } from './TrackedTask';

const HOUR = 3600;

/**
 * A NAS whose time zone was changed writes the same runs with other times. So, if its clock has moved against UTC, a task whose last run moved along
 * with it by exactly as much ended at the same instant: it is the same run, and is remembered with its new times from now on. Where summer time may
 * have a hand in it - an hour more or less, or a move by just an hour - the run also has to have ended before the last look, or it is taken for another.
 */
export function withRewrittenTimes(
	before: TrackedTasks,
	sights: TaskSnapshot[],
	moved: number,
	endedSinceLook: (end: string) => boolean,
): TrackedTasks {
	const known = sights.filter(({ id, run }) => run !== '' && (before[id]?.run ?? '') !== '');
	// A change of the zone writes every time anew. Where one stayed, the clock was moved by summer time or by hand.
	if (moved === 0 || known.some(({ id, run }) => before[id]!.run === run)) return before;
	const rewritten = { ...before };
	for (const now of known) {
		const was = before[now.id]!;
		const shift = (asIfUtc(endOf(now.run)) ?? NaN) - (asIfUtc(endOf(was.run)) ?? NaN);
		const exactly = shift === moved && Math.abs(moved) !== HOUR;
		const nearly = shift !== 0 && Math.abs(shift - moved) <= HOUR && (shift - moved) % HOUR === 0;
		if (exactly || (nearly && !endedSinceLook(endOf(now.run))))
			rewritten[now.id] = { ...was, run: now.run, next: now.next };
	}
	return rewritten;
}
