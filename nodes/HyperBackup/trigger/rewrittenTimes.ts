import { asIfUtc } from '../task/nasClock';
import { isLive, type Sight, type Snapshots } from './snapshot';

const endOf = (run: string): string => run.split('|').pop() ?? '';

const HOUR = 3600;

/**
 * A NAS whose time zone was changed writes the same runs with other times. That is what happened if its clock moved against UTC and every task's
 * last run moved along with it, by the same or - across a daylight-saving border - an hour more or less, while every result stayed. The
 * remembered tasks then get the new times, so that no run seems to have taken place; otherwise they come back as they are.
 */
export function withRewrittenTimes(before: Snapshots, sights: Sight[], offsetBefore: number | undefined, offsetNow: number | undefined): Snapshots {
	if (offsetBefore === undefined || offsetNow === undefined || offsetBefore === offsetNow) return before;
	const moved = offsetNow - offsetBefore;
	const known = sights.filter(({ id, run }) => run !== '' && (before[id]?.run ?? '') !== '');
	const allMoved = known.every((now) => {
		const was = before[now.id]!;
		const shift = (asIfUtc(endOf(now.run)) ?? NaN) - (asIfUtc(endOf(was.run)) ?? NaN);
		return [moved - HOUR, moved, moved + HOUR].includes(shift) && shift !== 0 && was.result === now.result && !isLive(now);
	});
	// One failed run an hour after the other on a NAS with one task looks the same: better told twice than not at all.
	const certain = known.length > 1 || known.every(({ result }) => result === 'success');
	if (known.length === 0 || !allMoved || !certain) return before;
	const rewritten = { ...before };
	for (const now of known) rewritten[now.id] = { ...before[now.id]!, run: now.run, next: now.next };
	return rewritten;
}
