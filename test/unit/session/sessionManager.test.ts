import type { IHttpRequestOptions } from 'n8n-workflow';
import { parseConnectionOptions } from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import {
	parseState,
	serializeState,
	type KeptState,
} from '../../../nodes/HyperBackup/dsm/session/keptState';
import type { Refusal } from '../../../nodes/HyperBackup/dsm/session/loginGuard';
import type { Session } from '../../../nodes/HyperBackup/dsm/session/Session';
import {
	forgetSessions,
	SessionManager,
	type Access,
} from '../../../nodes/HyperBackup/dsm/session/SessionManager';
import { whenPausing } from '../../support/pauses';

const START = Date.UTC(2026, 10, 24, 8);
const MINUTE = 60_000;

const options = parseConnectionOptions({
	baseUrl: 'http://nas.example.com:5000',
	username: 'n8n',
	password: 'secret',
});

let now = START;
const pauses: number[] = [];

beforeEach(() => {
	now = START;
	pauses.length = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	whenPausing((milliseconds) => {
		pauses.push(milliseconds);
		now += milliseconds;
	});
});

afterEach(() => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	forgetSessions();
});

const APIS = { 'SYNO.API.Auth': { path: 'entry.cgi', minVersion: 1, maxVersion: 7 } };
const KEPT_APIS = { 'SYNO.API.Auth': { ...APIS['SYNO.API.Auth'], json: false } };

/** What is sent to a NAS that gives every login a session of its own. */
function nas() {
	const sent: string[] = [];
	const devices: Array<string | null> = [];
	let logins = 0;
	const state = { refuse: undefined as number | undefined, down: false };
	const respond = (request: IHttpRequestOptions): object => {
		if (request.url.endsWith('query.cgi')) {
			sent.push('query');
			return { success: true, data: APIS };
		}
		const form = request.body as URLSearchParams;
		if (form.get('method') === 'logout') {
			sent.push(`logout ${form.get('_sid')}`);
			return { success: true };
		}
		sent.push('login');
		devices.push(form.get('device_id'));
		if (state.down) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
		if (state.refuse !== undefined) return { success: false, error: { code: state.refuse } };
		return { success: true, data: { sid: `sid${++logins}`, synotoken: 'token' } };
	};
	const send: Access['send'] = async (request) => {
		await Promise.resolve();
		return { statusCode: 200, headers: {}, body: JSON.stringify(respond(request)) };
	};
	return { sent, devices, state, send };
}

type FakeNas = ReturnType<typeof nas>;

/** n8n's database, and what was written to it. */
function database(token?: string) {
	const store = { token, written: [] as KeptState[], reads: 0 };
	const stateOf = (text: string): KeptState => parseState(text, options.fingerprint) as KeptState;
	const access = (from: FakeNas, more: Partial<Access> = {}): Access => ({
		options,
		send: from.send,
		token: store.token,
		read: () => {
			store.reads++;
			return Promise.resolve(store.token);
		},
		keep: (state) => {
			store.token = state;
			store.written.push(stateOf(state));
			return Promise.resolve(true);
		},
		...more,
	});
	return { store, access, kept: () => stateOf(store.token!) };
}

/** As a process does that shares nothing: the HTTP Request node before n8n has kept anything. */
const alone = ({ send }: FakeNas, more: Partial<Access> = {}): Access => ({
	options,
	send,
	...more,
});

const tokenOf = (state: Partial<KeptState>): string =>
	serializeState(options.fingerprint, { facts: {}, ...state });

const sessionAt = (openedAt: number, sid = `at${openedAt}`, deviceId?: string): Session => ({
	sid,
	synoToken: 'token',
	openedAt,
	deviceId,
});

const refusalAt = (at: number, more: Partial<Refusal> = {}): Refusal => ({
	count: 1,
	at,
	until: at + 2 * MINUTE,
	code: 400,
	tried: 'none',
	...more,
});

const manager = (): SessionManager => SessionManager.of(options);

/** A process that has just started. */
function newProcess(): SessionManager {
	forgetSessions();
	return manager();
}

