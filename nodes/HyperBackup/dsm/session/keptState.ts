import { readApiList, type ApiList } from '../discovery';
import type { Refusal } from './loginGuard';
import { isSessionWord, type Session } from './Session';

/** What was learned about a NAS and holds beyond one session. */
export interface NasFacts {
	/** Where the NAS offers which API; replaced when packages come or go. */
	apis?: ApiList;
	/** Which of several ways of speaking the NAS understands; its meaning belongs to the caller. */
	dialect?: string;
	/** An API that needs the token has answered: the token's header arrives. */
	tokenProven?: boolean;
}

/**
 * What n8n keeps for us in the credential's hidden field, encrypted, shared by processes and
 * surviving restarts.
 */
export interface KeptState {
	session?: Session;
	refusal?: Refusal;
	/**
	 * A login that a process has begun: written before it, so that it counts as refused should that
	 * process end.
	 */
	claim?: Refusal;
	facts: NasFacts;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isTime = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value);

function readSession(raw: unknown): Session | undefined {
	if (!isRecord(raw)) return undefined;
	const { sid, synoToken, openedAt, deviceId } = raw;
	if (!isSessionWord(sid) || !isTime(openedAt)) return undefined;
	if (synoToken !== '' && !isSessionWord(synoToken)) return undefined;
	if (deviceId !== undefined && !isSessionWord(deviceId)) return undefined;
	return { sid, synoToken, openedAt, deviceId };
}

function readRefusal(raw: unknown): Refusal | undefined {
	if (!isRecord(raw)) return undefined;
	const { count, at, until, code, tried, by } = raw;
	if (!isTime(count) || !isTime(at) || !isTime(until)) return undefined;
	const known = tried === 'none' || tried === 'device' || tried === 'code' || tried === 'clock';
	return {
		count,
		at,
		until,
		code: isTime(code) ? code : undefined,
		tried: known ? tried : 'none',
		by: typeof by === 'string' ? by : undefined,
	};
}

function readFacts(raw: unknown): NasFacts {
	if (!isRecord(raw)) return {};
	const { apis, dialect, tokenProven } = raw;
	return {
		apis: isRecord(apis) ? readApiList(apis) : undefined,
		dialect: typeof dialect === 'string' ? dialect.slice(0, 40) : undefined,
		tokenProven: tokenProven === true ? true : undefined,
	};
}

export function serializeState(fingerprint: string, state: KeptState): string {
	return JSON.stringify({ v: 1, fingerprint, ...state });
}

/**
 * What n8n kept. `none`: nothing, or something that belongs to an earlier content of the
 * credential. `unreadable`: something that cannot be understood, so that a refused login may be
 * among it.
 */
export function parseState(token: unknown, fingerprint: string): KeptState | 'none' | 'unreadable' {
	if (token === undefined || token === null || token === '') return 'none';
	let raw: unknown;
	try {
		raw = JSON.parse(String(token));
	} catch {
		return 'unreadable';
	}
	if (!isRecord(raw) || raw.v !== 1 || typeof raw.fingerprint !== 'string') return 'unreadable';
	if (raw.fingerprint !== fingerprint) return 'none';
	const session = readSession(raw.session);
	const refusal = readRefusal(raw.refusal);
	const claim = readRefusal(raw.claim);
	const lost = (part: unknown, read: unknown): boolean => part !== undefined && read === undefined;
	if (lost(raw.session, session) || lost(raw.refusal, refusal) || lost(raw.claim, claim))
		return 'unreadable';
	return { session, refusal, claim, facts: readFacts(raw.facts) };
}
