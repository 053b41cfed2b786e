import type { NasClock } from '../clock/NasClock';

/**
 * `last_detect_time`: `""` or 0 for never, wall-clock text without seconds, or Unix seconds. What
 * is missing or cannot be read is not the same as never.
 */
export interface CheckTime {
	shown: 'never' | 'time' | 'unreadable';
	/** As the NAS writes it: compared with, never calculated with. */
	text: string;
	/** Unix seconds. */
	time: number | null;
}

export function readCheckTime(value: unknown, clock: NasClock): CheckTime {
	if (value === '' || value === 0 || value === '0') return { shown: 'never', text: '', time: null };
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return { shown: 'unreadable', text: '', time: null };
	const time = clock.toUnix(text);
	return { shown: time === null ? 'unreadable' : 'time', text, time };
}
