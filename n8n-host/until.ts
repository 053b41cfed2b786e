import { setTimeout as pause } from 'node:timers/promises';

/** Checks until there is a result, or the time is over. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	seconds = 60,
	everyMs = 200,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}`);
		await pause(everyMs);
	}
}
