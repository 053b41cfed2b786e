import { randomUUID } from 'crypto';
import { sleep } from 'n8n-workflow';
import { BoundedMap } from '../BoundedMap';
import { discover } from '../discovery';
import type { DsmError } from '../errors/DsmError';
import { sessionHeaders } from '../http/httpRequest';
import type { Access, Stored } from './Access';
import type { ConnectionOptions } from './ConnectionOptions';
import { parseState, serializeState, type NasFacts } from './keptState';
import { logIn, logOut } from './login';
import { forgetCodes } from './oneTimeCode';
import {
	Backoff,
	nextRefusal,
	pausedUntil,
	refusalError,
	type Refusal,
	type Who,
} from './loginGuard';
import type { Session } from './Session';

export type { Access, Stored };

/**
 * Milliseconds: after this, a process that wrote at the same moment has written as well. The last
 * one to write logs in.
 */
const SETTLE = 200;

/** Milliseconds between reads while another process logs in, and how many. */
const WAIT = 500;
const MOST_READS = 24;

const managers = new BoundedMap<string, SessionManager>();

/**
 * Decides which session holds for one credential, and who may log in: for the nodes, the credential
 * test and n8n's HTTP Request node. One per fingerprint and process, so a credential whose content
 * changed starts afresh.
 */
export class SessionManager {
	/** What was learned about the NAS; outlives its sessions. Always the same object. */
	readonly facts: NasFacts = {};
	/** The session that holds by what this process knows; `current` opens one. Only set by `use`. */
	session?: Session;
	/** How a request shows that session. */
	headers: Record<string, string> = {};

	/** Names this process among those that share the credential. */
	private readonly me = randomUUID();

	private refusal?: Refusal;

	/** Another process has begun to log in. */
	private claim?: Refusal;

	/** The latest session that DSM refused: neither it nor an earlier one is used again. */
	private dead?: Session;

	/** Sessions that were replaced and have not been logged out. */
	private superseded?: Session;

	private opening?: Promise<Session>;

	/** What `merge` read last. */
	private merged?: string;

	/** Something was learned since n8n last kept something. */
	private learned = false;

	private readonly useless = new Backoff();

	private constructor(private readonly fingerprint: string) {}

	/** `token`: what n8n keeps in the credential now. Mostly, it was taken over before. */
	static of({ fingerprint }: ConnectionOptions, token?: string): SessionManager {
		let manager = managers.get(fingerprint);
		if (!manager) {
			manager = new SessionManager(fingerprint);
			managers.set(fingerprint, manager);
		}
		if (token && token !== manager.merged) manager.merge(token);
		return manager;
	}

	/** The session that holds, opened if there is none. */
	async current(access: Access): Promise<Session> {
		if (!this.session || access.token !== this.merged) this.merge(access.token);
		const old = this.superseded;
		this.superseded = undefined;
		if (old) await logOut(access.send, access.options, this.facts, old);
		const session = this.session ?? (await this.open(access));
		if (this.learned && access.stored) await this.keep(access);
		return session;
	}

	/**
	 * The session that takes the place of one that DSM refused: another execution's or process's, or
	 * a new one.
	 */
	async renew(access: Access, dead: Session): Promise<Session> {
		if (this.session && this.session.sid !== dead.sid) return this.session;
		const fresh = await access.stored?.().read();
		this.discard(dead);
		// Another process may have logged in since this execution read the credential.
		this.merge(fresh);
		if (this.session) return this.session;
		const pause = this.useless.current();
		if (!pause) return await this.open(access, dead);
		// It may be accepted again: the next call shows.
		this.use(dead);
		throw pause;
	}

	/** A new session whatever there is: the test of a credential proves its login. */
	async replace(access: Access): Promise<Session> {
		this.merge(access.token);
		return await this.open(access, this.session);
	}

	/** DSM no longer accepts this session. */
	discard(dead: Session): void {
		if (!this.dead || dead.openedAt >= this.dead.openedAt) this.dead = dead;
		if (this.session?.sid === dead.sid) this.use(undefined);
	}

	/**
	 * The session that holds by what this process and `token` know, or the refusal that stands in its
	 * place. Opens none.
	 */
	held(token?: string): { session?: Session; refusal?: DsmError } {
		this.merge(token);
		return this.session
			? { session: this.session }
			: { refusal: this.refusalFor('cautious', this.refusal ?? this.claim) };
	}

	/**
	 * A session that was opened a moment ago was refused like a dead one. Then logging in does not
	 * help (a proxy drops the token's header, or n8n's address changes from request to request), and
	 * would go on with every call: it is left alone for a growing pause.
	 */
	noteUseless(error: DsmError): DsmError {
		this.useless.note(error);
		return error;
	}

	/** Logging in helped: the next dead session is replaced at once. */
	noteUseful(): void {
		this.useless.end();
	}

	/** Adds to the facts. n8n keeps them when the session is used next. */
	learn(facts: Partial<NasFacts>): void {
		const before = JSON.stringify(this.facts);
		Object.assign(this.facts, facts);
		if (JSON.stringify(this.facts) !== before) this.learned = true;
	}

