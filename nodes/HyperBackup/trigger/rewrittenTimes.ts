import { asIfUtc } from '../task/nasClock';
import type { Sight, Snapshots } from './snapshot';

const endOf = (run: string): string => run.split('|').pop() ?? '';

const HOUR = 3600;

/**
 * A NAS whose time zone was changed writes the same runs with other times. So, if its clock has moved against UTC, a task whose last run moved along
 * with it by exactly as much ended at the same instant: it is the same run, and is remembered with its new times from now on. Where summer time may
 * have a hand in it - an hour more or less, or a move by just an hour - the run also has to have ended before the last look, or it is taken for another.
 */
export function withRewrittenTimes(before: Snapshots, sights: Sight[], moved: number, endedSinceLook: (end: string) => boolean): Snapshots {
	if (moved === 0) return before;
	const rewritten = { ...before };
	for (const now of sights) {
		const was = before[now.id];
		if (!was || was.run === '' || now.run === '') continue;
		const shift = (asIfUtc(endOf(now.run)) ?? NaN) - (asIfUtc(endOf(was.run)) ?? NaN);
		const exactly = shift === moved && Math.abs(moved) !== HOUR;
		const nearly = shift !== 0 && Math.abs(shift - moved) <= HOUR && (shift - moved) % HOUR === 0;
		const same = exactly || (nearly && !endedSinceLook(endOf(now.run)));
		if (same) rewritten[now.id] = { ...was, run: now.run, next: now.next };
	}
	return rewritten;
}
