import type { IHttpRequestOptions } from 'n8n-workflow';
import { trusting } from './certificates';
import { fromHttpClient } from '../errors/connectionErrors';
import { parseResponse, MAX_RESPONSE_BYTES, NOT_DSM, type Envelope } from './parseResponse';
import { DsmError } from '../errors/DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';

export type { Envelope };

/** Sends one request and gives n8n's full response. n8n's HTTP helpers fit, bound to their context. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	/** A stream: of what comes in, no more is read than is wanted. */
	body: unknown;
}

type Stream = AsyncIterable<Uint8Array> & { destroy?: (error?: Error) => unknown };

function redirected(response: FullResponse, reach: ConnectionOptions): DsmError {
	const target = typeof response.headers.location === 'string' ? response.headers.location : '';
	let where = '';
	try {
		const url = new URL(target, reach.baseUrl);
		where = `${url.protocol}//${url.host}`;
	} catch {
		// An unreadable target is simply not named.
	}
	if (/quickconnect\.(to|cn)$/i.test(where)) {
		return new DsmError({
			kind: 'address',
			httpStatus: response.statusCode,
			message: 'The NAS Address leads to QuickConnect',
			description:
				"QuickConnect does not carry DSM's web API. Enter the NAS's address in your network, its DDNS name, or a VPN address as 'NAS Address'.",
		});
	}
	return new DsmError({
		kind: 'address',
		httpStatus: response.statusCode,
		message: `The NAS redirects to another address${where ? `: ${where}` : ''}`,
		description: `A login is not sent through redirects. Set 'NAS Address' in the credential to ${where || 'the address at the end of the redirect'}.`,
	});
}

function wrongStatus(status: number): DsmError {
	if (status === 404) {
		return new DsmError({
			kind: 'notDsm',
			httpStatus: 404,
			message: 'There is no DSM at this address (HTTP 404)',
			description: NOT_DSM,
		});
	}
	return new DsmError({
		kind: 'httpStatus',
		httpStatus: status,
		message: `The web server in front of DSM answered with HTTP ${status}`,
		description:
			status >= 500
				? 'The NAS may be starting or updating. Try again in a few minutes.'
				: 'DetectionInput at the reverse proxy in front of the NAS.',
	});
}

/** The whole body as text, leniently: file names on a NAS need not be UTF-8. Ends the connection where it is too much. */
async function read(body: unknown, signal: AbortSignal): Promise<string> {
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
			if (bytes > MAX_RESPONSE_BYTES)
				throw new DsmError({
					kind: 'notDsm',
					message: `The answer of the NAS is larger than ${MAX_RESPONSE_BYTES / 1024 / 1024} MB, and was not read`,
					description: NOT_DSM,
				});
			chunks.push(chunk);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** n8n's time-out counts silence, so an answer that drips on for ever would never end. This one counts the whole exchange; its timer keeps no process alive. */
async function withinTime<T>(
	work: (signal: AbortSignal) => Promise<T>,
	milliseconds: number,
): Promise<T> {
	const signal = AbortSignal.timeout(milliseconds);
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

function timeOf(headers: Record<string, unknown>): number | undefined {
	const time = typeof headers.date === 'string' ? Date.parse(headers.date) : NaN;
	return Number.isFinite(time) ? time : undefined;
}

/** One request, one envelope. Every way in which this can fail below DSM's own error codes becomes a DsmError here. */
export async function httpRequest(
	send: Send,
	reach: ConnectionOptions,
	options: IHttpRequestOptions,
): Promise<Envelope> {
	const prepared: IHttpRequestOptions = {
		...options,
		timeout: reach.timeout,
		skipSslCertificateValidation: reach.allowUnauthorizedCerts,
		agentOptions: trusting(reach.caCertificate),
		encoding: 'stream',
		returnFullResponse: true,
		// DSM reports with HTTP 200; any other status is looked at here, not thrown by the client with the request inside.
		ignoreHttpStatusErrors: true,
		// A redirected POST loses its body or takes the password elsewhere.
		disableFollowRedirect: true,
	};
	try {
		return await withinTime(async (abortSignal) => {
			const response = (await send({ ...prepared, abortSignal })) as FullResponse;
			if (response.statusCode !== 200) {
				(response.body as Stream | undefined)?.destroy?.();
				throw response.statusCode >= 300 && response.statusCode < 400
					? redirected(response, reach)
					: wrongStatus(response.statusCode);
			}
			return {
				...parseResponse(await read(response.body, abortSignal)),
				at: timeOf(response.headers),
			};
		}, reach.timeout);
	} catch (error) {
		throw fromHttpClient(error, reach);
	}
}
