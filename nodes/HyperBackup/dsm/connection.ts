import type { ConnectionOptions } from './session/ConnectionOptions';
import type { Session } from './session/Session';

export interface Connection {
	protocol: 'https' | 'http';
	certificate: 'none' | 'not_verified' | 'verified' | 'verified_with_ca_certificate';
	second_factor: 'none' | 'secret' | 'trusted_device';
	/** DSM gave a token against forged requests with the session. */
	syno_token: boolean;
	read_only: boolean;
}

/** How a credential reaches the NAS, without address, account or anything secret. */
export function describeConnection(options: ConnectionOptions, { synoToken }: Session): Connection {
	const { baseUrl, allowUnauthorizedCerts, caCertificate, otpSecret, deviceId } = options;
	return {
		protocol: baseUrl.startsWith('https:') ? 'https' : 'http',
		certificate: !baseUrl.startsWith('https:')
			? 'none'
			: allowUnauthorizedCerts
				? 'not_verified'
				: caCertificate === undefined
					? 'verified'
					: 'verified_with_ca_certificate',
		second_factor: otpSecret ? 'secret' : deviceId ? 'trusted_device' : 'none',
		syno_token: synoToken !== '',
		read_only: options.readOnly,
	};
}
