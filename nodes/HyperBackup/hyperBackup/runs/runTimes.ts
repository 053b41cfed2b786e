import { parseWallTime, type WallTime } from '../clock/NasClock';

/**
 * The times of the last run as the NAS writes them; compared as they are, so that no clock is
 * needed to tell two runs apart.
 */
export interface RunTimes {
	/** "" where DSM does not tell it apart from the end (DSM 6 to 7.1), and in the documented API. */
	start: string;
	/** "" if the task never ran, or DSM shows no times (LUN tasks). */
	end: string;
}

export const NO_TIMES: RunTimes = { start: '', end: '' };

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * `last_bkp_time` is the start on Hyper Backup 4.2 and newer, and the end once more on DSM 6 to
 * 7.1.
 */
export function readRunTimes(row: {
	last_bkp_time?: unknown;
	last_bkp_end_time?: unknown;
}): RunTimes {
	const first = text(row.last_bkp_time);
	const end = text(row.last_bkp_end_time) || first;
	if (parseWallTime(end) === undefined) return NO_TIMES;
	return { start: first === end || parseWallTime(first) === undefined ? '' : first, end };
}

export const sameTexts = (a: RunTimes, b: RunTimes): boolean =>
	a.end === b.end && a.start === b.start;

/**
 * Seconds from one to the other, both to the precision of the coarser text: an upgrade of DSM
 * writes the same time with seconds.
 */
function between(a: WallTime, b: WallTime): number {
	const precision = Math.max(a.precision, b.precision);
	const whole = ({ seconds }: WallTime): number => Math.floor(seconds / precision);
	return (whole(b) - whole(a)) * precision;
}

const agree = (a: WallTime, b: WallTime): boolean => between(a, b) === 0;

/** The same for texts as the NAS writes them; NaN if one of them cannot be read. */
export function wallShift(before: string, now: string): number {
	const was = parseWallTime(before);
	const is = parseWallTime(now);
	return was === undefined || is === undefined ? NaN : between(was, is);
}

/** Whether both texts, as the NAS writes them, are one time to the precision of the coarser one. */
export function isSameTime(before: string, now: string): boolean {
	if (before === now) return true;
	return wallShift(before, now) === 0;
}

/**
 * Whether both are the times of one run: ends that agree are one run, and so are equal starts or
 * mere ends while DSM may rewrite the end (`rewritable`: old versions were being deleted). A
 * response that shows no times says nothing of another run.
 */
export function isSameRun(before: RunTimes, now: RunTimes, rewritable = false): boolean {
	if (now.end === '' || sameTexts(before, now)) return true;
	const was = parseWallTime(before.end);
	const is = parseWallTime(now.end);
	if (was === undefined || is === undefined) return false;
	if (agree(was, is)) return true;
	if (!rewritable) return false;
	return before.start === now.start && is.seconds > was.seconds;
}

/** Whether a second run of the task could show the very same times. */
export function mayHideRun({ end }: RunTimes): boolean {
	return (parseWallTime(end)?.precision ?? 60) > 1;
}

/** Whether `time` lies within the run, of which some DSMs tell the start. */
export function liesWithin(run: RunTimes, time: string): boolean {
	const at = parseWallTime(time);
	const end = parseWallTime(run.end);
	const start = parseWallTime(run.start) ?? end;
	if (at === undefined || end === undefined || start === undefined) return false;
	return at.seconds >= start.seconds && at.seconds <= end.seconds;
}

const HOUR = 3600;
const TOLERANCE = 300;

/**
 * Seconds from `start` to `end` (Unix seconds by the NAS's clock). In the night of a daylight
 * saving change the two may be read with the wrong offset: where n8n saw the run itself
 * (`measured`, seconds), a difference of whole hours is taken out.
 */
export function durationOf(
	start: number | null,
	end: number | null,
	measured?: number,
): number | null {
	if (start === null || end === null) return measured ?? null;
	const shown = end - start;
	if (measured !== undefined) {
		const hours = Math.round((shown - measured) / HOUR);
		const adjusted = shown - hours * HOUR;
		if (hours !== 0 && Math.abs(hours) <= 2 && Math.abs(adjusted - measured) <= TOLERANCE) {
			return adjusted;
		}
	}
	return shown > 0 ? shown : (measured ?? null);
}
