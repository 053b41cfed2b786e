import { normalizeBaseUrl } from '../http/baseUrl';
import { trustedCertificates } from '../http/certificates';
import type { DsmCredentials } from './Session';

/** How to reach the NAS: what every request of one credential shares. Made, and thereby checked, before anything is sent. */
export interface ConnectionOptions {
	/** As `normalizeBaseUrl` gives it. */
	baseUrl: string;
	allowUnauthorizedCerts: boolean;
	/** PEM, one or several: trusted beside the usual issuers, with verification on. */
	caCertificate?: string;
	/** Milliseconds for one request. */
	timeout: number;
}

export function parseConnectionOptions(
	credentials: DsmCredentials,
	timeout: number,
): ConnectionOptions {
	return {
		baseUrl: normalizeBaseUrl(credentials.baseUrl),
		allowUnauthorizedCerts: credentials.allowUnauthorizedCerts === true,
		caCertificate: trustedCertificates(credentials.caCertificate),
		timeout,
	};
}
