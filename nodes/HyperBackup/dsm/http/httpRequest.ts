import { sleep, type IHttpRequestOptions } from 'n8n-workflow';
import { trusting } from './certificates';
import { fromHttpClient } from '../errors/connectionErrors';
import { parseResponse, NOT_DSM, RESPONSE_LIMITS, tooLarge, type Envelope } from './parseResponse';
import { redirected } from './redirected';
import { DsmError } from '../errors/DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';

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
export async function untilAborted<T>(
	work: (signal: AbortSignal) => Promise<T>,
	signal: AbortSignal,
): Promise<T> {
	if (signal.aborted) throw new Error('timeout');
	let onAbort: (() => void) | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new Error('timeout'));
		signal.addEventListener('abort', onAbort);
	});
	try {
		return await Promise.race([work(signal), late]);
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

/** Milliseconds for one request, which are fewer shortly before the deadline. */
export function timeLimitOf({ timeout, deadline }: ConnectionOptions): number {
	return deadline === undefined ? timeout : Math.min(timeout, deadline - Date.now());
}

/** A request as our own code sends it: the connection's TLS settings, and nothing left to n8n. */
export function prepared(
	{ timeout, allowUnauthorizedCerts, caCertificate }: ConnectionOptions,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	return {
		...options,
		timeout,
		skipSslCertificateValidation: allowUnauthorizedCerts,
		agentOptions: caCertificate === undefined ? undefined : trusting(caCertificate),
		encoding: 'stream',
		returnFullResponse: true,
		// DSM reports with HTTP 200. Any other status is handled here: the client's own error would
		// hold the request.
		ignoreHttpStatusErrors: true,
		// A redirected POST loses its body or takes the password elsewhere.
		disableFollowRedirect: true,
	};
}

/** Throws for anything but HTTP 200. */
export function rejectStatus(
	{ statusCode, headers, body }: FullResponse,
	{ baseUrl }: ConnectionOptions,
): void {
	if (statusCode === 200) return;
	(body as Stream | undefined)?.destroy?.();
	throw statusCode >= 300 && statusCode < 400
		? redirected(statusCode, headers.location, baseUrl)
		: wrongStatus(statusCode);
}

/**
 * n8n's timeout counts silence, so a response that arrives a byte at a time would never end.
 * `timeout` counts the whole exchange, in milliseconds.
 */
async function exchange(
	send: Send,
	connection: ConnectionOptions,
	options: IHttpRequestOptions,
	timeout: number,
): Promise<Envelope> {
	const abortSignal = AbortSignal.timeout(timeout);
	return await untilAborted(async () => {
		const request = { ...prepared(connection, options), timeout, abortSignal };
		const response = (await send(request)) as FullResponse;
		rejectStatus(response, connection);
		const text = await readBody(response.body, abortSignal);
		const at = Date.parse(String(response.headers.date));
		return {
			...parseResponse(text, () => namesSent(options)),
			at: Number.isFinite(at) ? at : undefined,
		};
	}, abortSignal);
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
	const timeLimit = timeLimitOf(connection);
	if (timeLimit <= 0) throw deadlinePassed();
	const end = Date.now() + timeLimit;
	for (let tries = 0, left = timeLimit; ; tries++) {
		let failure: DsmError;
		try {
			return await exchange(send, connection, options, left);
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
