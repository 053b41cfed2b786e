import type { IHttpRequestOptions } from 'n8n-workflow';
import { DsmError } from './DsmError';
import { fromHttpClient } from './connectionErrors';

/** Sends one request and gives n8n's full response. n8n's HTTP helpers fit, bound to their context. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** How to reach the NAS: what every request of one credential shares. */
export interface Reach {
	/** As `normaliseBaseUrl` gives it. */
	baseUrl: string;
	allowUnauthorizedCerts: boolean;
	/** Milliseconds for one request. */
	timeout: number;
}

/** DSM's envelope. `data` may be missing even on success. */
export type Envelope =
	| { success: true; data: unknown }
	| { success: false; code: number; details: unknown };

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const NOT_DSM = 'Check the NAS Address and port: it has to be the address under which DSM itself opens in a browser (usual ports: 5001 for HTTPS, 5000 for HTTP). A proxy, another device or the router may be answering there.';

function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	return '';
}

function redirected(response: FullResponse, reach: Reach): DsmError {
	const target = typeof response.headers.location === 'string' ? response.headers.location : '';
	let where = '';
	try {
		const url = new URL(target, reach.baseUrl);
		where = `${url.protocol}//${url.host}`;
	} catch {
		// An unreadable target is simply not named.
	}
	return new DsmError({
		trouble: 'address',
		httpStatus: response.statusCode,
		message: `The NAS redirects to another address${where ? `: ${where}` : ''}`,
		description: `A login is not sent through redirects. Set 'NAS Address' in the credential to ${where || 'the address at the end of the redirect'}.`,
	});
}

function wrongStatus(status: number): DsmError {
	if (status === 404) {
		return new DsmError({ trouble: 'notDsm', httpStatus: 404, message: 'There is no DSM at this address (HTTP 404)', description: NOT_DSM });
	}
	return new DsmError({
		trouble: 'httpStatus',
		httpStatus: status,
		message: `The web server in front of DSM answered with HTTP ${status}`,
		description: status >= 500 ? 'The NAS may be starting or updating. Try again in a few minutes.' : 'Look at the reverse proxy in front of the NAS.',
	});
}

function unreadable(text: string): DsmError {
	const cut = /^[[{]/.test(text);
	return new DsmError({
		trouble: cut ? 'badAnswer' : 'notDsm',
		message: cut ? 'The answer of the NAS was cut off or damaged' : 'Something other than DSM answered',
		description: cut ? 'Try again; if it stays, look at the NAS and at any proxy in between.' : NOT_DSM,
	});
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw unreadable(text);
	}
}

function readEnvelope(body: unknown): Envelope {
	let parsed = body;
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		const text = textOf(body).trim();
		if (text === '') {
			throw new DsmError({ trouble: 'badAnswer', message: 'The NAS sent an empty answer', description: 'Try again; if it stays, look at the NAS and at any proxy in between.' });
		}
		if (text.startsWith('<')) {
			throw new DsmError({ trouble: 'notDsm', message: 'A web page answered instead of DSM', description: NOT_DSM });
		}
		parsed = parse(text);
	}
	const envelope = parsed as { success?: unknown; data?: unknown; error?: { code?: unknown; errors?: unknown } } | null;
	if (typeof envelope !== 'object' || envelope === null || typeof envelope.success !== 'boolean') {
		throw new DsmError({ trouble: 'notDsm', message: 'Something other than DSM answered', description: NOT_DSM });
	}
	if (envelope.success) return { success: true, data: envelope.data };
	const code = Number(envelope.error?.code);
	return { success: false, code: Number.isFinite(code) ? code : 100, details: envelope.error?.errors };
}

/**
 * n8n's time-out counts silence, so an answer that drips on for ever would never end. This one counts the whole exchange. The signal's timer does
 * not keep a process alive; where n8n puts its own signal in its place, the request is left to itself.
 */
async function withinTime(work: (signal: AbortSignal) => Promise<unknown>, milliseconds: number): Promise<unknown> {
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

/** One request, one envelope. Every way in which this can fail below DSM's own error codes becomes a DsmError here. */
export async function exchange(send: Send, reach: Reach, options: IHttpRequestOptions): Promise<Envelope> {
	let response: FullResponse;
	try {
		const prepared: IHttpRequestOptions = {
			...options,
			timeout: reach.timeout,
			skipSslCertificateValidation: reach.allowUnauthorizedCerts,
			returnFullResponse: true,
			// DSM reports with HTTP 200; any other status is looked at here, not thrown by the client with the request inside.
			ignoreHttpStatusErrors: true,
			// A redirected POST loses its body or takes the password elsewhere.
			disableFollowRedirect: true,
		};
		response = (await withinTime(async (abortSignal) => await send({ ...prepared, abortSignal }), reach.timeout)) as FullResponse;
	} catch (error) {
		throw fromHttpClient(error, reach);
	}
	if (response.statusCode >= 300 && response.statusCode < 400) throw redirected(response, reach);
	if (response.statusCode !== 200) throw wrongStatus(response.statusCode);
	return readEnvelope(response.body);
}
