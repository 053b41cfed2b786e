import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { isApiPath } from '../discovery';
import { DsmError } from '../errors/DsmError';
import { trusting } from '../http/certificates';
import { sessionHeaders } from '../http/httpRequest';
import {
	parseConnectionOptions,
	type ConnectionOptions,
	type DsmCredentials,
} from './ConnectionOptions';
import { requireRead } from './readOnlyGuard';
import { KEEP_ONLY } from './sessionHandover';
import { SessionManager } from './SessionManager';

/**
 * n8n's HTTP Request node still goes through n8n's older helper, which has names of its own for the
 * same things.
 */
type AnyRequest = Omit<IHttpRequestOptions, 'url'> & {
	url?: string;
	uri?: unknown;
	form?: unknown;
	formData?: unknown;
};

const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * The credential data that our own nodes send their requests with: it was parsed when the node read
 * it, and its sessions are known.
 */
export const ownCredentials = new WeakMap<
	object,
	{ options: ConnectionOptions; manager: SessionManager }
>();

/**
 * Credential data that a request was made with: n8n calls `preAuthentication` with the same object
 * when that fails.
 */
const used = new WeakSet<object>();

export const wasUsed = (credentialData: object): boolean => used.has(credentialData);

function refusal(message: string, description: string): DsmError {
	return new DsmError({ kind: 'address', message, description });
}

const wrongMethod = (method: string): DsmError =>
	refusal(
		`This credential is not for requests with ${method.slice(0, 10)}`,
		"DSM's web API takes GET and POST.",
	);

const elsewhere = (baseUrl: string): DsmError =>
	refusal('This credential is for another host', `Its session is only sent to ${baseUrl}.`);

