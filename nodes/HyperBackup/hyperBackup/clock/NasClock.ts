import { BoundedMap } from '../../dsm/BoundedMap';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { dsmErrorOf } from '../../dsm/errors/DsmError';

const WALL_CLOCK = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** A time as DSM writes it: `YYYY/MM/DD HH:MM[:SS]` by the NAS's wall clock, without an offset. */
export interface WallTime {
	/** Seconds since 1970, as if the text were UTC. */
	seconds: number;
	/** Seconds: 60 on DSM 6 to 7.1, 1 on newer ones and for Unix times. */
	precision: number;
}

/**
 * undefined for "never", "none" and what cannot be read. Unix seconds as text, as the documented
 * API has them, count as a time too.
 */
export function parseWallTime(text: unknown): WallTime | undefined {
	if (typeof text !== 'string') return undefined;
	if (/^[1-9]\d{0,11}$/.test(text)) return { seconds: Number(text), precision: 1 };
	const parts = WALL_CLOCK.exec(text.trim());
	if (!parts) return undefined;
	const [, year, month, day, hour, minute, second] = parts;
	const date = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
	const seconds = date / 1000 + Number(second ?? 0);
	return Number.isFinite(seconds)
		? { seconds, precision: second === undefined ? 60 : 1 }
		: undefined;
}

/** The same in seconds alone; null if it cannot be read. */
export const wallSeconds = (text: unknown): number | null => parseWallTime(text)?.seconds ?? null;

const formats = new Map<string, Intl.DateTimeFormat>();

/** One for each zone: making one takes longer than everything else an operation computes. */
function formatFor(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formats.set(zone, format);
	}
	return format;
}

const QUARTER = 900;

/** By zone and quarter of an hour: no zone has changed its offset within one since 1970. */
const offsets = new BoundedMap<string, number>(5000);

/** Seconds that `zone` (IANA) is ahead of UTC at the Unix time `at`. */
export function zoneOffset(zone: string, at: number): number {
	if (at < 0) return computeOffset(zone, at);
	const key = `${zone} ${Math.floor(at / QUARTER)}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	const offset = computeOffset(zone, at);
	offsets.set(key, offset);
	return offset;
}

function computeOffset(zone: string, at: number): number {
	const parts = formatFor(zone).formatToParts(new Date(at * 1000));
	const { year, month, day, hour, minute, second } = Object.fromEntries(
		parts.map(({ type, value }) => [type, Number(value)]),
	) as Record<Intl.DateTimeFormatPartTypes, number>;
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	return wall / 1000 - Math.floor(at);
}

const two = (value: unknown): string => String(value).padStart(2, '0');

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

/** Longer texts that stand in place of a time are not kept. */
const LONGEST_TIME = 40;

export interface ShownTime {
	/** Unix seconds. */
	readonly time: number;
	/** ISO 8601 with the NAS's offset. */
	readonly at: string | null;
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

	/** The same few texts come back with every response. */
	private known?: BoundedMap<string, ShownTime | null>;

	/** A text of the NAS as items show it; null for "never", "none" and what cannot be read. */
	read(text: unknown): ShownTime | null {
		if (typeof text !== 'string') return null;
		this.known ??= new BoundedMap();
		const known = this.known.get(text);
		if (known !== undefined) return known;
		const time = this.toUnix(text);
		const shown = time === null ? null : { time, at: this.toIso(time) };
		if (text.length <= LONGEST_TIME) this.known.set(text, shown);
		return shown;
	}

	/** Unix seconds; null for "never", "none" and what cannot be read. */
	toUnix(text: unknown): number | null {
		const wall = parseWallTime(text)?.seconds;
		if (wall === undefined) return null;
		if (!this.zoneFits) return wall - this.reading!.offset;
		const guess = wall - zoneOffset(this.workflowZone, wall);
		return wall - zoneOffset(this.workflowZone, guess);
	}

	/** ISO 8601 with the NAS's offset, e.g. `2026-11-24T02:12:30+01:00`. */
	toIso(unix: number | null): string | null {
		if (unix === null || Math.abs(unix) > 8e12) return null;
		const offset = this.zoneFits ? zoneOffset(this.workflowZone, unix) : this.reading!.offset;
		const wall = new Date((unix + offset) * 1000).toISOString().slice(0, 19);
		const minutes = new Date(Math.abs(Math.round(offset / 60)) * 60_000);
		return `${wall}${offset < 0 ? '-' : '+'}${minutes.toISOString().slice(11, 16)}`;
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

/** How long a reading is used: a change of the clocks on the NAS shows within this time. */
const LIFETIME = 6 * 60 * 60 * 1000;

export const CLOCK_CALL: Call = {
	api: 'SYNO.Core.Region.NTP',
	version: 1,
	method: 'get',
	reads: true,
};

/** Of a dialect, how its rows show times. */
interface DialectOfTimes<Row> {
	/** Its times are texts by the NAS's wall clock. */
	readonly hasWallTimes: boolean;
	/** Whether any of these rows has such a time. */
	needsClock(rows: Row[]): boolean;
}

interface KnownClock {
	/** undefined: the account may not read the clock. */
	reading: ClockReading | undefined;
	/** Milliseconds since 1970 by n8n's clock. */
	at: number;
	/** By the workflow's zone. */
	clocks: Map<string, NasClock>;
}

/** By the NAS's address. */
const readings = new BoundedMap<string, KnownClock>();

/** Keeps what a response of `CLOCK_CALL` shows, and gives it back. */
export function rememberClock(client: DsmClient, ntp: unknown): ClockReading | undefined {
	const now = Date.now();
	const reading = readingOf(ntp, now);
	readings.set(client.address, { reading, at: now, clocks: new Map() });
	return reading;
}

/**
 * The clock of the NAS, read at most once in some hours, and not for rows without any wall-clock
 * text. An account that only manages Hyper Backup may not read it (105): the workflow's zone is
 * used then.
 */
export async function readClock<Row>(
	client: DsmClient,
	workflowZone: string,
	shown?: { dialect: DialectOfTimes<Row>; rows: Row[] },
): Promise<NasClock> {
	if (shown?.dialect.hasWallTimes === false) return new NasClock(workflowZone);
	const known = readings.get(client.address);
	const age = known === undefined ? Infinity : Date.now() - known.at;
	if (known && age >= 0 && age < LIFETIME) {
		const clock =
			known.clocks.get(workflowZone) ?? new NasClock(workflowZone, known.reading, known.at);
		known.clocks.set(workflowZone, clock);
		return clock;
	}
	if (shown?.dialect.needsClock(shown.rows) === false) return new NasClock(workflowZone);
	let ntp: unknown;
	try {
		ntp = await client.call(CLOCK_CALL);
	} catch (error) {
		const refusal = dsmErrorOf(error);
		if (refusal.transient) throw refusal;
	}
	return new NasClock(workflowZone, rememberClock(client, ntp));
}

/** For tests: a process that has just started. */
export function forgetClocks(): void {
	readings.clear();
}
