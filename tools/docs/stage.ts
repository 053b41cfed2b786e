import { SimulatedClock, startNas, type Nas, type NasOptions } from '../../simulator';
import type { Span } from '../../simulator/clock';
import type { CredentialsHelper } from '../../testing/credentialsHelper';
import { credentialsFor, newProcess } from '../../testing/nas';
import { whenPausing } from '../../test/support/pauses';

/** The instant at which every example begins: a Tuesday in November, 9 o'clock in Berlin. */
export const BEGINNING = Date.UTC(2026, 10, 24, 8, 0, 0);

export const ZONE = 'Europe/Berlin';

/** n8n's clock is the NAS's, so that an example is the same on every machine, at any time. */
class StageClock extends SimulatedClock {
	override advance(span: number | Span): void {
		super.advance(span);
		jest.setSystemTime(this.now());
	}
}

/** Everything but the clock runs as usual: sockets need their timers. */
const REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/** Whether a node's pauses are time on the NAS. */
export function timePassesOn(nas: Nas | undefined): void {
	whenPausing((milliseconds) => nas?.advance(milliseconds));
}

/** A NAS, an n8n that has just started, and one clock for both. */
export async function onStage<T>(
	options: NasOptions,
	play: (nas: Nas, credentials: CredentialsHelper) => Promise<T>,
): Promise<T> {
	newProcess();
	jest.useFakeTimers({ now: BEGINNING, doNotFake: [...REAL] });
	const nas = await startNas({ timeZone: ZONE, clock: new StageClock(BEGINNING), ...options });
	try {
		return await play(nas, credentialsFor(nas));
	} finally {
		timePassesOn(undefined);
		jest.useRealTimers();
		await nas.close();
		newProcess();
	}
}
