import { parseWallTime, wallSeconds } from './wallClock';
import { zoneOffset } from './zoneOffset';

/** What is kept of the NAS's clock between two polls. */
export interface ClockReading {
	/** Seconds by which the NAS's wall clock is ahead of UTC. */
	offset: number;
	/** Milliseconds by which n8n's clock is ahead of the NAS's. */
	skew: number;
}

/**
 * Seconds by which the NAS's wall clock is ahead of UTC; undefined if the response does not say.
 */
export function offsetOf(ntp: unknown): number | undefined {
	const { date, hour, minute, second, timestamp } = (ntp ?? {}) as Record<string, unknown>;
	const two = (value: unknown): string => String(value).padStart(2, '0');
	const wall = wallSeconds(`${String(date)} ${String(hour)}:${two(minute)}:${two(second)}`);
	const epoch = Number(timestamp);
	if (wall === null || !Number.isFinite(epoch) || epoch <= 0) return undefined;
	// Offsets are quarters of an hour; what is left is the second between the two readings.
	return Math.round((wall - epoch) / 900) * 900;
}

/**
 * A response of `SYNO.Core.Region.NTP get`, which gives wall clock and epoch together; undefined if
 * it does not.
 */
export function readingOf(ntp: unknown, now: number): ClockReading | undefined {
	const offset = offsetOf(ntp);
	if (offset === undefined) return undefined;
	const skew = now - Number((ntp as { timestamp: unknown }).timestamp) * 1000;
	// The response has whole seconds and was under way for a moment: less than this is no difference.
	return { offset, skew: Math.abs(skew) < 5000 ? 0 : skew };
}

/**
 * Reads the NAS's wall-clock texts. If the workflow's zone has the NAS's offset now, it is taken
 * for the NAS's zone, which is right on both sides of a daylight saving change; otherwise the
 * offset itself is used. Where the clock may not be read (105), texts are read in the workflow's
 * zone for display, and never used to measure how much time has passed.
 */
export class NasClock {
	constructor(
		private readonly workflowZone: string,
		readonly reading?: ClockReading,
		now = Date.now(),
	) {
		const nasNow = (now - (reading?.skew ?? 0)) / 1000;
		this.zoneFits = reading === undefined || zoneOffset(workflowZone, nasNow) === reading.offset;
	}

	private readonly zoneFits: boolean;

	/** Unix seconds; null for "never", "none" and what cannot be read. */
	toUnix(text: unknown): number | null {
		const wall = wallSeconds(text);
		if (wall === null) return null;
		if (!this.zoneFits) return wall - this.reading!.offset;
		const guess = wall - zoneOffset(this.workflowZone, wall);
		return wall - zoneOffset(this.workflowZone, guess);
	}

	/** ISO 8601 with the NAS's offset, e.g. `2026-11-24T02:12:30+01:00`. */
	toIso(unix: number | null): string | null {
		if (unix === null || Math.abs(unix) > 8e12) return null;
		const offset = this.zoneFits ? zoneOffset(this.workflowZone, unix) : this.reading!.offset;
		const minutes = Math.abs(Math.round(offset / 60));
		const two = (value: number): string => String(value).padStart(2, '0');
		const wall = new Date((unix + offset) * 1000).toISOString().slice(0, 19);
		return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
	}

	/**
	 * Milliseconds since 1970 by n8n's clock; undefined if the text or the NAS's clock cannot be
	 * read.
	 */
	toLocalTime(text: string): number | undefined {
		if (this.reading === undefined || parseWallTime(text) === undefined) return undefined;
		return this.toUnix(text)! * 1000 + this.reading.skew;
	}
}
