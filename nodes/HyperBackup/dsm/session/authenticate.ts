import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { isSameHost, normalizeBaseUrl } from '../http/baseUrl';
import { trustedCertificates, trusting } from '../http/certificates';
import { DsmError } from '../errors/DsmError';
import { guardReadOnly } from './readOnlyGuard';
import { sessionHeaders, storedSession, type DsmCredentials } from './Session';

/** n8n's HTTP Request node still goes through n8n's older helper, which calls the address `uri`. */
function addressOf(request: IHttpRequestOptions): string {
	const address = request.url ?? (request as { uri?: string }).uri ?? '';
	return request.baseURL ? new URL(address, request.baseURL).href : address;
}

/**
 * Adds the session to a request: the cookie `id` and the header `X-SYNO-TOKEN`. In a form body alone the token is not enough (119 on DSM 7.4),
 * and in the URL both would land in logs. A session is only ever sent to the NAS it was opened on.
 */
export function authenticateRequest(
	credentialData: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const credentials = credentialData as unknown as DsmCredentials;
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const url = addressOf(request);
	if (!isSameHost(baseUrl, url)) {
		throw new DsmError({
			kind: 'address',
			message: 'This credential is for another host',
			description: `Its session is only sent to ${baseUrl}.`,
		});
	}
	guardReadOnly(credentials, request);
	const session = storedSession(credentials);
	if (!session) {
		throw new DsmError({
			kind: 'sessionInvalid',
			message: 'The credential has changed since n8n last logged in',
			description: 'Open the credential and test it once: that logs in anew.',
		});
	}
	const agentOptions =
		request.agentOptions ?? trusting(trustedCertificates(credentials.caCertificate));
	return {
		...request,
		...(agentOptions === undefined ? {} : { agentOptions }),
		headers: {
			...request.headers,
			...sessionHeaders(session),
		},
	};
}
