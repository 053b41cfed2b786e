import { setTimeout as pause } from 'node:timers/promises';

/** Only ends a wait in vain: no wait comes near it, on however slow a machine. */
export const LIMIT_SECONDS = 300;

/** Checks until there is a result. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	everyMs = 200,
): Promise<T> {
	const end = Date.now() + LIMIT_SECONDS * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > end) throw new Error(`Waited ${LIMIT_SECONDS} s in vain for ${what}`);
		await pause(everyMs);
	}
}