/** The address as the HTTP client will read it. */
function addressOf(request: AnyRequest, baseUrl: string): URL {
	const { url, uri, baseURL } = request;
	const address = url ?? uri;
	const both = url !== undefined && uri !== undefined && url !== uri;
	const text = String(address ?? '');
	// A client would take these out and so send something else than what is read here.
	if (both || /[\p{Cc} \\#]/u.test(text)) {
		throw refusal(
			'The address of this request is written in an unusual way: it was not sent',
			'Write it without blanks, line breaks, backslashes and #.',
		);
	}
	const absolute = /^([a-z][a-z\d+.-]*:)?\/\//i.test(text) || !baseURL;
	const joined = absolute
		? text
		: `${baseURL}`.replace(/\/+$/, '') + `/${text.replace(/^\/+/, '')}`;
	try {
		return new URL(joined);
	} catch {
		throw elsewhere(baseUrl);
	}
}

/**
 * DSM's web API, and nothing else on this host. A file that is downloaded gives the path its name.
 */
function requireApi(url: URL, baseUrl: string): void {
	const base = new URL(baseUrl);
	const root = `${base.pathname.replace(/\/$/, '')}/webapi/`;
	if (url.origin !== base.origin || url.username !== '' || url.password !== '')
		throw elsewhere(baseUrl);
	const [script = '', suffix, ...deeper] = url.pathname.slice(root.length).split('/');
	const inPlace = url.pathname.startsWith(root) && isApiPath(script);
	const download = url.searchParams.get('method') === 'download';
	const named = suffix === undefined || download || /^SYNO\.[\w.]+$/.test(suffix);
	const older = url.pathname === `${root}dsm/info.cgi`;
	if (!older && (!inPlace || !named || deeper.length > 0)) {
		throw refusal(
			"This credential is only for DSM's web API",
			`Its session is sent to ${baseUrl}/webapi/entry.cgi, query.cgi and auth.cgi, and to ` +
				'no other path.',
		);
	}
}

/**
 * Of what a request brings for TLS, only a certificate of n8n's own: whom to trust is the
 * credential's to say.
 */
function agentOptionsOf({ agentOptions }: AnyRequest, options: ConnectionOptions): unknown {
	const { caCertificate } = options;
	const trust = caCertificate === undefined ? undefined : trusting(caCertificate);
	if (!agentOptions) return trust;
	const { cert, key, passphrase } = agentOptions;
	return withoutUnset({ cert, key, passphrase, ...trust });
}

/**
 * The credential's TLS settings, whatever the request says, and no redirects: the session's headers
 * would go along. In both helpers' words.
 */
function secured(request: AnyRequest, options: ConnectionOptions): Record<string, unknown> {
	if (request.proxy) {
		throw refusal(
			'This credential is not for requests through a proxy of their own',
			"Set the proxy for all of n8n (HTTPS_PROXY), or leave out the option 'Proxy'.",
		);
	}
	return {
		...request,
		skipSslCertificateValidation: options.allowUnauthorizedCerts,
		rejectUnauthorized: !options.allowUnauthorizedCerts,
		agentOptions: agentOptionsOf(request, options),
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		sendCredentialsOnCrossOriginRedirect: false,
		baseURL: undefined,
	};
}

function headersOf(request: AnyRequest, more: Record<string, string>): Record<string, unknown> {
	const own = Object.entries(request.headers ?? {}).filter(
		([name]) => !/^(cookie|x-syno-token|host)$/i.test(name),
	);
	return { ...Object.fromEntries(own), ...more };
}

function withoutUnset(request: Record<string, unknown>): IHttpRequestOptions {
	const set = Object.entries(request).filter(([, value]) => value !== undefined);
	return Object.fromEntries(set) as unknown as IHttpRequestOptions;
}

const notLoggedIn = (): DsmError =>
	new DsmError({
		kind: 'sessionInvalid',
		message: 'n8n has no session for this credential',
		description: 'Open the credential and test it once: that logs in.',
	});

/** As it is sent with a read-only credential: written anew from what was checked. */
function readRequest(request: AnyRequest, url: URL): AnyRequest {
	const method = (request.method ?? 'GET').toUpperCase();
	const { query, body } = requireRead({ ...request, url, method });
	const target = `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`;
	const headers = headersOf(request, {});
	for (const name of Object.keys(headers)) if (/^content-type$/i.test(name)) delete headers[name];
	return {
		...request,
		...(request.url === undefined ? { uri: target } : { url: target }),
		qs: undefined,
		form: undefined,
		body,
		headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': FORM_TYPE }) },
	};
}

/**
 * The credential test's own request: it needs no session, and of a response to HEAD nothing is
 * read.
 */
function testRequest(request: AnyRequest, options: ConnectionOptions): IHttpRequestOptions {
	return withoutUnset({
		...secured(request, options),
		url: `${options.baseUrl}/webapi/query.cgi`,
		qs: undefined,
		body: undefined,
		timeout: options.timeout,
		ignoreHttpStatusErrors: true,
	});
}

/**
 * Adds the session to a request: the cookie `id` and the header `X-SYNO-TOKEN`. Only for the web
 * API of the NAS it was opened on, with the TLS settings it was opened with, and with a read-only
 * credential only for calls that read. For requests of our own nodes, `httpRequest` sets address,
 * TLS settings and redirects, from the same options.
 */
export async function authenticateRequest(
	credentialData: ICredentialDataDecryptedObject,
	request: AnyRequest,
): Promise<IHttpRequestOptions> {
	if (request.url === KEEP_ONLY) throw refusal('Nothing is sent', 'n8n only keeps the session.');
	const own = ownCredentials.get(credentialData);
	if (!own) return anyRequest(request, credentialData);
	const { session, headers } = own.manager;
	if (!session) throw own.manager.held().refusal ?? notLoggedIn();
	const { readOnly } = own.options;
	const checked = readOnly ? readRequest(request, new URL(request.url!)) : request;
	// No copy: the request is our own node's, and what is added to a spread object takes V8 long.
	checked.headers = { ...checked.headers, ...headers };
	return checked as IHttpRequestOptions;
}

/** The requests of n8n's HTTP Request node and of the credential test. */
function anyRequest(
	request: AnyRequest,
	credentialData: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	used.add(credentialData);
	const credentials = credentialData as ICredentialDataDecryptedObject & DsmCredentials;
	const options = parseConnectionOptions(credentials);
	const method = (request.method ?? 'GET').toUpperCase();
	if (method === 'HEAD' && /\/webapi\/query\.cgi$/.test(request.url ?? ''))
		return testRequest(request, options);
	const url = addressOf(request, options.baseUrl);
	requireApi(url, options.baseUrl);
	if (method !== 'GET' && method !== 'POST') throw wrongMethod(method);
	const target = request.url === undefined ? { uri: url.href } : { url: url.href };
	const checked = options.readOnly ? readRequest(request, url) : { ...request, ...target };
	const { session, refusal: refused } = SessionManager.of(options).held(credentials.sessionToken);
	if (!session) throw refused ?? notLoggedIn();
	return withoutUnset({
		...secured(checked, options),
		headers: headersOf(checked, sessionHeaders(session)),
	});
}
