import { createHash, X509Certificate } from 'crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { BoundedMap } from '../BoundedMap';
import { DsmError } from '../errors/DsmError';

type AgentOptions = NonNullable<IHttpRequestOptions['agentOptions']>;

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

const EXPORT_IT =
	"Export the NAS's certificate in DSM (Control Panel > Security > Certificate > Action > " +
	"Export certificate) and paste the content of cert.pem, from '-----BEGIN " +
	"CERTIFICATE-----' to '-----END CERTIFICATE-----'.";

function unusable(message: string, description: string): DsmError {
	return new DsmError({ kind: 'credential', message, description });
}

/** Parsed once for each text, not at every request. */
const parsed = new BoundedMap<string, string>();

/**
 * What a user pasted, as clean PEM: one-line fields turn line breaks into blanks. Undefined if
 * nothing was given.
 */
export function trustedCertificates(typed: unknown): string | undefined {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') return undefined;
	const before = parsed.get(text);
	if (before !== undefined) return before;
	if (/PRIVATE\s+KEY/i.test(text)) {
		throw unusable(
			"'CA Certificate' in the credential contains a private key",
			`Remove the key: it must not leave the NAS. Only the certificate belongs there. ${EXPORT_IT}`,
		);
	}
	const blocks = [...text.matchAll(BLOCK)].map(
		([, inside]) =>
			`-----BEGIN CERTIFICATE-----\n${(inside ?? '')
				.replace(/\s+/g, '')
				.replace(/(.{64})/g, '$1\n')
				.trim()}\n-----END CERTIFICATE-----\n`,
	);
	if (blocks.length === 0)
		throw unusable(
			"'CA Certificate' in the credential is not a certificate in PEM format",
			EXPORT_IT,
		);
	for (const block of blocks) readable(block);
	parsed.set(text, blocks.join(''));
	return blocks.join('');
}

function readable(pem: string): X509Certificate {
	try {
		return new X509Certificate(pem);
	} catch {
		throw unusable("'CA Certificate' in the credential is damaged", EXPORT_IT);
	}
}

const thumbprint = (der: Buffer): string => createHash('sha256').update(der).digest('hex');

const known = new BoundedMap<string, AgentOptions>();

/**
 * What n8n's HTTP helper needs to trust these certificates. The certificate a NAS has from the
 * factory names no host that anyone uses: if exactly this one was pasted, it is known by itself,
 * and the name does not matter. For any other the name is checked. Expired ones are refused always.
 */
export function trusting(caCertificate: string): AgentOptions {
	const before = known.get(caCertificate);
	if (before) return before;
	const certificates = [...caCertificate.matchAll(BLOCK)].map(([block]) => readable(block));
	const pinned = new Set(certificates.map(({ raw }) => thumbprint(raw)));
	const options = {
		ca: certificates.map((certificate) => certificate.toString()),
		// A NAS's own certificate is signed by an issuer that nobody has: it is trusted without that.
		allowPartialTrustChain: true,
		checkServerIdentity: (host: string, { raw }: { raw: Buffer }): Error | undefined => {
			if (pinned.has(thumbprint(raw))) return undefined;
			const presented = new X509Certificate(raw);
			if (presented.checkHost(host) !== undefined || presented.checkIP(host) !== undefined)
				return undefined;
			return Object.assign(new Error('altnames do not match'), {
				code: 'ERR_TLS_CERT_ALTNAME_INVALID',
			});
		},
	} as AgentOptions;
	known.set(caCertificate, options);
	return options;
}
