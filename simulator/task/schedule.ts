import type { Schedule } from '../types';
import type { WallText } from '../wallText';

/** The first scheduled time after `at`, by the NAS's own clock, in milliseconds. */
export function nextScheduled(
	{ hour, minute, weekdays }: Schedule,
	wall: WallText,
	at: number,
): number {
	let day = wall.local(at).startOf('day');
	for (let i = 0; i < 15; i++, day = day.plus({ days: 1 })) {
		const time = day.set({ hour, minute });
		// luxon counts Monday as 1 and Sunday as 7; DSM counts Sunday as 0.
		if (time.toMillis() > at && (weekdays === undefined || weekdays.includes(time.weekday % 7)))
			return time.toMillis();
	}
	throw new Error('A schedule without weekdays');
}

/** DSM's `schedule` object. With the schedule off the inner block is filled all the same. */
export function scheduleObject(
	schedule: Schedule | undefined,
	nextAt: number | null,
	wall: WallText,
	now: number,
	newer = true,
): unknown {
	if (!schedule) return undefined;
	const shown = nextAt ?? now - 86_400_000;
	return {
		schedule_enable: schedule.enabled !== false,
		schedule: {
			date: wall.local(shown).toFormat('yyyy/L/d'),
			date_type: 0,
			hour: schedule.hour,
			min: schedule.minute,
			last_work_hour: schedule.hour,
			repeat: 0,
			repeat_hour: 0,
			repeat_min: 0,
			repeat_hour_store_config: [1],
			repeat_min_store_config: [],
			week_name: (schedule.weekdays ?? [0, 1, 2, 3, 4, 5, 6]).join(','),
			...(newer ? { monthly_week: [] } : {}),
			next_trigger_time: wall.local(shown).toFormat('yyyy-MM-dd HH:mm'),
		},
	};
}
