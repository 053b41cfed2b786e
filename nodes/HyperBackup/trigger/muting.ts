import type { IDataObject } from 'n8n-workflow';
import { fitsPattern } from './namePattern';

/** A part of each of some days, by the NAS's clock. */
export interface MuteWindow {
	/** Minutes since midnight. `from` is within the window, `to` is not; over midnight if earlier. */
	from: number;
	to: number;
	/** On which it begins, 0 (Sunday) to 6; empty: every day. */
	days: number[];
}

/** Tasks of certain names, until a time. */
export interface MutedTasks {
	pattern: string;
	/** Milliseconds since 1970, or a time of day without a zone, which is read by the NAS's clock. */
	until: number | string;
}

export interface Muting {
	windows: MuteWindow[];
	tasks: MutedTasks[];
}

export const NOTHING_MUTED: Muting = { windows: [], tasks: [] };

/** A moment by the NAS's clock. */
export interface Moment {
	/** Milliseconds since 1970. */
	now: number;
	/** The same as ISO 8601 with the NAS's offset. */
	local: string;
}

function isWithin({ from, to, days }: MuteWindow, { local }: Moment): boolean {
	const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
	const today = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay();
	const begins = (day: number): boolean => days.length === 0 || days.includes(day);
	if (from < to) return minutes >= from && minutes < to && begins(today);
	return (minutes >= from && begins(today)) || (minutes < to && begins((today + 6) % 7));
}

const isBefore = ({ now, local }: Moment, until: number | string): boolean =>
	typeof until === 'number' ? now < until : local.slice(0, 19) < until;

/** The task that an item is about; undefined for one about the NAS. */
export const taskOf = ({ task, previous }: IDataObject): IDataObject | undefined =>
	((task ?? previous) as IDataObject | null) ?? undefined;

/** Whether an event is to wait. One about the NAS waits for windows alone. */
export function isMuted(item: IDataObject, { windows, tasks }: Muting, moment: Moment): boolean {
	if (windows.some((window) => isWithin(window, moment))) return true;
	const { name } = taskOf(item) ?? {};
	if (typeof name !== 'string') return false;
	return tasks.some(({ pattern, until }) => {
		return isBefore(moment, until) && fitsPattern(pattern, name);
	});
}
