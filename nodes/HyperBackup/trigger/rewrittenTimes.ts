import { asIfUtc } from '../task/nasClock';
import { isLive, type Sight, type Snapshot, type Snapshots } from './snapshot';

const endOf = (run: string): string => run.split('|').pop() ?? '';

const HOUR = 3600;

/** Whether `now` shows the run of `was` with its times moved by `moved` seconds; an hour more or less if a daylight-saving border is in between. */
function isMoved(was: Snapshot, now: Sight, moved: number): boolean {
	const shift = (asIfUtc(endOf(now.run)) ?? NaN) - (asIfUtc(endOf(was.run)) ?? NaN);
	return shift !== 0 && [moved - HOUR, moved, moved + HOUR].includes(shift) && was.result === now.result && !was.live && !isLive(now);
}

/**
 * A NAS whose time zone was changed writes the same runs with other times. So, if its clock has moved against UTC, a task whose last run moved
 * along with it and whose result stayed has not run: it is remembered with the new times from now on. A move by one hour may as well be summer time,
 * in which nothing is written anew, and an hourly backup; it only counts if every task moved, and for a single task only if all is well - a failure is
 * better told twice than not at all.
 */
export function withRewrittenTimes(before: Snapshots, sights: Sight[], offsetBefore: number | undefined, offsetNow: number | undefined): Snapshots {
	if (offsetBefore === undefined || offsetNow === undefined || offsetBefore === offsetNow) return before;
	const moved = offsetNow - offsetBefore;
	const known = sights.filter(({ id, run }) => run !== '' && (before[id]?.run ?? '') !== '');
	const movedTasks = known.filter((now) => isMoved(before[now.id]!, now, moved));
	const anHour = Math.abs(moved) <= HOUR;
	const certain = movedTasks.length === known.length && (known.length > 1 || known.every(({ result }) => result === 'success'));
	if (anHour && !certain) return before;
	const rewritten = { ...before };
	for (const now of movedTasks) rewritten[now.id] = { ...before[now.id]!, run: now.run, next: now.next };
	return rewritten;
}
