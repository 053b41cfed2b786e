import { DsmError, loginRefused } from './DsmError';
import { discover } from './discovery';
import { exchange, type Reach, type Send } from './exchange';
import { fingerprint, type DsmCredentials, type Session } from './Session';

interface Refusal {
	error: DsmError;
	count: number;
	at: number;
	/** Milliseconds since 1970: no further attempt before. */
	until: number;
}

const MINUTE = 60_000;
const LONGEST_PAUSE = 30 * MINUTE;

/** All of these are per process and keyed by the credential's fingerprint, so a credential whose content changed starts afresh. */
const opening = new Map<string, Promise<Session>>();
const current = new Map<string, Session>();
const refusals = new Map<string, Refusal>();

/** A token field DSM fills with dashes, leaves empty or leaves out when it gives no token (seen on DSM 7.0.1). */
function readToken(raw: unknown): string {
	return typeof raw === 'string' && !/^-*$/.test(raw) ? raw : '';
}

async function open(send: Send, reach: Reach, credentials: DsmCredentials): Promise<Session> {
	const apis = await discover(send, reach);
	const auth = apis['SYNO.API.Auth']!;
	const envelope = await exchange(send, reach, {
		method: 'POST',
		url: `${reach.baseUrl}/webapi/${auth.path}`,
		// No `session` name: DSM takes it for an application and checks the account's right to it (402).
		// No `format` either: with it DSM 7.0.1 leaves the device id out, and without it every DSM answers with the sid all the same.
		body: new URLSearchParams({
			api: 'SYNO.API.Auth',
			version: String(Math.min(7, auth.maxVersion)),
			method: 'login',
			account: credentials.username,
			passwd: credentials.password,
			enable_syno_token: 'yes',
		}),
	});
	if (!envelope.success) throw loginRefused(envelope.code, envelope.details);
	const { sid, synotoken } = (envelope.data ?? {}) as { sid?: unknown; synotoken?: unknown };
	if (typeof sid !== 'string' || sid === '') {
		throw new DsmError({ trouble: 'badAnswer', message: 'The NAS accepted the login but gave no session', description: 'Try again; if it stays, look at any proxy between n8n and the NAS.' });
	}
	return { credential: fingerprint(credentials), sid, synoToken: readToken(synotoken), openedAt: Date.now(), apis };
}

function noteRefusal(key: string, error: DsmError): void {
	const count = (refusals.get(key)?.count ?? 0) + 1;
	const at = Date.now();
	refusals.set(key, { error, count, at, until: at + Math.min(MINUTE * 2 ** (count - 1), LONGEST_PAUSE) });
}

function stillRefused(error: DsmError, until: number): DsmError {
	const when = new Date(until).toISOString().slice(0, 19).replace('T', ' ');
	return new DsmError({
		trouble: 'loginRefused',
		dsmCode: error.dsmCode,
		message: error.message,
		description: `${error.description} To keep DSM from blocking this host, n8n does not try this login again before ${when} UTC. A changed credential is tried at once.`,
	});
}

/**
 * Logs in, once however many ask at the same time. A refused login is not repeated for the same credential content until a growing pause
 * (1 to 30 minutes) has passed, because DSM bans the host after a few. `deliberate` (a person may have pressed "Test", after mending something
 * on the NAS) keeps to the first minute only: five attempts in five minutes are below DSM's usual limit of ten. Failures of the connection
 * are no refusals.
 */
export async function login(send: Send, reach: Reach, credentials: DsmCredentials, deliberate = false): Promise<Session> {
	const key = fingerprint(credentials);
	const refusal = refusals.get(key);
	if (refusal) {
		const until = deliberate ? Math.min(refusal.until, refusal.at + MINUTE) : refusal.until;
		if (until > Date.now()) throw stillRefused(refusal.error, until);
	}
	const underWay = opening.get(key);
	if (underWay) return await underWay;
	const attempt = open(send, reach, credentials)
		.then((session) => {
			refusals.delete(key);
			current.set(key, session);
			return session;
		})
		.catch((error: unknown) => {
			if (error instanceof DsmError && error.trouble === 'loginRefused') noteRefusal(key, error);
			throw error;
		})
		.finally(() => opening.delete(key));
	opening.set(key, attempt);
	return await attempt;
}

/** The session this process opened or took over last for these credentials. */
export function currentSession(credentials: DsmCredentials): Session | undefined {
	return current.get(fingerprint(credentials));
}

/** Makes a session that another process opened (found in the credential) this process's own. */
export function adopt(session: Session): void {
	current.set(session.credential, session);
}

/** Forgets a session that DSM no longer accepts, unless it was replaced in the meantime. */
export function forget(session: Session): void {
	if (current.get(session.credential)?.sid === session.sid) current.delete(session.credential);
}

/** For tests: a process that has just started. */
export function forgetEverything(): void {
	opening.clear();
	current.clear();
	refusals.clear();
}
