import { createHash } from 'crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { BoundedMap } from '../BoundedMap';
import { DsmError } from '../errors/DsmError';
import { trustedCertificates, trusting } from '../http/certificates';

export const DEFAULT_TIMEOUT = 30_000;

/**
 * What a user enters to reach a NAS, as n8n hands it over: fields can hold anything that an
 * expression resolves to.
 */
export interface DsmCredentials {
	baseUrl: string;
	username: string;
	password: string;
	/** The key of the account's authenticator: base32 or an otpauth:// address. */
	otpSecret?: string;
	/** A device that the NAS trusts in place of a code, and the name it was trusted under. */
	deviceId?: string;
	deviceName?: string;
	allowUnauthorizedCerts?: boolean;
	/** PEM, one or several. */
	caCertificate?: string;
	/** Nothing that could change something is sent. */
	readOnly?: boolean | string | number;
	/** Hidden and expirable: n8n keeps the session here, encrypted with the rest. */
	sessionToken?: string;
}

/**
 * The credential, parsed once: what every request of it shares. Nobody else normalizes the address,
 * reads the certificate or computes the fingerprint. Made, and thereby checked, before anything is
 * sent.
 */
export interface ConnectionOptions {
	/** As `normalizeBaseUrl` gives it. */
	readonly baseUrl: string;
	readonly allowUnauthorizedCerts: boolean;
	/** PEM, one or several: trusted beside the usual issuers, with verification on. */
	readonly caCertificate?: string;
	/** What every request of our own code is sent with, so that nothing is left to n8n. */
	readonly requestDefaults: Partial<IHttpRequestOptions>;
	/** Milliseconds for one request. */
	readonly timeout: number;
	/** Milliseconds since 1970, n8n's clock: no request is sent or waited for after it. */
	readonly deadline?: number;
	readonly username: string;
	readonly password: string;
	readonly otpSecret?: string;
	readonly deviceId?: string;
	readonly deviceName?: string;
	readonly readOnly: boolean;
	/**
	 * The same for the same address, login and TLS settings, and reveals nothing of them. A session
	 * is never used with any other.
	 */
	readonly fingerprint: string;
}

function unusableAddress(message: string, description: string): DsmError {
	return new DsmError({ kind: 'address', message, description });
}

const EXAMPLE =
	"Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual " +
	'ports: 5001 for HTTPS, 5000 for HTTP).';

/**
 * The address a user entered, as the requests need it: scheme, host, port and path prefix, no slash
 * at the end. What a browser leaves behind (`/#/signin`, `/webman/index.cgi`, `/webapi/entry.cgi`)
 * is cut off. Checked before anything is sent.
 */
export function normalizeBaseUrl(typed: unknown): string {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw unusableAddress("'NAS Address' in the credential is empty", EXAMPLE);
	if (/^[a-z0-9][a-z0-9-]*$/i.test(text) && text.toLowerCase() !== 'localhost') {
		throw unusableAddress(
			"'NAS Address' in the credential is only a name, such as a QuickConnect ID",
			`QuickConnect does not support DSM's web API. ${EXAMPLE}`,
		);
	}
	if (!/^https?:\/\//i.test(text)) {
		throw unusableAddress(
			"'NAS Address' in the credential must start with https:// or http://",
			EXAMPLE,
		);
	}
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw unusableAddress("'NAS Address' in the credential is not a valid address", EXAMPLE);
	}
	if (url.username !== '' || url.password !== '') {
		throw unusableAddress(
			"'NAS Address' in the credential contains a user name or password",
			"Enter only the address there, and use the fields 'Username' and 'Password'.",
		);
	}
	if (/(^|\.)quickconnect\.to$|(^|\.)quickconnect\.cn$/i.test(url.hostname)) {
		throw unusableAddress(
			"'NAS Address' in the credential is a QuickConnect address",
			"QuickConnect does not support DSM's web API. Enter the address of the NAS in your " +
				'network, its DDNS name, or a VPN address.',
		);
	}
	const path = url.pathname.replace(/\/(webman|webapi)(\/.*)?$/i, '').replace(/\/+$/, '');
	return `${url.protocol}//${url.host}${path}`;
}

/** Addresses as they were typed, each normalized once. */
const addresses = new BoundedMap<string, string>();

/** Blanks around them are none of theirs, and blank is empty. */
const TRIMMED = ['username', 'otpSecret', 'deviceId', 'deviceName'] as const;

export function parseConnectionOptions(
	credentials: DsmCredentials,
	timeout = DEFAULT_TIMEOUT,
	deadline?: number,
): ConnectionOptions {
	let baseUrl = addresses.get(credentials.baseUrl);
	if (baseUrl === undefined) {
		baseUrl = normalizeBaseUrl(credentials.baseUrl);
		addresses.set(credentials.baseUrl, baseUrl);
	}
	const trimmed: Partial<Record<(typeof TRIMMED)[number], string>> = {};
	for (const field of TRIMMED) {
		const typed: unknown = credentials[field];
		if (typeof typed === 'string' && typed.trim() !== '') trimmed[field] = typed.trim();
	}
	const parsed = {
		username: '',
		...trimmed,
		baseUrl,
		password: String(credentials.password ?? ''),
		allowUnauthorizedCerts: credentials.allowUnauthorizedCerts === true,
		caCertificate: credentials.caCertificate
			? trustedCertificates(credentials.caCertificate)
			: undefined,
	};
	const { readOnly } = credentials;
	return {
		requestDefaults: {
			skipSslCertificateValidation: parsed.allowUnauthorizedCerts,
			agentOptions: parsed.caCertificate === undefined ? undefined : trusting(parsed.caCertificate),
			encoding: 'stream',
			returnFullResponse: true,
			// DSM reports with HTTP 200. Any other status is handled by `statusError`: the client's own
			// error would hold the request.
			ignoreHttpStatusErrors: true,
			// A redirected POST loses its body or takes the password elsewhere.
			disableFollowRedirect: true,
		},
		timeout,
		deadline,
		// An expression can resolve to "true", 1 or "yes": whatever does not clearly mean "off" is on.
		readOnly: readOnly !== false && readOnly !== '' && readOnly !== undefined,
		fingerprint: createHash('sha256').update(JSON.stringify(parsed)).digest('hex'),
		...parsed,
	};
}
