import { DsmError } from '../errors/DsmError';

function unusable(message: string, description: string): DsmError {
	return new DsmError({ kind: 'address', message, description });
}

const EXAMPLE =
	"Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).";

/**
 * The address a user entered, as the requests need it: scheme, host, port and path prefix, no slash
 * at the end. What a browser leaves behind (`/#/signin`, `/webman/index.cgi`, `/webapi/entry.cgi`)
 * is cut off. Checked before anything is sent.
 */
export function normalizeBaseUrl(typed: unknown): string {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw unusable("'NAS Address' in the credential is empty", EXAMPLE);
	if (/^[a-z0-9][a-z0-9-]*$/i.test(text) && text.toLowerCase() !== 'localhost') {
		throw unusable(
			"'NAS Address' in the credential is only a name, such as a QuickConnect ID",
			`QuickConnect does not support DSM's web API. ${EXAMPLE}`,
		);
	}
	if (!/^https?:\/\//i.test(text)) {
		throw unusable("'NAS Address' in the credential must start with https:// or http://", EXAMPLE);
	}
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw unusable("'NAS Address' in the credential is not a valid address", EXAMPLE);
	}
	if (url.username !== '' || url.password !== '') {
		throw unusable(
			"'NAS Address' in the credential contains a user name or password",
			"Enter only the address there, and use the fields 'Username' and 'Password'.",
		);
	}
	if (/(^|\.)quickconnect\.to$|(^|\.)quickconnect\.cn$/i.test(url.hostname)) {
		throw unusable(
			"'NAS Address' in the credential is a QuickConnect address",
			"QuickConnect does not support DSM's web API. Enter the address of the NAS in your network, its DDNS name, or a VPN address.",
		);
	}
	const path = url.pathname.replace(/\/(webman|webapi)(\/.*)?$/i, '').replace(/\/+$/, '');
	return `${url.protocol}//${url.host}${path}`;
}
