import { DsmError, type DsmErrorDetails } from './DsmError';
import type { ConnectionOptions } from '../session/ConnectionOptions';

type Details = Omit<DsmErrorDetails, 'httpStatus'>;

const SELF_SIGNED_CODES = [
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

const PASTE_IT =
	"paste the certificate into 'CA Certificate' in the credential (DSM: Control Panel > " +
	'Security > Certificate > Action > Export certificate)';

const SELF_SIGNED =
	`Two safe ways: ${PASTE_IT}, or give the NAS a certificate from a known issuer, such as ` +
	"Let's Encrypt, for the name in 'NAS Address'.";

const WRONG_NAME =
	"Two safe ways: in 'NAS Address', enter the name the certificate was issued for, or " +
	`${PASTE_IT}. n8n then trusts exactly this certificate under any name.`;

const EXPIRED =
	'Renew or replace it in DSM: Control Panel > Security > Certificate. If it should be ' +
	'valid, check the clocks of the NAS and of n8n.';

/** With a certificate in the credential, the same refusals mean that the NAS shows another one. */
const NOT_THE_PASTED_ONE =
	'The NAS may have a new certificate: export it again and replace it in the credential. ' +
	"n8n 2.8 and older ignore 'CA Certificate': update n8n, or start it with " +
	'NODE_EXTRA_CA_CERTS.';

const nameIn = (host: string): string => host.replace(/:\d+$/, '');

const BY_CODE: Array<[codes: string[], details: (host: string) => Details]> = [
	[
		['ENOTFOUND', 'EAI_AGAIN'],
		(host) => ({
			kind: 'unreachable',
			neverSent: true,
			message: `The host name '${nameIn(host)}' was not found`,
			description:
				"Check 'NAS Address' in the credential, and the DNS that n8n uses. A Docker " +
				'container has its own DNS.',
		}),
	],
	[
		['ECONNREFUSED'],
		(host) => ({
			kind: 'unreachable',
			neverSent: true,
			message: `'${host}' refused the connection`,
			description:
				'The NAS may be off or starting, the port may be wrong (DSM: 5001 for HTTPS, 5000 ' +
				'for HTTP), or a firewall may refuse n8n.',
		}),
	],
	[
		['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED'],
		(host) => ({
			kind: 'unreachable',
			message: `'${host}' closed the connection before it responded`,
			description:
				'The NAS may be starting or shutting down. If it keeps happening, check that ' +
				'http:// or https:// matches the port.',
		}),
	],
	[
		['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
		(host) => ({
			kind: 'unreachable',
			neverSent: true,
			message: `No route to '${host}'`,
			description: 'Check that the NAS is on and that n8n can connection its network.',
		}),
	],
	[
		['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT', 'ERR_CANCELED'],
		(host) => ({
			kind: 'timeout',
			message: `'${host}' did not respond in time`,
			description:
				'The NAS may be asleep or busy, or a firewall may drop the packets. If the NAS is ' +
				"only slow, raise 'Request Timeout' in the options.",
		}),
	],
	[
		SELF_SIGNED_CODES,
		(host) => ({
			kind: 'tls',
			neverSent: true,
			message:
				`The certificate of '${host}' is self-signed or from an issuer that n8n does not ` + 'know',
			description: SELF_SIGNED,
		}),
	],
	[
		['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
		(host) => ({
			kind: 'tls',
			neverSent: true,
			message: `The certificate of '${host}' has expired or is not valid yet`,
			description: EXPIRED,
		}),
	],
	[
		['ERR_TLS_CERT_ALTNAME_INVALID'],
		(host) => ({
			kind: 'tls',
			neverSent: true,
			message: `The certificate is not valid for the name '${nameIn(host)}'`,
			description: WRONG_NAME,
		}),
	],
	[
		['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
		(host) => ({
			kind: 'tls',
			neverSent: true,
			message: `A secure connection to '${host}' is not possible`,
			description:
				'The port probably uses plain HTTP. Use https:// with port 5001, or http:// with ' +
				'port 5000.',
		}),
	],
];

/**
 * The codes and messages of an HTTP client's error, and of what n8n wraps around it. Nothing else
 * of it is read.
 */
function marksOf(error: unknown): { codes: string[]; texts: string[] } {
	const codes: string[] = [];
	const texts: string[] = [];
	let current: unknown = error;
	for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
		const { code, message, messages, cause } = current as {
			code?: unknown;
			message?: unknown;
			messages?: unknown;
			cause?: unknown;
		};
		if (typeof code === 'string') codes.push(code.toUpperCase());
		if (typeof message === 'string') texts.push(message);
		if (Array.isArray(messages))
			texts.push(...messages.filter((text): text is string => typeof text === 'string'));
		current = cause;
	}
	return { codes, texts };
}

function withCertificate(
	connection: ConnectionOptions,
	details: Details,
	codes: string[],
): Details {
	if (connection.caCertificate === undefined || codes !== SELF_SIGNED_CODES) return details;
	return {
		...details,
		message:
			`The certificate of '${new URL(connection.baseUrl).host}' does not match 'CA ` +
			"Certificate' in the credential",
		description: NOT_THE_PASTED_ONE,
	};
}

/** What the HTTP client threw, as a DsmError that names the host and nothing of the request. */
export function fromHttpClient(error: unknown, connection: ConnectionOptions): DsmError {
	for (
		let inner = error;
		typeof inner === 'object' && inner !== null;
		inner = (inner as { cause?: unknown }).cause
	) {
		if (inner instanceof DsmError) return inner;
	}
	const { codes, texts } = marksOf(error);
	const text = texts.join(' ');
	const { host } = new URL(connection.baseUrl);
	for (const [known, details] of BY_CODE) {
		if (known.some((code) => codes.includes(code) || new RegExp(`\\b${code}\\b`, 'i').test(text))) {
			return new DsmError(withCertificate(connection, details(host), known));
		}
	}
	const byText: Array<[RegExp, string]> = [
		[/certificate has expired/i, 'CERT_HAS_EXPIRED'],
		[/self.signed certificate/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		[/unable to verify the first certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		[/altnames/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
		[/wrong version number|packet length too long/i, 'ERR_SSL_WRONG_VERSION_NUMBER'],
		[/timeout|timed out|aborted|cancel+ed/i, 'ETIMEDOUT'],
		[/socket hang up/i, 'ECONNRESET'],
	];
	const match = byText.find(([pattern]) => pattern.test(text));
	const entry = BY_CODE.find(([known]) => match !== undefined && known.includes(match[1]));
	if (entry) return new DsmError(withCertificate(connection, entry[1](host), entry[0]));
	if (/SSRF|blocked|not allowed/i.test(text)) {
		return new DsmError({
			kind: 'address',
			message: `n8n is not allowed to connect to '${host}'`,
			description:
				"n8n's protection against requests to private networks is on. Add the NAS to " +
				"N8N_SSRF_ALLOWED_IP_RANGES or N8N_SSRF_ALLOWED_HOSTNAMES, or to the credential's " +
				'allowed domains.',
		});
	}
	return new DsmError({
		kind: 'unreachable',
		message: `The connection to '${host}' failed`,
		description: "Check 'NAS Address', the network and the NAS, then try again.",
	});
}
