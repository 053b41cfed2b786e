import { DateTime } from 'luxon';
import { demoTasks, startNas, wallClock, type Nas } from '../simulator';

/** A backup that takes ten minutes is over in ten seconds. */
export const SPEED = 60;

const ZONE = 'Europe/Berlin';

/**
 * Nine in the morning of the day of `now`, in milliseconds. The tasks are scheduled at night: begun
 * at the time of day it happens to be, the demo would now and then find a scheduled backup that has
 * already replaced the one it made fail.
 */
export function morningOf(now: number): number {
	return DateTime.fromMillis(now, { zone: ZONE })
		.set({ hour: 9, minute: 0, second: 0, millisecond: 0 })
		.toMillis();
}

/** The NAS of a small office, at nine in the morning, with a clock that runs a minute a second. */
export async function startDemoNas(): Promise<Nas> {
	const clock = wallClock(SPEED, morningOf(Date.now()));
	return await startNas({ clock, timeZone: ZONE, tasks: demoTasks(clock.now()) });
}