const failed = async (work: Promise<unknown>): Promise<DsmError> => {
	const outcome = await work.catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(DsmError);
	return outcome as DsmError;
};

const NOT_ENDED = 'A login of n8n to the NAS was begun and has not ended';

test('there is one session manager for each content of a credential', () => {
	const other = parseConnectionOptions({
		baseUrl: 'http://nas.example.com:5000',
		username: 'n8n',
		password: 'other',
	});
	expect(SessionManager.of(options)).toBe(manager());
	expect(SessionManager.of(other)).not.toBe(manager());
});

describe('the session that holds', () => {
	test('is opened once and then used', async () => {
		const from = nas();
		expect((await manager().current(alone(from))).sid).toBe('sid1');
		expect((await manager().current(alone(from))).sid).toBe('sid1');
		expect(from.sent).toEqual(['query', 'login']);
		expect(manager().facts.apis).toEqual(KEPT_APIS);
	});

	test('is opened by one login, however many ask at the same time', async () => {
		const from = nas();
		const { access } = database();
		const asked = [1, 2, 3].map(() => manager().current(access(from)));
		expect((await Promise.all(asked)).map(({ sid }) => sid)).toEqual(['sid1', 'sid1', 'sid1']);
		expect(from.sent).toEqual(['query', 'login']);
	});

	test('is kept by n8n, and used by a process that has just started', async () => {
		const from = nas();
		const { access, kept } = database();
		const session = await manager().current(access(from));
		expect(kept()).toEqual({ session, facts: { apis: KEPT_APIS } });
		expect(await newProcess().current(access(from))).toEqual(session);
		expect(newProcess().held(tokenOf(kept()))).toEqual({ session });
		expect(from.sent).toEqual(['query', 'login']);
	});

	test('is replaced by the later one of another process, and logged out once', async () => {
		const from = nas();
		const early = sessionAt(START, 'early');
		const late = sessionAt(START + 1, 'late');
		await manager().current(alone(from, { token: tokenOf({ session: early }) }));
		const token = tokenOf({ session: late });
		expect((await manager().current(alone(from, { token }))).sid).toBe('late');
		expect((await manager().current(alone(from, { token }))).sid).toBe('late');
		expect(from.sent).toEqual(['logout early']);
	});

	test.each([START, START - 1])('is not replaced by one that was opened no later', async (at) => {
		const from = nas();
		manager().merge(tokenOf({ session: sessionAt(START, 'mine') }));
		const token = tokenOf({ session: sessionAt(at, 'other') });
		expect((await manager().current(alone(from, { token }))).sid).toBe('mine');
		expect(from.sent).toEqual([]);
	});

	test('is none, and no refusal either, before anything has happened', () => {
		expect(manager().held()).toEqual({ refusal: undefined });
		expect(manager().held('')).toEqual({ refusal: undefined });
	});
});

describe('what is learned about a NAS', () => {
	const session = sessionAt(START);

	test('is kept when the session is used next, once', async () => {
		const { store, access, kept } = database(tokenOf({ session }));
		const from = nas();
		await manager().current(access(from));
		manager().learn({ dialect: 'documented' });
		expect(store.written).toEqual([]);
		await manager().current(access(from));
		await manager().current(access(from));
		expect(kept()).toEqual({ session, facts: { dialect: 'documented' } });
		expect(store.written).toHaveLength(1);
	});

	test('is not kept if it was known', async () => {
		const { store, access } = database(tokenOf({ session, facts: { dialect: 'documented' } }));
		await manager().current(access(nas()));
		manager().learn({ dialect: 'documented' });
		await manager().current(access(nas()));
		expect(store.written).toEqual([]);
	});

	test('is added to what is known, and is newer than what n8n kept', () => {
		manager().learn({ dialect: 'documented' });
		manager().learn({ tokenProven: true });
		manager().merge(tokenOf({ facts: { dialect: 'dsm', apis: KEPT_APIS } }));
		expect(manager().facts).toEqual({ dialect: 'documented', tokenProven: true, apis: KEPT_APIS });
	});

	test('does not matter where n8n keeps nothing', async () => {
		manager().merge(tokenOf({ session }));
		manager().learn({ dialect: 'documented' });
		expect((await manager().current(alone(nas()))).sid).toBe(session.sid);
	});
});

