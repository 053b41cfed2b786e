import { DsmError } from '../errors/DsmError';
import type { Send } from '../http/httpRequest';
import { forgetCodes } from './oneTimeCode';
import { logOut, openSession } from './openSession';
import { MINUTE, Backoff, utc } from './backoff';
import type { ConnectionOptions } from './ConnectionOptions';
import { fingerprint, type DsmCredentials, type Session } from './Session';

/** All of these are per process and keyed by the credential's fingerprint, so a credential whose content changed starts afresh. */
const opening = new Map<string, Promise<Session>>();
const current = new Map<string, Session>();
const refusals = new Backoff();
const useless = new Backoff();

function stillRefused(error: DsmError, until: number): DsmError {
	return new DsmError({
		kind: 'loginRefused',
		dsmCode: error.dsmCode,
		message: error.message,
		description: `${error.description} To keep DSM from blocking this host, n8n does not try this login again before ${utc(until)}. A changed credential is tried at once.`,
	});
}

export interface LoginOptions {
	/** A person may have pressed "Test", after mending something on the NAS: keeps to the first minute of a pause only. */
	deliberate?: boolean;
	/** The session that the new one takes the place of: it is logged out, lest it stay open on the NAS. */
	replaces?: Session;
}

/**
 * Logs in, once however many ask at the same time. A refused login is not repeated for the same credential content until a growing pause
 * (1 to 30 minutes) has passed, because DSM bans the host after a few. Five attempts in five minutes, as `deliberate` allows, are below DSM's
 * usual limit of ten. Failures of the connection are no refusals.
 */
export async function login(
	send: Send,
	reach: ConnectionOptions,
	credentials: DsmCredentials,
	{ deliberate = false, replaces }: LoginOptions = {},
): Promise<Session> {
	const key = fingerprint(credentials);
	const pause = refusals.current(key, deliberate ? MINUTE : undefined);
	if (pause) throw stillRefused(pause.error, pause.until);
	const underWay = opening.get(key);
	if (underWay) return await underWay;
	const attempt = openSession(send, reach, credentials, replaces?.deviceId)
		.then(async (session) => {
			refusals.end(key);
			current.set(key, session);
			if (replaces) await logOut(send, reach, replaces);
			return session;
		})
		.catch(async (error: unknown) => {
			if (error instanceof DsmError && error.kind === 'loginRefused') refusals.note(key, error);
			return await Promise.reject(error);
		})
		.finally(() => opening.delete(key));
	opening.set(key, attempt);
	return await attempt;
}

/** The session this process opened or took over last for these credentials. */
export function currentSession(credentials: DsmCredentials): Session | undefined {
	return current.get(fingerprint(credentials));
}

/** Makes a session that another process opened (found in the credential) this process's own, and gives back the one it takes the place of. */
export function adopt(session: Session): Session | undefined {
	const before = current.get(session.credential);
	current.set(session.credential, session);
	return before?.sid === session.sid ? undefined : before;
}

/** Forgets a session that DSM no longer accepts, unless it was replaced in the meantime. */
export function forget(session: Session): void {
	if (current.get(session.credential)?.sid === session.sid) current.delete(session.credential);
}

/**
 * A session that was opened a moment ago was refused like a dead one. Then logging in does not help (a proxy drops the token's header, or n8n's
 * address changes from request to request), and would go on with every call: it is left alone for a growing pause.
 */
export function noteUseless(session: Session, error: DsmError): DsmError {
	useless.note(session.credential, error);
	return error;
}

/** Logging in helped: the next dead session is replaced at once. */
export function noteUseful(session: Session): void {
	useless.end(session.credential);
}

/** Throws while logging in anew is known not to help. */
export function refuseIfUseless(session: Session): void {
	const pause = useless.current(session.credential);
	if (!pause) return;
	const { kind, dsmCode, message, description } = pause.error;
	throw new DsmError({
		kind,
		dsmCode,
		message,
		description: `${description} n8n does not log in again for it before ${utc(pause.until)}.`,
	});
}

/** For tests: a process that has just started. */
export function forgetEverything(): void {
	opening.clear();
	current.clear();
	refusals.clear();
	useless.clear();
	forgetCodes();
}
