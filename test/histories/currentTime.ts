import type { Nas } from '../../simulator';

const real = Date.now;

/**
 * This process's clock is the NAS's true time. It is no spy: that keeps every call, millions of
 * them in ten thousand lives.
 */
export function followTimeOf(nas: Nas): void {
	Date.now = () => nas.clock.now();
}

export function followRealTime(): void {
	Date.now = real;
}
