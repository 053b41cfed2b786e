import { sleep, type IHttpRequestOptions } from 'n8n-workflow';
import { fromHttpClient } from '../errors/connectionErrors';
import {
	NOT_DSM,
	parseAgain,
	parseResponse,
	RESPONSE_LIMITS,
	tooLarge,
	type Envelope,
	type LastResponse,
} from './parseResponse';
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

/** Node's own, or a client's in its place. */
interface Stream {
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'end' | 'error' | 'close', listener: (error?: Error) => void): unknown;
	destroy?: (error?: Error) => unknown;
}

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

/**
 * `timeout` in milliseconds, for the whole: n8n's own counts silence, so a response that arrives a
 * byte at a time would never end.
 */
async function exchange(
	send: Send,
	connection: ConnectionOptions,
	options: IHttpRequestOptions,
	timeout: number,
	last?: LastResponse,
): Promise<Envelope> {
	const abortSignal = AbortSignal.timeout(timeout);
	let end!: () => void;
	let fail!: (error?: Error) => void;
	const received = new Promise<void>((resolve, reject) => {
		end = resolve;
		fail = reject;
	});
	// What is added to a spread object afterwards takes V8 several times as long.
	const request = { timeout, abortSignal, ...options, ...connection.requestDefaults };
	const sending = send(request) as Promise<FullResponse>;
	const late = (): void => {
		fail(new Error('timeout'));
		// Whenever it comes. Some clients do not end the request themselves.
		sending.then(({ body }) => (body as Partial<Stream>).destroy?.()).catch(() => undefined);
	};
	abortSignal.addEventListener('abort', late);
	try {
		const response = (await Promise.race([sending, received])) as FullResponse;
		const { statusCode, headers, body } = response;
		if (statusCode !== 200) throw statusError(response, connection);
		const chunks: Uint8Array[] = [];
		let bytes = 0;
		if (typeof body === 'string') end();
		else {
			const stream = body as Stream;
			stream.on('data', (chunk) => {
				bytes += chunk.length;
				chunks.push(chunk);
				if (bytes <= RESPONSE_LIMITS.bytes) return;
				fail(tooLarge(RESPONSE_LIMITS.bytes));
				stream.destroy?.();
			});
			stream.on('end', end);
			stream.on('error', fail);
			// Without an end: it broke.
			stream.on('close', fail);
		}
		await received;
		const date = Date.parse(String(headers.date));
		// File names on a NAS need not be UTF-8: read leniently.
		const text = typeof body === 'string' ? body : Buffer.concat(chunks).toString('utf8');
		const at = Number.isFinite(date) ? date : undefined;
		const sent = (): string[] => namesSent(options);
		return { at, ...(last ? parseAgain(text, sent, last) : parseResponse(text, sent)) };
	} finally {
		abortSignal.removeEventListener('abort', late);
	}
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
	last?: LastResponse,
): Promise<Envelope> {
	const { timeout, deadline = Infinity } = connection;
	const timeLimit = Math.min(timeout, deadline - Date.now());
	if (timeLimit <= 0) throw deadlinePassed();
	const end = Date.now() + timeLimit;
	for (let tries = 0, left = timeLimit; ; tries++) {
		let failure: DsmError;
		try {
			return await exchange(send, connection, options, left, last);
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