describe('a login that the NAS refuses', () => {
	test('is not tried again before the pause is over', async () => {
		const from = nas();
		from.state.refuse = 400;
		const error = await failed(manager().current(alone(from)));
		expect(error).toMatchObject({ kind: 'loginRefused', dsmCode: 400 });
		expect(error.description).toContain('before 2026-11-24 08:02:00 UTC');
		now = START + 2 * MINUTE - 1;
		expect(await failed(manager().current(alone(from)))).toMatchObject({ dsmCode: 400 });
		expect(from.sent).toEqual(['query', 'login']);
		now = START + 2 * MINUTE;
		from.state.refuse = undefined;
		expect((await manager().current(alone(from))).sid).toBe('sid1');
	});

	test('is known to the next process, and forgotten after a login that worked', async () => {
		const from = nas();
		const { access, kept } = database();
		from.state.refuse = 400;
		await failed(manager().current(access(from)));
		const refusal = { count: 1, at: now, until: now + 2 * MINUTE, code: 400, tried: 'none' };
		expect(kept()).toMatchObject({ refusal, claim: undefined });
		const before = from.sent.length;
		expect(await failed(newProcess().current(access(from)))).toMatchObject({ dsmCode: 400 });
		expect(from.sent).toHaveLength(before);
		now += 2 * MINUTE;
		from.state.refuse = undefined;
		await manager().current(access(from));
		expect(kept().refusal).toBeUndefined();
	});

	test('counts with those before it', async () => {
		const from = nas();
		from.state.refuse = 400;
		await failed(manager().current(alone(from)));
		now += 2 * MINUTE;
		await failed(manager().current(alone(from)));
		now += 4 * MINUTE - 1;
		expect((await failed(manager().current(alone(from)))).description).toContain('08:06:00');
		expect(from.sent.filter((call) => call === 'login')).toHaveLength(2);
	});

	test('may be tried again after a minute by a user who tests the credential', async () => {
		const from = nas();
		from.state.refuse = 400;
		const access = alone(from, { who: 'deliberate' });
		expect((await failed(manager().current(access))).description).toContain('08:01:00');
		now = START + MINUTE - 1;
		await failed(manager().current(access));
		expect(from.sent).toEqual(['query', 'login']);
		now = START + MINUTE;
		await failed(manager().current(access));
		expect(from.sent).toEqual(['query', 'login', 'query', 'login']);
	});

	test('stands in the place of a session for half an hour where none can be opened', () => {
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		expect(manager().held().refusal).toMatchObject({ dsmCode: 400 });
		now = START + 30 * MINUTE - 1;
		expect(manager().held().refusal?.description).toContain('08:30:00');
		now = START + 30 * MINUTE;
		expect(manager().held()).toEqual({ refusal: undefined });
	});

	test('does not stand in the place of a session that was opened since', () => {
		const session = sessionAt(START);
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		expect(manager().held(tokenOf({ session }))).toEqual({ session });
		manager().discard(session);
		expect(manager().held()).toEqual({ refusal: undefined });
	});

	test('after the session was opened stands when that is dead', () => {
		const session = sessionAt(START);
		manager().merge(tokenOf({ refusal: refusalAt(START + 1) }));
		manager().merge(tokenOf({ session }));
		manager().discard(session);
		expect(manager().held().refusal).toMatchObject({ dsmCode: 400 });
	});

	test('is not replaced by an earlier one of another process', () => {
		manager().merge(tokenOf({ refusal: refusalAt(START, { code: 400 }) }));
		manager().merge(tokenOf({ refusal: refusalAt(START - 1, { code: 401 }) }));
		expect(manager().held().refusal).toMatchObject({ dsmCode: 400 });
		manager().merge(tokenOf({ refusal: refusalAt(START + 1, { code: 402 }) }));
		expect(manager().held().refusal).toMatchObject({ dsmCode: 402 });
	});

	test('from before the session that holds does not count', () => {
		const session = sessionAt(START);
		manager().merge(tokenOf({ session }));
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		manager().discard(session);
		expect(manager().held()).toEqual({ refusal: undefined });
	});

	test('a lost connection is no refusal: the next call logs in', async () => {
		const from = nas();
		const { access, kept } = database();
		from.state.down = true;
		expect(await failed(manager().current(access(from)))).toMatchObject({ kind: 'unreachable' });
		expect(kept()).toMatchObject({ session: undefined, refusal: undefined, claim: undefined });
		from.state.down = false;
		expect((await manager().current(access(from))).sid).toBe('sid1');
	});
});

