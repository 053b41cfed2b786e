/**
 * The simulated NAS's time. Nothing here ever waits: a NAS catches up with its clock at each request
 * and at each call of a test.
 */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
}

export interface Span {
	days?: number;
	hours?: number;
	minutes?: number;
	seconds?: number;
}

const SECOND = 1000;

export function milliseconds(span: number | Span): number {
	if (typeof span === 'number') return span;
	const { days = 0, hours = 0, minutes = 0, seconds = 0 } = span;
	return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND;
}

/** Stands still until it is advanced. */
export class SimulatedClock implements Clock {
	constructor(private time: number = Date.UTC(2026, 10, 24, 8, 0, 0)) {}

	now(): number {
		return this.time;
	}

	advance(span: number | Span): void {
		this.time += milliseconds(span);
	}
}

/** The real time, or `speed` times as fast from now on, beginning at `from` (milliseconds). */
export function wallClock(speed = 1, from?: number): Clock {
	const start = Date.now();
	return { now: () => (from ?? start) + (Date.now() - start) * speed };
}
