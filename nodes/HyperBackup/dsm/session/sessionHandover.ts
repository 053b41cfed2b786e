import type { Session } from './Session';

/** What n8n's credential hands to `preAuthentication` is the very object the caller passed: the key here. */
const handedOver = new WeakMap<object, Session>();

/**
 * The nodes log in themselves, for errors in plain words. For n8n to keep that session in the credential - encrypted, for other processes and
 * after a restart - it has to come out of the credential's `preAuthentication`: this passes it there, so that no second login is made.
 */
export function handOver(credentialData: object, session: Session): void {
	handedOver.set(credentialData, session);
}

export function takeHandedOver(credentialData: object): Session | undefined {
	const session = handedOver.get(credentialData);
	handedOver.delete(credentialData);
	return session;
}
