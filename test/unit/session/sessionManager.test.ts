import { parseConnectionOptions } from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import { SessionManager } from '../../../nodes/HyperBackup/dsm/session/SessionManager';
import { whenPausing } from '../../support/pauses';

import {
	START,
	MINUTE,
	options,
	clock,
	KEPT_APIS,
	nas,
	database,
	alone,
	readable,
	tokenOf,
	sessionAt,
	manager,
	newProcess,
	failed,
} from './support/fakeNas';

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

	test('is opened by one login for any number of simultaneous requests', async () => {
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

	test('is none, and no refusal either, at the start', () => {
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
		expect(await manager().renew(alone(nas(), { stored: readable(read) }), dead)).toEqual(session);
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

	test('is still dead when an earlier one is refused after it', () => {
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
		clock.now = START + MINUTE;
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
