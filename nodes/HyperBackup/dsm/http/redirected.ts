import { DsmError } from '../errors/DsmError';
import { NO_QUICKCONNECT } from './parseResponse';

/**
 * Hosts and paths of sign-in pages: those of proxies and identity providers, and what their
 * addresses have in common.
 */
const SIGN_IN_HOSTS = [
	/(^|\.)(auth|authelia|authentik|keycloak|login|signin|sso|idp|accounts?)\./i,
	/\.(cloudflareaccess|okta|auth0|microsoftonline|onelogin)\.com$/i,
];
const SIGN_IN_PATHS = [
	/\/(log-?in|sign-?in|signon|oauth2?|authorize|saml2?|sso)([/?.]|$)/i,
	/\/(outpost\.goauthentik\.io|cdn-cgi\/access)([/?.]|$)/i,
];

const isSignIn = ({ hostname, pathname }: URL): boolean =>
	SIGN_IN_HOSTS.some((host) => host.test(hostname)) ||
	SIGN_IN_PATHS.some((path) => path.test(pathname));

interface Target {
	url: URL;
	/** What 'NAS Address' would have to be: without DSM's own path, query and account. */
	address: string;
}

function targetOf(location: unknown, baseUrl: string): Target | undefined {
	if (typeof location !== 'string' || location === '') return undefined;
	let url: URL;
	try {
		url = new URL(location, `${baseUrl}/webapi/`);
	} catch {
		return undefined;
	}
	const path = url.pathname.replace(/\/(webman|webapi)(\/.*)?$/i, '').replace(/\/+$/, '');
	// A path that is no plain one could be anything, so it is not shown.
	const prefix = /^[\w./-]{0,80}$/.test(path) ? path : '';
	return { url, address: `${url.protocol}//${url.host}${prefix}` };
}

interface Sentences {
	message: string;
	description: string;
}

function sentences(target: Target | undefined, baseUrl: string): Sentences {
	if (target === undefined)
		return {
			message: 'The NAS redirects to another address',
			description:
				"n8n does not send a login through redirects. Set 'NAS Address' in the credential " +
				'to the address at the end of the redirect.',
		};
	const { url, address } = target;
	if (/(^|\.)quickconnect\.(to|cn)$/i.test(url.hostname))
		return { message: "'NAS Address' leads to QuickConnect", description: NO_QUICKCONNECT };
	if (isSignIn(url))
		return {
			message: `A sign-in page is in front of the NAS: ${url.protocol}//${url.host}`,
			description:
				'n8n cannot sign in there. Exclude the path /webapi/ from the sign-in, or set ' +
				"'NAS Address' in the credential to an address that reaches DSM directly.",
		};
	if (address === baseUrl)
		return {
			message: 'The web server in front of DSM redirects to the address that was used',
			description:
				'Check the redirect and rewrite rules of the reverse proxy for the path /webapi/.',
		};
	return {
		message: `The NAS redirects to another address: ${address}`,
		description:
			"n8n does not send a login through redirects. Set 'NAS Address' in the credential to " +
			`${address}.`,
	};
}

/** What a redirect (HTTP 3xx) to `location` means for the address in the credential. */
export function redirected(status: number, location: unknown, baseUrl: string): DsmError {
	return new DsmError({
		kind: 'address',
		httpStatus: status,
		...sentences(targetOf(location, baseUrl), baseUrl),
	});
}