describe('what n8n kept and cannot be read', () => {
	test('may hold a refused login: none is made before a pause', async () => {
		const from = nas();
		const error = await failed(manager().current(alone(from, { token: '{' })));
		expect(error.message).toBe(NOT_ENDED);
		expect(from.sent).toEqual([]);
		now = START + 2 * MINUTE;
		expect((await manager().current(alone(from, { token: '{' }))).sid).toBe('sid1');
	});

	test('does not replace what is known of a refusal', () => {
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		expect(manager().held('{').refusal).toMatchObject({ dsmCode: 400 });
	});

	test('because it belongs to another content of the credential counts for nothing', () => {
		const other = serializeState('other', { session: sessionAt(START), facts: {} });
		expect(manager().held(other)).toEqual({ refusal: undefined });
	});
});

describe('of all processes, one logs in', () => {
	const claimAt = (at: number, by = 'another'): Refusal => refusalAt(at, { code: undefined, by });

	test('it writes that it does, waits until others have written too, and logs in', async () => {
		const from = nas();
		const { store, access } = database();
		await manager().current(access(from));
		expect(pauses).toEqual([200]);
		expect(store.written).toHaveLength(2);
		const [claim, end] = store.written;
		expect(claim).toMatchObject({
			session: undefined,
			refusal: undefined,
			claim: { count: 1, at: START, until: START + 2 * MINUTE, tried: 'none' },
		});
		expect(claim!.claim!.by).toMatch(/^[\da-f-]{36}$/);
		expect(end).toMatchObject({ session: { sid: 'sid1' }, claim: undefined });
	});

	test('if it ends before the login does, the login counts as refused', async () => {
		const { store, access } = database(tokenOf({ claim: claimAt(START - MINUTE) }));
		now = START + MINUTE;
		const from = nas();
		await manager().current(access(from));
		expect(store.written[0]!.claim).toMatchObject({ count: 2 });
		expect(store.written.at(-1)!.claim).toBeUndefined();
	});

	test('another waits, and uses the session of the first', async () => {
		const from = nas();
		const { store, access } = database(tokenOf({ claim: claimAt(START) }));
		const session = sessionAt(START + 1);
		whenPausing((milliseconds) => {
			pauses.push(milliseconds);
			if (pauses.length === 3) store.token = tokenOf({ session });
		});
		expect(await manager().current(access(from))).toEqual(session);
		expect(pauses).toEqual([500, 500, 500]);
		expect(from.sent).toEqual(['query']);
		expect(store.written).toEqual([]);
	});

	test('another waits, and learns that the first was refused', async () => {
		const from = nas();
		const { store, access } = database(tokenOf({ claim: claimAt(START) }));
		whenPausing(() => {
			store.token = tokenOf({ refusal: refusalAt(START + 1) });
		});
		expect(await failed(manager().current(access(from)))).toMatchObject({ dsmCode: 400 });
		expect(from.sent).toEqual(['query']);
	});

	test('another waits for 12 seconds at most, and does not log in', async () => {
		const from = nas();
		const { store, access } = database(tokenOf({ claim: claimAt(START) }));
		const error = await failed(manager().current(access(from)));
		expect(error.message).toBe(NOT_ENDED);
		expect(error.description).toContain('before 2026-11-24 08:02:00 UTC');
		expect(pauses).toEqual(Array.from({ length: 24 }, () => 500));
		expect(from.sent).toEqual(['query']);
		expect(store.written).toEqual([]);
	});

	test('of two that write at the same moment, the last one to write logs in', async () => {
		const from = nas();
		const { store, access } = database();
		const session = sessionAt(START + 1000);
		whenPausing((milliseconds) => {
			pauses.push(milliseconds);
			store.token = pauses.length === 1 ? tokenOf({ claim: claimAt(now) }) : tokenOf({ session });
		});
		expect(await manager().current(access(from))).toEqual(session);
		expect(pauses).toEqual([200, 500]);
		expect(from.sent).toEqual(['query']);
	});

	test('where n8n keeps nothing, it logs in at once', async () => {
		const from = nas();
		const { access } = database();
		await manager().current(access(from, { keep: () => Promise.resolve(false) }));
		expect(from.sent).toEqual(['query', 'login']);
		expect(pauses).toEqual([]);
	});

	test('where nothing is shared, it logs in after two tries', async () => {
		const from = nas();
		const { store, access } = database();
		await manager().current(access(from, { read: () => Promise.resolve(undefined) }));
		expect(store.written.filter(({ claim }) => claim !== undefined)).toHaveLength(2);
		expect(pauses).toEqual([200, 200]);
		expect(from.sent).toEqual(['query', 'login']);
	});

	test.each([
		['read', { read: undefined }],
		['kept', { keep: undefined }],
	])('where nothing can be %s, it logs in at once', async (_what, more) => {
		const from = nas();
		const { access } = database();
		await manager().current(access(from, more));
		expect(from.sent).toEqual(['query', 'login']);
		expect(pauses).toEqual([]);
	});

	test('one that cannot write does not log in while another does', async () => {
		const from = nas();
		const token = tokenOf({ claim: claimAt(START) });
		expect((await failed(manager().current(alone(from, { token })))).message).toBe(NOT_ENDED);
		expect(manager().held().refusal?.message).toBe(NOT_ENDED);
		expect(from.sent).toEqual([]);
		now = START + 2 * MINUTE;
		expect((await manager().current(alone(from, { token }))).sid).toBe('sid1');
	});

	test('a login that never ended is over when its time is, and counts like a refused one', () => {
		manager().merge(tokenOf({ claim: claimAt(START) }));
		now = START + 2 * MINUTE;
		expect(manager().held().refusal?.message).toBe(NOT_ENDED);
		const state = parseState(manager().serialize(), options.fingerprint);
		expect(state).toMatchObject({ refusal: { count: 1, by: 'another' }, claim: undefined });
	});
});

