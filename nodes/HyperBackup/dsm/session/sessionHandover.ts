/**
 * What n8n's credential hands to `preAuthentication` is the very object the caller passed: the key
 * here.
 */
const handedOver = new WeakMap<object, string>();

/**
 * The address of the request that carries a handover through n8n's helper. `authenticate` ends it:
 * nothing is sent.
 */
export const KEEP_ONLY = 'https://keep.invalid/';

/**
 * The nodes log in themselves, for errors in plain words. For n8n to keep a session, or a refused
 * login, in the credential - encrypted, for other processes and after a restart - it has to come
 * out of the credential's `preAuthentication`: this passes it there.
 */
export function handOver(credentialData: object, state: string): void {
	handedOver.set(credentialData, state);
}

export function takeHandedOver(credentialData: object): string | undefined {
	const state = handedOver.get(credentialData);
	handedOver.delete(credentialData);
	return state;
}
