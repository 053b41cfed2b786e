import { normaliseBaseUrl } from './address';
import { trustedCertificates } from './certificates';
import type { DsmCredentials } from './Session';

/** How to reach the NAS: what every request of one credential shares. Made, and thereby checked, before anything is sent. */
export interface Reach {
	/** As `normaliseBaseUrl` gives it. */
	baseUrl: string;
	allowUnauthorizedCerts: boolean;
	/** PEM, one or several: trusted beside the usual issuers, with verification on. */
	caCertificate?: string;
	/** Milliseconds for one request. */
	timeout: number;
}

export function reachOf(credentials: DsmCredentials, timeout: number): Reach {
	return {
		baseUrl: normaliseBaseUrl(credentials.baseUrl),
		allowUnauthorizedCerts: credentials.allowUnauthorizedCerts === true,
		caCertificate: trustedCertificates(credentials.caCertificate),
		timeout,
	};
}