describe('a session that the NAS refuses', () => {
	const dead = sessionAt(START - MINUTE, 'dead', 'device');

	test('is replaced by a login with its device, and logged out', async () => {
		const from = nas();
		const { access, kept } = database(tokenOf({ session: dead }));
		manager().merge(tokenOf({ session: dead }));
		const session = await manager().renew(access(from), dead);
		expect(session).toMatchObject({ sid: 'sid1', deviceId: 'device' });
		expect(from.devices).toEqual(['device']);
		expect(from.sent).toEqual(['query', 'login', 'logout dead']);
		expect(kept().session).toEqual(session);
	});

	test('is replaced by what another execution has opened meanwhile', async () => {
		const { store, access } = database();
		const session = sessionAt(START);
		manager().merge(tokenOf({ session }));
		expect(await manager().renew(access(nas()), dead)).toBe(manager().held().session);
		expect(store.reads).toBe(0);
	});

	test('is replaced by what another execution opens just now', async () => {
		const session = sessionAt(START);
		manager().merge(tokenOf({ session: dead }));
		const read = () => {
			manager().merge(tokenOf({ session }));
			return Promise.resolve(undefined);
		};
		expect(await manager().renew(alone(nas(), { read }), dead)).toEqual(session);
	});

	test('is replaced by what another process has opened', async () => {
		const from = nas();
		const session = sessionAt(START);
		manager().merge(tokenOf({ session: dead }));
		const { access } = database(tokenOf({ session }));
		expect(await manager().renew(access(from), dead)).toEqual(session);
		expect(from.sent).toEqual([]);
	});

	test('is replaced by a login where nothing can be read', async () => {
		const from = nas();
		manager().merge(tokenOf({ session: dead }));
		expect((await manager().renew(alone(from), dead)).sid).toBe('sid1');
	});

	test.each([
		['it', dead],
		['an earlier one', sessionAt(dead.openedAt - 1, 'earlier')],
	])('is dead: %s is not used again', (_which, session) => {
		manager().merge(tokenOf({ session: dead }));
		manager().discard(dead);
		expect(manager().held(tokenOf({ session })).session).toBeUndefined();
	});

	test('leaves another one of the same moment alone', () => {
		const other = sessionAt(dead.openedAt, 'other');
		manager().discard(dead);
		expect(manager().held(tokenOf({ session: other })).session).toEqual(other);
		manager().discard(dead);
		expect(manager().held().session).toEqual(other);
	});

	test('stays dead when an earlier one is refused after it', () => {
		manager().discard(dead);
		manager().discard(sessionAt(dead.openedAt - 1, 'earlier'));
		expect(manager().held(tokenOf({ session: dead })).session).toBeUndefined();
	});

	test('of the same moment as another dead one is the one that counts', () => {
		const other = sessionAt(dead.openedAt, 'other');
		manager().discard(other);
		manager().discard(dead);
		expect(manager().held(tokenOf({ session: dead })).session).toBeUndefined();
	});

	test('and a login that is refused: the error says so, and no session is left', async () => {
		const from = nas();
		from.state.refuse = 400;
		manager().merge(tokenOf({ session: dead }));
		const { access } = database(tokenOf({ session: dead }));
		expect(await failed(manager().renew(access(from), dead))).toMatchObject({ dsmCode: 400 });
		expect(manager().held().session).toBeUndefined();
		expect(from.sent).toEqual(['query', 'login']);
	});
});

