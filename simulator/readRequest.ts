import type { IncomingMessage } from 'node:http';
import type { ApiCall } from './ApiCall';

export async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** A request without its socket. */
export interface PlainRequest {
	method: string;
	url: URL;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	remote: string;
}

function cookie(request: PlainRequest, name: string): string {
	const pairs = String(request.headers.cookie ?? '')
		.split(';')
		.map((pair) => pair.trim().split('='));
	return (
		pairs
			.find(([key]) => key === name)
			?.slice(1)
			.join('=') ?? ''
	);
}

/**
 * Reads a call from query and form. The token counts in the header or the query only: in a body
 * alone real DSMs do not see it.
 */
export function readCall(request: PlainRequest, lenient: boolean): ApiCall {
	const { url, body } = request;
	const isForm = String(request.headers['content-type'] ?? '').includes(
		'application/x-www-form-urlencoded',
	);
	const form = isForm ? new URLSearchParams(body) : new URLSearchParams();
	const params: Record<string, string> = {};
	for (const [name, value] of [...url.searchParams, ...form]) params[name] = value;
	const { api = '', version = '', method = '', _sid, ...rest } = params;
	const header = request.headers['x-syno-token'];
	return {
		api,
		version: version === '' ? NaN : Number(version),
		method,
		params: rest,
		inCompound: false,
		http: request.method,
		remote: request.remote,
		sid: _sid ?? cookie(request, 'id'),
		token: (Array.isArray(header) ? header[0] : header) ?? url.searchParams.get('SynoToken') ?? '',
		lenient,
	};
}
