import { serializeState } from '../../../nodes/HyperBackup/dsm/session/keptState';

import {
	START,
	MINUTE,
	clock,
	nas,
	database,
	alone,
	readable,
	tokenOf,
	sessionAt,
	refusalAt,
	manager,
	newProcess,
	failed,
	NOT_ENDED,
} from './support/fakeNas';

describe('a login that the NAS refuses', () => {
	test('is not tried again before the pause is over', async () => {
		const from = nas();
		from.state.refuse = 400;
		const error = await failed(manager().current(alone(from)));
		expect(error).toMatchObject({ kind: 'loginRefused', dsmCode: 400 });
		expect(error.description).toContain('before 2026-11-24 08:02:00 UTC');
		clock.now = START + 2 * MINUTE - 1;
		expect(await failed(manager().current(alone(from)))).toMatchObject({ dsmCode: 400 });
		expect(from.sent).toEqual(['query', 'login']);
		clock.now = START + 2 * MINUTE;
		from.state.refuse = undefined;
		expect((await manager().current(alone(from))).sid).toBe('sid1');
	});

	test('is known to the next process, and forgotten after a login that worked', async () => {
		const from = nas();
		const { access, kept } = database();
		from.state.refuse = 400;
		await failed(manager().current(access(from)));
		const refusal = {
			count: 1,
			at: clock.now,
			until: clock.now + 2 * MINUTE,
			code: 400,
			tried: 'none',
		};
		expect(kept()).toMatchObject({ refusal, claim: undefined });
		const before = from.sent.length;
		expect(await failed(newProcess().current(access(from)))).toMatchObject({ dsmCode: 400 });
		expect(from.sent).toHaveLength(before);
		clock.now += 2 * MINUTE;
		from.state.refuse = undefined;
		await manager().current(access(from));
		expect(kept().refusal).toBeUndefined();
	});

	test('counts with those before it', async () => {
		const from = nas();
		from.state.refuse = 400;
		await failed(manager().current(alone(from)));
		clock.now += 2 * MINUTE;
		await failed(manager().current(alone(from)));
		clock.now += 4 * MINUTE - 1;
		expect((await failed(manager().current(alone(from)))).description).toContain('08:06:00');
		expect(from.sent.filter((call) => call === 'login')).toHaveLength(2);
	});

	test('may be tried again after a minute by a user who tests the credential', async () => {
		const from = nas();
		from.state.refuse = 400;
		const access = alone(from, { who: 'deliberate' });
		expect((await failed(manager().current(access))).description).toContain('08:01:00');
		clock.now = START + MINUTE - 1;
		await failed(manager().current(access));
		expect(from.sent).toEqual(['query', 'login']);
		clock.now = START + MINUTE;
		await failed(manager().current(access));
		expect(from.sent).toEqual(['query', 'login', 'query', 'login']);
	});

	test('stands in the place of a session for half an hour where none can be opened', () => {
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		expect(manager().held().refusal).toMatchObject({ dsmCode: 400 });
		clock.now = START + 30 * MINUTE - 1;
		expect(manager().held().refusal?.description).toContain('08:30:00');
		clock.now = START + 30 * MINUTE;
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
		clock.now = START + 2 * MINUTE;
		expect((await manager().current(alone(from, { token: '{' }))).sid).toBe('sid1');
	});

	test('counts once: a session that is refused later is replaced at once', async () => {
		const from = nas();
		const access = alone(from, { token: '{', stored: readable(() => Promise.resolve('{')) });
		await failed(manager().current(access));
		clock.now = START + 2 * MINUTE;
		const session = await manager().current(access);
		expect((await manager().renew(access, session)).sid).toBe('sid2');
	});

	test('does not replace what is known of a refusal', () => {
		manager().merge(tokenOf({ refusal: refusalAt(START) }));
		expect(manager().held('{').refusal).toMatchObject({ dsmCode: 400 });
	});

	test('because it belongs to another content of the credential counts for nothing', () => {
		const other = serializeState('other', { session: sessionAt(START), facts: {} });
		expect(manager().held(other)).toEqual({ refusal: undefined });
		const claim = refusalAt(START, { code: undefined, by: 'another' });
		manager().merge(tokenOf({ claim }));
		expect(manager().held(other).refusal?.message).toBe(NOT_ENDED);
	});
});
