import { sleep } from 'n8n-workflow';
import { DsmError } from '../errors/DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';

/**
 * Milliseconds before the second and the third attempt. A random part of up to the same length is
 * added, so that many clients do not return at once.
 */
const BACKOFF = [200, 600];

/**
 * A broken connection, half a response, a web server that is busy or starting: may work a moment
 * later.
 */
function isWorthRetrying(error: unknown): boolean {
	if (!(error instanceof DsmError)) return false;
	const { kind, httpStatus } = error;
	return (
		kind === 'unreachable' ||
		kind === 'badResponse' ||
		(kind === 'httpStatus' && [429, 502, 503, 504].includes(httpStatus ?? 0))
	);
}

/**
 * For reads only: a failed connection is tried twice more, all within one request timeout. This
 * also hides a connection that the NAS closes after its idle time just as a request is sent. What
 * changes something is never sent again.
 */
export async function retry<T>(
	connection: ConnectionOptions,
	attempt: (connection: ConnectionOptions) => Promise<T>,
): Promise<T> {
	const end = Date.now() + connection.timeout;
	for (let tries = 0; ; tries++) {
		const left = Math.max(1, Math.round(end - Date.now()));
		let failure: unknown;
		try {
			return await attempt({ ...connection, timeout: left });
		} catch (error) {
			failure = error;
		}
		const pause = BACKOFF[tries];
		if (pause === undefined || !isWorthRetrying(failure)) throw failure;
		const wait = Math.round(pause * (1 + Math.random()));
		if (end - Date.now() < wait * 2) throw failure;
		await sleep(wait);
	}
}