	/** For n8n to keep. */
	serialize(claim?: Refusal): string {
		this.learned = false;
		const { session, refusal, facts } = this;
		return serializeState(this.fingerprint, { session, refusal, claim, facts });
	}

	private use(session: Session | undefined): void {
		this.session = session;
		this.headers = session ? sessionHeaders(session) : {};
	}

	/** One login, however many ask at the same time. */
	private async open(access: Access, replaces?: Session): Promise<Session> {
		this.opening ??= this.logIn(access, replaces).finally(() => (this.opening = undefined));
		return await this.opening;
	}

	private async logIn(access: Access, replaces?: Session): Promise<Session> {
		const { options, send, who } = access;
		if (!access.stored) this.throwIfRefused(who ?? 'node', this.claim);
		this.throwIfRefused(who ?? 'node', this.refusal);
		const apis = await discover(send, options, Object.keys(this.facts.apis ?? {}));
		this.facts.apis = apis;
		const others = await this.claimLogin(access, replaces);
		if (others) return others;
		let session: Session;
		try {
			const outcome = await logIn(send, options, apis, replaces?.deviceId);
			if ('code' in outcome) {
				this.refusal = nextRefusal(this.refusal, outcome);
				throw refusalError(this.refusal, pausedUntil(this.refusal, who ?? 'node'));
			}
			session = outcome;
			this.use(session);
			this.refusal = undefined;
		} finally {
			// Kept whatever happened: the claim ends with it.
			await this.keep(access);
		}
		if (replaces) await logOut(send, options, this.facts, replaces);
		return session;
	}

	/**
	 * Makes sure that of all processes only this one logs in: writes that it does, waits until others
	 * that write at the same time have written too, and reads who was last. The session of another
	 * process, if one turns up meanwhile. Throws while a refusal holds.
	 */
	private async claimLogin(access: Access, replaces?: Session): Promise<Session | undefined> {
		const { who = 'node' } = access;
		const stored = access.stored?.();
		if (!stored) return undefined;
		let writes = 0;
		const { deadline = Infinity } = access.options;
		for (let reads = 0; reads < MOST_READS && Date.now() < deadline; reads++) {
			this.merge(await stored.read());
			if (this.session && this.session.sid !== replaces?.sid) return this.session;
			this.throwIfRefused(who, this.refusal);
			if (this.claim?.by === this.me) break;
			if (this.claim) {
				await sleep(WAIT);
				continue;
			}
			// Written twice and not found again: nothing is shared here.
			if (writes++ === 2) break;
			if (!(await stored.keep(this.serialize(nextRefusal(this.refusal, { by: this.me }))))) break;
			await sleep(SETTLE);
		}
		if (this.claim && this.claim.by !== this.me) throw refusalError(this.claim, this.claim.until);
		return undefined;
	}

	private throwIfRefused(who: Who, refusal: Refusal | undefined): void {
		const error = this.refusalFor(who, refusal);
		if (error) throw error;
	}

	private refusalFor(who: Who, refusal: Refusal | undefined): DsmError | undefined {
		if (!refusal) return undefined;
		const until = pausedUntil(refusal, who);
		return until > Date.now() ? refusalError(refusal, until) : undefined;
	}

	private async keep({ stored }: Access): Promise<void> {
		this.claim = undefined;
		await stored?.().keep(this.serialize());
	}

	/** Takes over what n8n kept, where it is later than what this process knows. */
	merge(token: string | undefined): void {
		if (token && token !== this.merged) this.takeOver(token);
		if (!this.claim || this.claim.until > Date.now()) return;
		// The process that began this login ended before it: it counts.
		this.mergeRefusal(this.claim);
		this.claim = undefined;
	}

	private takeOver(token: string): void {
		this.merged = token;
		const state = parseState(token, this.fingerprint);
		if (state === 'none') return;
		if (state === 'unreadable') {
			this.refusal ??= nextRefusal(undefined);
			return;
		}
		const { session, refusal, claim, facts } = state;
		Object.assign(this.facts, { ...facts, ...this.facts });
		if (session && this.isLater(session)) {
			this.superseded = this.session;
			this.use(session);
			if (this.refusal && this.refusal.at <= session.openedAt) this.refusal = undefined;
		}
		this.mergeRefusal(refusal);
		this.claim = claim;
	}

	private isLater({ sid, openedAt }: Session): boolean {
		const { session, dead } = this;
		if (dead && (openedAt < dead.openedAt || sid === dead.sid)) return false;
		return !session || openedAt > session.openedAt;
	}

	private mergeRefusal(refusal: Refusal | undefined): void {
		const known = Math.max(this.session?.openedAt ?? -1, this.refusal?.at ?? -1);
		if (refusal && refusal.at > known) this.refusal = refusal;
	}
}

/** For tests: a process that has just started. */
export function forgetSessions(): void {
	managers.clear();
	forgetCodes();
}
