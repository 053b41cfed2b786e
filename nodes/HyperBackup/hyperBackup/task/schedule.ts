import { numberOf } from './Task';
import type { RawTask } from './TaskSnapshot';

const DAY = 86_400;

/**
 * When DSM's weekly schedule of a task last came due before `now`; both in seconds of the NAS's
 * wall clock read as if it were UTC. undefined for tasks without a schedule, for other kinds of
 * schedule, and where DSM shows none (LUN tasks, the documented API).
 */
export function lastScheduled(row: RawTask, now: number): number | undefined {
	const outer = row.schedule as
		{ schedule_enable?: unknown; schedule?: unknown } | null | undefined;
	if (outer?.schedule_enable !== true) return undefined;
	const inner = (outer.schedule ?? {}) as Record<string, unknown>;
	const monthly = Array.isArray(inner.monthly_week) && inner.monthly_week.length > 0;
	const week = typeof inner.week_name === 'string' ? inner.week_name : '';
	if (monthly || week === '' || (numberOf(inner.date_type) ?? 0) !== 0) return undefined;
	const days = week.split(',').map(Number);
	const time = (numberOf(inner.hour) ?? 0) * 3600 + (numberOf(inner.min) ?? 0) * 60;
	const midnight = Math.floor(now / DAY) * DAY;
	for (let back = 0; back <= 7; back++) {
		const at = midnight - back * DAY + time;
		if (at <= now && days.includes(new Date(at * 1000).getUTCDay())) return at;
	}
	return undefined;
}