describe('logins that do not help', () => {
	const dead = sessionAt(START - MINUTE, 'dead');
	const useless = new DsmError({
		kind: 'sessionInvalid',
		message: 'The session is not accepted.',
		description: 'Check the proxy.',
	});

	test('are not made again before a pause: the session is tried as it is', async () => {
		const from = nas();
		manager().merge(tokenOf({ session: dead }));
		expect(manager().noteUseless(useless)).toBe(useless);
		const error = await failed(manager().renew(alone(from), dead));
		expect(error.message).toBe(useless.message);
		expect(error.description).toContain('before 2026-11-24 08:01:00 UTC');
		expect(await manager().current(alone(from))).toEqual(dead);
		expect(from.sent).toEqual([]);
		now = START + MINUTE;
		expect((await manager().renew(alone(from), dead)).sid).toBe('sid1');
	});

	test('are made again at once after one that helped', async () => {
		const from = nas();
		manager().merge(tokenOf({ session: dead }));
		manager().noteUseless(useless);
		manager().noteUseful();
		expect((await manager().renew(alone(from), dead)).sid).toBe('sid1');
	});
});

describe('the test of a credential', () => {
	test('logs in whatever session there is, and logs that one out', async () => {
		const from = nas();
		const token = tokenOf({ session: sessionAt(START, 'old', 'device') });
		const { access, kept } = database(token);
		expect((await manager().replace(access(from))).sid).toBe('sid1');
		expect(from.devices).toEqual(['device']);
		expect(from.sent).toEqual(['query', 'login', 'logout old']);
		expect(kept().session?.sid).toBe('sid1');
	});

	test('logs in for the first time', async () => {
		const from = nas();
		expect((await manager().replace(alone(from))).sid).toBe('sid1');
		expect(from.sent).toEqual(['query', 'login']);
	});

	test('uses what another process opens just now', async () => {
		const from = nas();
		const session = sessionAt(START + 1);
		const { store, access } = database(tokenOf({ session: sessionAt(START, 'old') }));
		whenPausing(() => {
			store.token = tokenOf({ session });
		});
		expect(await manager().replace(access(from))).toEqual(session);
		expect(from.sent).toEqual(['query']);
	});

	test('keeps the session that it could not replace', async () => {
		const from = nas();
		from.state.refuse = 400;
		const old = sessionAt(START, 'old');
		await failed(manager().replace(alone(from, { token: tokenOf({ session: old }) })));
		expect(manager().held().session).toEqual(old);
		expect(from.sent).toEqual(['query', 'login']);
	});
});
