import { parseState } from '../../../nodes/HyperBackup/dsm/session/keptState';
import type { Refusal } from '../../../nodes/HyperBackup/dsm/session/loginGuard';
import { whenPausing } from '../../support/pauses';

import {
	START,
	MINUTE,
	options,
	clock,
	pauses,
	nas,
	database,
	alone,
	tokenOf,
	sessionAt,
	refusalAt,
	manager,
	failed,
	NOT_ENDED,
} from './support/fakeNas';

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
		clock.now = START + MINUTE;
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
			store.token =
				pauses.length === 1 ? tokenOf({ claim: claimAt(clock.now) }) : tokenOf({ session });
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

	test('where nothing can be read or kept, it logs in at once', async () => {
		const from = nas();
		await manager().current(alone(from));
		expect(from.sent).toEqual(['query', 'login']);
		expect(pauses).toEqual([]);
	});

	test('one that cannot write does not log in while another does', async () => {
		const from = nas();
		const token = tokenOf({ claim: claimAt(START) });
		expect((await failed(manager().current(alone(from, { token })))).message).toBe(NOT_ENDED);
		expect(manager().held().refusal?.message).toBe(NOT_ENDED);
		expect(from.sent).toEqual([]);
		clock.now = START + 2 * MINUTE;
		expect((await manager().current(alone(from, { token }))).sid).toBe('sid1');
	});

	test('one that cannot write waits for a minute if a user tests the credential', async () => {
		const from = nas();
		const access = alone(from, { token: tokenOf({ claim: claimAt(START) }), who: 'deliberate' });
		clock.now = START + MINUTE - 1;
		expect((await failed(manager().current(access))).message).toBe(NOT_ENDED);
		clock.now = START + MINUTE;
		expect((await manager().current(access)).sid).toBe('sid1');
	});

	test('a login that never ended is over when its time is, and counts like a refused one', () => {
		manager().merge(tokenOf({ claim: claimAt(START) }));
		clock.now = START + 2 * MINUTE;
		expect(manager().held().refusal?.message).toBe(NOT_ENDED);
		const state = parseState(manager().serialize(), options.fingerprint);
		expect(state).toMatchObject({ refusal: { count: 1, by: 'another' }, claim: undefined });
	});
});
