import { DsmError, type DsmErrorDetails } from './DsmError';
import type { Reach } from './exchange';

type Details = Omit<DsmErrorDetails, 'httpStatus'>;

const SELF_SIGNED_CODES = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];

const SAFE_WAYS =
	"Safe ways: give the NAS a certificate for its name (Control Panel > Security > Certificate), or use the host name its certificate is made for. In a network you trust you can turn on 'Ignore SSL Issues (Insecure)'.";

const BY_CODE: Array<[codes: string[], details: (host: string) => Details]> = [
	[['ENOTFOUND', 'EAI_AGAIN'], (host) => ({ trouble: 'unreachable', message: `The host name '${host}' was not found`, description: 'Check the NAS Address, and that n8n can resolve this name (in Docker: the container has its own DNS).' })],
	[['ECONNREFUSED'], (host) => ({ trouble: 'unreachable', message: `'${host}' refused the connection`, description: 'The NAS is off or starting, or the port is wrong (DSM: 5001 for HTTPS, 5000 for HTTP), or a firewall refuses n8n.' })],
	[['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED'], (host) => ({ trouble: 'unreachable', message: `'${host}' closed the connection before it answered`, description: 'The NAS may be starting or going down. If it stays, check that http:// or https:// fits the port.' })],
	[['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'], (host) => ({ trouble: 'unreachable', message: `There is no way to '${host}'`, description: 'Check that the NAS is on and that n8n is in a network that reaches it.' })],
	[['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT', 'ERR_CANCELED'], (host) => ({ trouble: 'timeout', message: `'${host}' did not answer in time`, description: "The NAS may be asleep or busy, or a firewall drops the packets. Raise 'Timeout' in the options if it is just slow." })],
	[SELF_SIGNED_CODES, (host) => ({ trouble: 'tls', message: `The certificate of '${host}' is self-signed or its issuer is not known to n8n`, description: SAFE_WAYS })],
	[['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'], (host) => ({ trouble: 'tls', message: `The certificate of '${host}' has expired or is not valid yet`, description: `Renew it on the NAS (Control Panel > Security > Certificate) and check the clocks. ${SAFE_WAYS}` })],
	[['ERR_TLS_CERT_ALTNAME_INVALID'], (host) => ({ trouble: 'tls', message: `The certificate is not made for the name '${host}'`, description: SAFE_WAYS })],
	[['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'], (host) => ({ trouble: 'tls', message: `No secure connection to '${host}' is possible`, description: 'The port probably speaks plain HTTP: use https:// with 5001, or http:// with 5000.' })],
];

/** Everything an HTTP client's error (and what n8n wraps around it) says of its cause, as far as it is harmless to look at. */
function marksOf(error: unknown): { codes: string[]; texts: string[] } {
	const codes: string[] = [];
	const texts: string[] = [];
	let current: unknown = error;
	for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
		const { code, message, messages, cause } = current as { code?: unknown; message?: unknown; messages?: unknown; cause?: unknown };
		if (typeof code === 'string') codes.push(code.toUpperCase());
		if (typeof message === 'string') texts.push(message);
		if (Array.isArray(messages)) texts.push(...messages.filter((text): text is string => typeof text === 'string'));
		current = cause;
	}
	return { codes, texts };
}

/** What the HTTP client threw, as a DsmError that names the host and nothing of the request. */
export function fromHttpClient(error: unknown, reach: Reach): DsmError {
	for (let inner = error; typeof inner === 'object' && inner !== null; inner = (inner as { cause?: unknown }).cause) {
		if (inner instanceof DsmError) return inner;
	}
	const { codes, texts } = marksOf(error);
	const said = texts.join(' ');
	const { host } = new URL(reach.baseUrl);
	for (const [known, details] of BY_CODE) {
		if (known.some((code) => codes.includes(code) || new RegExp(`\\b${code}\\b`, 'i').test(said))) {
			return new DsmError(details(host));
		}
	}
	const byText: Array<[RegExp, string]> = [
		[/certificate has expired/i, 'CERT_HAS_EXPIRED'],
		[/self.signed certificate/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		[/unable to verify the first certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		[/altnames/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
		[/wrong version number|packet length too long/i, 'ERR_SSL_WRONG_VERSION_NUMBER'],
		[/timeout|timed out|aborted|cancell?ed/i, 'ETIMEDOUT'],
		[/socket hang up/i, 'ECONNRESET'],
	];
	const hit = byText.find(([pattern]) => pattern.test(said));
	const details = BY_CODE.find(([known]) => hit !== undefined && known.includes(hit[1]))?.[1];
	if (details) return new DsmError(details(host));
	if (/SSRF|blocked|not allowed/i.test(said)) {
		return new DsmError({
			trouble: 'address',
			message: `n8n is not allowed to connect to '${host}'`,
			description: "n8n's protection against requests into private networks is on. Add the NAS to N8N_SSRF_ALLOWED_IP_RANGES or N8N_SSRF_ALLOWED_HOSTNAMES, or to the credential's allowed domains.",
		});
	}
	return new DsmError({ trouble: 'unreachable', message: `The connection to '${host}' failed`, description: 'Check the NAS Address, the network and the NAS, then try again.' });
}
