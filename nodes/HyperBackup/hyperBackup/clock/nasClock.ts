/** Turns DSM's wall-clock text into Unix seconds; null for "never", "none" and what cannot be read. */
export type ToUnixTime = (text: unknown) => number | null;

const WALL_CLOCK = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** `YYYY/MM/DD HH:MM[:SS]` read as if it were UTC, in seconds. */
export function asIfUtc(text: unknown): number | null {
	const parts = typeof text === 'string' ? WALL_CLOCK.exec(text.trim()) : null;
	if (!parts) return null;
	const [year, month, day, hour, minute, second] = parts
		.slice(1)
		.map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
	const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
	return Number.isFinite(time) ? time : null;
}

/** Seconds the NAS's wall clock is ahead of UTC, from an answer of `SYNO.Core.Region.NTP get`; undefined if it does not tell. */
export function offsetOf(ntp: unknown): number | undefined {
	const { date, hour, minute, second, timestamp } = (ntp ?? {}) as Record<string, unknown>;
	const wall = asIfUtc(
		`${String(date)} ${String(hour)}:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}`,
	);
	const epoch = Number(timestamp);
	if (wall === null || !Number.isFinite(epoch) || epoch <= 0) return undefined;
	// Offsets are quarters of an hour; what is left is the second between the two readings.
	return Math.round((wall - epoch) / 900) * 900;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** One for each zone: making one takes longer than everything else this package computes for an operation. */
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

/** Seconds that `zone` (IANA) is ahead of UTC at the Unix time `at`. */
export function zoneOffset(zone: string, at: number): number {
	const parts = formatFor(zone).formatToParts(new Date(at * 1000));
	const part = (type: string): number =>
		Number(parts.find((candidate) => candidate.type === type)?.value);
	return (
		Date.UTC(
			part('year'),
			part('month') - 1,
			part('day'),
			part('hour'),
			part('minute'),
			part('second'),
		) /
			1000 -
		Math.floor(at)
	);
}

/** In a zone, right on both sides of a daylight-saving change. */
export function inZone(zone: string): ToUnixTime {
	return (text) => {
		const wall = asIfUtc(text);
		if (wall === null) return null;
		const guess = wall - zoneOffset(zone, wall);
		return wall - zoneOffset(zone, guess);
	};
}

export function withOffset(offsetSeconds: number): ToUnixTime {
	return (text) => {
		const wall = asIfUtc(text);
		return wall === null ? null : wall - offsetSeconds;
	};
}

/**
 * The NAS's clock from one answer of `SYNO.Core.Region.NTP get`, which gives wall clock and epoch together. If the workflow's zone has the same
 * offset now, it is taken for the NAS's zone; otherwise the offset itself is used, which is an hour off for dates beyond a change of the clocks.
 */
export function nasClock(ntp: unknown, workflowZone: string): ToUnixTime {
	const offset = offsetOf(ntp);
	if (offset === undefined) return inZone(workflowZone);
	return zoneOffset(workflowZone, Number((ntp as { timestamp: unknown }).timestamp)) === offset
		? inZone(workflowZone)
		: withOffset(offset);
}
