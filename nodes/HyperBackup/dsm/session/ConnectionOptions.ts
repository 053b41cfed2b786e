import { createHash } from 'crypto';
import { normalizeBaseUrl } from '../http/baseUrl';
import { trustedCertificates } from '../http/certificates';

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
	/** Milliseconds for one request. */
	readonly timeout: number;
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

const filled = (value: unknown): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

export function parseConnectionOptions(
	credentials: DsmCredentials,
	timeout = DEFAULT_TIMEOUT,
): ConnectionOptions {
	const parsed = {
		baseUrl: normalizeBaseUrl(credentials.baseUrl),
		username: filled(credentials.username) ?? '',
		password: String(credentials.password ?? ''),
		otpSecret: filled(credentials.otpSecret),
		deviceId: filled(credentials.deviceId),
		deviceName: filled(credentials.deviceName),
		allowUnauthorizedCerts: credentials.allowUnauthorizedCerts === true,
		caCertificate: trustedCertificates(credentials.caCertificate),
	};
	const { readOnly } = credentials;
	return {
		...parsed,
		timeout,
		// An expression can resolve to "true", 1 or "yes": whatever does not clearly mean "off" is on.
		readOnly: readOnly !== false && readOnly !== '' && readOnly !== undefined,
		fingerprint: createHash('sha256').update(JSON.stringify(parsed)).digest('hex'),
	};
}
