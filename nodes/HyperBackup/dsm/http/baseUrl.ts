import { DsmError } from '../errors/DsmError';

function unusable(message: string, description: string): DsmError {
	return new DsmError({ kind: 'address', message, description });
}

const EXAMPLE =
	"Enter it with its port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).";

/**
 * The address a person typed, as the requests need it: scheme, host, port and path prefix, no slash at the end. What a browser leaves behind
 * (`/#/signin`, `/webman/index.cgi`, `/webapi/entry.cgi`) is cut off. Checked before anything is sent.
 */
export function normalizeBaseUrl(typed: unknown): string {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw unusable("The 'NAS Address' of the credential is empty", EXAMPLE);
	if (/^[a-z0-9][a-z0-9-]*$/i.test(text) && text.toLowerCase() !== 'localhost') {
		throw unusable(
			"The 'NAS Address' of the credential is only a name, such as a QuickConnect ID, and no address",
			`QuickConnect does not carry DSM's web API. ${EXAMPLE}`,
		);
	}
	if (!/^https?:\/\//i.test(text)) {
		throw unusable(
			"The 'NAS Address' of the credential must start with https:// or http://",
			EXAMPLE,
		);
	}
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw unusable("The 'NAS Address' of the credential is not a valid address", EXAMPLE);
	}
	if (url.username !== '' || url.password !== '') {
		throw unusable(
			"The 'NAS Address' of the credential holds an account",
			"Leave only the address there, and use the fields 'Username' and 'Password'.",
		);
	}
	if (/(^|\.)quickconnect\.to$|(^|\.)quickconnect\.cn$/i.test(url.hostname)) {
		throw unusable(
			"The 'NAS Address' of the credential is a QuickConnect address, which does not carry DSM's web API",
			'Use the address of the NAS in your network, its DDNS name, or a VPN.',
		);
	}
	const path = url.pathname.replace(/\/(webman|webapi)(\/.*)?$/i, '').replace(/\/+$/, '');
	return `${url.protocol}//${url.host}${path}`;
}

/** True if `url` belongs to the NAS at `baseUrl`: a session is only ever sent there. */
export function isSameHost(baseUrl: string, url: string): boolean {
	try {
		return new URL(url).origin === new URL(baseUrl).origin;
	} catch {
		return false;
	}
}
