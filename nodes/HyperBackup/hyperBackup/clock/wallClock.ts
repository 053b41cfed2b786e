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
	const [year, month, day, hour, minute, second] = parts
		.slice(1)
		.map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
	const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
	return Number.isFinite(seconds)
		? { seconds, precision: parts[6] === undefined ? 60 : 1 }
		: undefined;
}

/** The same in seconds alone; null if it cannot be read. */
export const wallSeconds = (text: unknown): number | null => parseWallTime(text)?.seconds ?? null;
