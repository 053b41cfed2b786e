import type { DsmError } from '../errors/DsmError';

interface Paused {
	error: DsmError;
	count: number;
	at: number;
	/** Milliseconds since 1970: no further attempt before. */
	until: number;
}

export const MINUTE = 60_000;
const LONGEST = 30 * MINUTE;

/** What went wrong and is not tried again before a pause, which grows from 1 to 30 minutes. Kept by this process alone. */
export class Backoff {
	private readonly paused = new Map<string, Paused>();

	note(key: string, error: DsmError): void {
		const count = (this.paused.get(key)?.count ?? 0) + 1;
		const at = Date.now();
		this.paused.set(key, {
			error,
			count,
			at,
			until: at + Math.min(MINUTE * 2 ** (count - 1), LONGEST),
		});
	}

	/** The pause that still holds for this key; `atMost` shortens it, in milliseconds from its beginning. */
	current(key: string, atMost = LONGEST): { error: DsmError; until: number } | undefined {
		const paused = this.paused.get(key);
		if (!paused) return undefined;
		const until = Math.min(paused.until, paused.at + atMost);
		return until > Date.now() ? { error: paused.error, until } : undefined;
	}

	end(key: string): void {
		this.paused.delete(key);
	}

	clear(): void {
		this.paused.clear();
	}
}

/** For a sentence: `2026-11-24 08:31:07 UTC`. */
export function utc(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
