import { sleep, type IHttpRequestOptions } from 'n8n-workflow';
import { fromHttpClient } from '../errors/connectionErrors';
import { parseResponse, NOT_DSM, RESPONSE_LIMITS, tooLarge, type Envelope } from './parseResponse';
import { redirected } from './redirected';
import { DsmError } from '../errors/DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';
import type { Session } from '../session/Session';

export type { Envelope };

/**
 * Sends one request and gives n8n's full response. n8n's HTTP helpers fit, bound to their context.
 */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

export type ParameterValue =
	string | number | boolean | null | ParameterValue[] | { [key: string]: ParameterValue };
export type Parameters = Record<string, ParameterValue>;

/**
 * Parameter values as DSM reads them. `requestFormat: "JSON"` in the API's discovery entry does not
 * mean a JSON body: the body stays a form, and each value is a JSON literal - strings in double
 * quotes, numbers and booleans bare. Without it strings are sent raw.
 */
export function encodeParameters(parameters: Parameters, json: boolean): Record<string, string> {
	const encoded: Record<string, string> = {};
	for (const [name, value] of Object.entries(parameters)) {
		encoded[name] = typeof value === 'string' && !json ? value : JSON.stringify(value);
	}
	return encoded;
}

/**
 * How a request shows its session. In a form body alone the token is not enough (119 on DSM 7.4),
 * and in the URL both would land in logs.
 */
export function sessionHeaders({ sid, synoToken }: Session): Record<string, string> {
	return { Cookie: `id=${sid}`, ...(synoToken === '' ? {} : { 'X-SYNO-TOKEN': synoToken }) };
}

export interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	/** A stream, of which no more is read than the limit allows. */
	body: unknown;
}

type Stream = AsyncIterable<Uint8Array> & { destroy?: (error?: Error) => unknown };

function statusAdvice(status: number): string {
	if (status >= 500) return 'The NAS may be starting or updating. Try again in a few minutes.';
	if (status === 401 || status === 403 || status === 407)
		return (
			'A proxy in front of the NAS may require a sign-in. Exclude the path /webapi/ from ' +
			"it, or set 'NAS Address' in the credential to an address that reaches DSM directly."
		);
	if (status === 429) return 'Try again in a minute, and check the request limits of the proxy.';
	return 'Check the reverse proxy in front of the NAS.';
}

function wrongStatus(status: number): DsmError {
	if (status === 404) {
		return new DsmError({
			kind: 'notDsm',
			httpStatus: 404,
			message: 'DSM was not found at this address (HTTP 404)',
			description: NOT_DSM,
		});
	}
	return new DsmError({
		kind: 'httpStatus',
		httpStatus: status,
		message: `The web server in front of DSM responded with HTTP ${status}`,
		description: statusAdvice(status),
	});
}

/**
 * The whole body as text, leniently: file names on a NAS need not be UTF-8. Ends the connection
 * where it is too large.
 */
export async function readBody(
	body: unknown,
	signal: AbortSignal,
	maxBytes = RESPONSE_LIMITS.bytes,
): Promise<string> {
	if (typeof body === 'string') return body;
	const stream = body as Stream;
	const stop = (): unknown => stream.destroy?.(new Error('timeout'));
	signal.addEventListener('abort', stop);
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	try {
		for await (const chunk of stream) {
			bytes += chunk.length;
			// Leaving the loop destroys the stream.
			if (bytes > maxBytes) throw tooLarge(maxBytes);
			chunks.push(chunk);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** `work`, or an error as soon as `signal` aborts, whatever the HTTP client makes of it. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	let onAbort: (() => void) | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new Error('timeout'));
		signal.addEventListener('abort', onAbort);
		if (signal.aborted) onAbort();
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		if (onAbort) signal.removeEventListener('abort', onAbort);
	}
}

export function namesSent({ body, qs }: IHttpRequestOptions): string[] {
	return body instanceof URLSearchParams ? [...body.keys()] : Object.keys(qs ?? {});
}

const deadlinePassed = (): DsmError =>
	new DsmError({
		kind: 'timeout',
		neverSent: true,
		message: 'The NAS responded too slowly for one poll',
		description:
			'n8n limits how long a poll may take. What this poll did not read, the next one reads.',
	});

/** What any HTTP status but 200 means. Ends the connection. */
export function statusError(
	{ statusCode, headers, body }: FullResponse,
	{ baseUrl }: ConnectionOptions,
): DsmError {
	(body as Stream | undefined)?.destroy?.();
	return statusCode >= 300 && statusCode < 400
		? redirected(statusCode, headers.location, baseUrl)
		: wrongStatus(statusCode);
}

async function exchange(
	send: Send,
	connection: ConnectionOptions,
	options: IHttpRequestOptions,
	timeout: number,
	abortSignal: AbortSignal,
): Promise<Envelope> {
	const request = { ...options, ...connection.requestDefaults, timeout, abortSignal };
	const response = (await send(request)) as FullResponse;
	if (response.statusCode !== 200) throw statusError(response, connection);
	const text = await readBody(response.body, abortSignal);
	const at = Date.parse(String(response.headers.date));
	return {
		...parseResponse(text, () => namesSent(options)),
		at: Number.isFinite(at) ? at : undefined,
	};
}

/**
 * Milliseconds before the second and the third attempt. A random part of up to the same length is
 * added, so that many clients do not return at once.
 */
const BACKOFF = [200, 600];

/**
 * A broken connection, half a response, a web server that is busy or starting: may work a moment
 * later.
 */
const isWorthRetrying = ({ kind, httpStatus }: DsmError): boolean =>
	kind === 'unreachable' ||
	kind === 'badResponse' ||
	(kind === 'httpStatus' && [429, 502, 503, 504].includes(httpStatus ?? 0));

/**
 * One request, one envelope. Every failure below DSM's own error codes becomes a DsmError here.
 *
 * `reads`: it changes nothing, so a failed connection is tried twice more, all within one request
 * timeout. This also hides a connection that the NAS closes after its idle time just as a request
 * is sent. What changes something is never sent again.
 */
export async function httpRequest(
	send: Send,
	connection: ConnectionOptions,
	options: IHttpRequestOptions,
	reads = false,
): Promise<Envelope> {
	const { timeout, deadline = Infinity } = connection;
	const timeLimit = Math.min(timeout, deadline - Date.now());
	if (timeLimit <= 0) throw deadlinePassed();
	const end = Date.now() + timeLimit;
	for (let tries = 0, left = timeLimit; ; tries++) {
		let failure: DsmError;
		try {
			// n8n's timeout counts silence, so a response that arrives a byte at a time would never end.
			const late = AbortSignal.timeout(left);
			return await untilAborted(exchange(send, connection, options, left, late), late);
		} catch (error) {
			failure = fromHttpClient(error, connection);
		}
		const pause = reads && isWorthRetrying(failure) ? BACKOFF[tries] : undefined;
		if (pause === undefined) throw failure;
		const wait = Math.round(pause * (1 + Math.random()));
		if (end - Date.now() < wait * 2) throw failure;
		await sleep(wait);
		left = Math.max(1, Math.round(end - Date.now()));
	}
}
