import type { IHttpRequestOptions } from 'n8n-workflow';
import { isApiPath } from '../../../nodes/HyperBackup/dsm/discovery';
import type { Send } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { RESPONSE_LIMITS, tooLarge } from '../../../nodes/HyperBackup/dsm/http/parseResponse';
import { requireRead } from '../../../nodes/HyperBackup/dsm/session/readOnlyGuard';

/** One request and its response. In memory only: it holds secrets. */
export interface Exchange {
	api: string;
	method: string;
	version: string;
	/** The parameters' names, without what every call has. */
	parameters: string[];
	/** DSM's envelope; undefined if what came is no JSON. */
	envelope: unknown;
	/** The header `Date`, milliseconds since 1970. */
	date?: number;
}

interface Response {
	statusCode: number;
	headers: Record<string, unknown>;
	/** A stream is broken off with the request. */
	body: string | AsyncIterable<Uint8Array>;
}

const EVERY_CALL = ['api', 'version', 'method', '_sid', 'SynoToken'];

/** Besides what reads: opening and closing the session, and asking for the list of APIs. */
const SESSION_CALLS: Record<string, string[]> = {
	'SYNO.API.Auth': ['login', 'logout'],
	'SYNO.API.Info': ['query'],
};

function fieldsOf({ url, qs, body }: IHttpRequestOptions): URLSearchParams {
	const fields = new URLSearchParams(new URL(url).search);
	for (const [name, value] of Object.entries(qs ?? {})) fields.append(name, String(value));
	const inBody = body instanceof URLSearchParams || typeof body === 'string' ? body : '';
	for (const [name, value] of new URLSearchParams(inBody)) fields.append(name, value);
	return fields;
}

/**
 * The last gate before the network: whatever asks, nothing passes but the package's list of reads
 * and the session's own calls.
 */
function requireHarmless(request: IHttpRequestOptions, fields: URLSearchParams): void {
	const [api, ...moreApis] = fields.getAll('api');
	const [method, ...moreMethods] = fields.getAll('method');
	const single = moreApis.length === 0 && moreMethods.length === 0;
	const script = new URL(request.url).pathname.replace(/^.*\/webapi\//, '');
	if (single && isApiPath(script) && SESSION_CALLS[api ?? '']?.includes(method ?? '')) return;
	requireRead({
		method: request.method,
		url: new URL(request.url),
		qs: request.qs,
		body: request.body,
	});
}

const timeOf = (headers: Record<string, unknown>): number | undefined => {
	const time = typeof headers.date === 'string' ? Date.parse(headers.date) : NaN;
	return Number.isFinite(time) ? time : undefined;
};

async function textOf(body: Response['body']): Promise<string> {
	if (typeof body === 'string') return body;
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > RESPONSE_LIMITS.bytes) throw tooLarge(RESPONSE_LIMITS.bytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Passes requests on to the NAS, if they only read, and keeps what came back. */
export class Recorder {
	readonly exchanges: Exchange[] = [];

	constructor(private readonly network: Send) {}

	readonly send: Send = async (request) => {
		const fields = fieldsOf(request);
		requireHarmless(request, fields);
		const response = (await this.network(request)) as Response;
		if (response.statusCode !== 200) return response;
		const body = await textOf(response.body);
		this.exchanges.push({
			api: fields.get('api') ?? '',
			method: fields.get('method') ?? '',
			version: fields.get('version') ?? '',
			parameters: [...fields.keys()].filter((name) => !EVERY_CALL.includes(name)),
			envelope: parsed(body),
			date: timeOf(response.headers),
		});
		return { ...response, body };
	};

	get last(): Exchange | undefined {
		return this.exchanges.at(-1);
	}
}
