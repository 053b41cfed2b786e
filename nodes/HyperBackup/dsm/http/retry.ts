import { sleep } from 'n8n-workflow';
import { DsmError } from '../errors/DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';

/** Milliseconds before the second and the third attempt; up to as much again is added by chance, so that many do not come back at once. */
const PAUSES = [200, 600];

/** A connection that broke, half an answer, a web server that is busy or starting: the same question a moment later may be answered. */
function isPassing(error: unknown): boolean {
	if (!(error instanceof DsmError)) return false;
	const { kind, httpStatus } = error;
	return (
		kind === 'unreachable' ||
		kind === 'badResponse' ||
		(kind === 'httpStatus' && [429, 502, 503, 504].includes(httpStatus ?? 0))
	);
}

/**
 * For reads alone: a failed connection is tried twice more, all within the one time limit of `reach`. This also hides a connection that the NAS
 * closes after its idle time just as a request is sent. What changes something is never sent again by itself.
 */
export async function retry<T>(
	reach: ConnectionOptions,
	attempt: (reach: ConnectionOptions) => Promise<T>,
): Promise<T> {
	const end = Date.now() + reach.timeout;
	for (let tries = 0; ; tries++) {
		const left = Math.max(1, Math.round(end - Date.now()));
		const outcome = await attempt({ ...reach, timeout: left }).then(
			(value) => ({ value }),
			(error: unknown) => ({ error }),
		);
		if ('value' in outcome) return outcome.value;
		const pause = PAUSES[tries];
		if (pause === undefined || !isPassing(outcome.error)) throw outcome.error;
		const wait = Math.round(pause * (1 + Math.random()));
		if (end - Date.now() < wait * 2) throw outcome.error;
		await sleep(wait);
	}
}
