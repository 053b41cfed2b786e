import * as http from 'node:http';
import * as https from 'node:https';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Send } from '../../../nodes/HyperBackup/dsm/http/httpRequest';

function bodyOf({ body }: IHttpRequestOptions): string | undefined {
	if (body === undefined || body === null) return undefined;
	return body instanceof URLSearchParams || typeof body === 'string' ? String(body) : undefined;
}

function addressOf({ url, qs }: IHttpRequestOptions): URL {
	const address = new URL(url);
	for (const [name, value] of Object.entries(qs ?? {}))
		address.searchParams.set(name, String(value));
	return address;
}

/**
 * What n8n's HTTP helper does for the package's client, with Node's own modules: one request, no
 * redirect, the response as status, headers and stream. The time limit is the caller's signal.
 */
export const nodeHttp: Send = async (options) =>
	await new Promise((resolve, reject) => {
		const address = addressOf(options);
		const body = bodyOf(options);
		const secure = address.protocol === 'https:';
		const headers = {
			...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
			...(options.headers as Record<string, string> | undefined),
		};
		const request = (secure ? https : http).request(
			address,
			{
				method: options.method ?? 'GET',
				headers,
				signal: options.abortSignal as AbortSignal | undefined,
				...(secure
					? {
							...(options.agentOptions as https.RequestOptions | undefined),
							rejectUnauthorized: options.skipSslCertificateValidation !== true,
						}
					: {}),
			},
			(body) => resolve({ statusCode: body.statusCode ?? 0, headers: body.headers, body }),
		);
		request.on('error', reject);
		request.end(body);
	});
