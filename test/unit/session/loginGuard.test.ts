import { DsmError, loginRefused } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import {
	Backoff,
	clocksApart,
	nextRefusal,
	pausedUntil,
	refusalError,
	utc,
	type Refusal,
	type Tried,
} from '../../../nodes/HyperBackup/dsm/session/loginGuard';

const NOW = Date.UTC(2026, 10, 24, 8, 31, 7);
const MINUTE = 60_000;

const setTime = (time: number): void => {
	jest.spyOn(Date, 'now').mockReturnValue(time);
};

beforeEach(() => setTime(NOW));
afterEach(() => jest.restoreAllMocks());

/** As many refusals in a row. */
function refusals(count: number, tried: Tried): Refusal {
	let refusal: Refusal | undefined;
	for (let times = 0; times < count; times++) refusal = nextRefusal(refusal, { code: 400, tried });
	return refusal!;
}

const REFUSAL: Refusal = { count: 1, at: NOW, until: NOW + 2 * MINUTE, code: 400, tried: 'none' };

describe('a refused login', () => {
	test('is kept with its code, what was tried and who tried', () => {
		expect(nextRefusal(undefined, { code: 400, tried: 'device', by: 'me' })).toEqual({
			count: 1,
			at: NOW,
			until: NOW + 2 * MINUTE,
			code: 400,
			tried: 'device',
			by: 'me',
		});
	});

	test('whose outcome is not known counts like one', () => {
		expect(nextRefusal(undefined)).toEqual({
			count: 1,
			at: NOW,
			until: NOW + 2 * MINUTE,
			code: undefined,
			tried: 'none',
			by: undefined,
		});
	});

	test('whose outcome is not known is taken for one like the last', () => {
		const before = refusals(1, 'code');
		expect(nextRefusal(before, { by: 'me' })).toEqual({
			count: 2,
			at: NOW,
			until: NOW + 8 * MINUTE,
			code: undefined,
			tried: 'code',
			by: 'me',
		});
	});

	test.each<[Tried, number[]]>([
		['none', [2, 4, 8, 16, 30, 30, 30]],
		['device', [2, 4, 8, 16, 30, 30, 30]],
		['code', [4, 8, 16, 30, 30, 30, 30]],
		['clock', [4, 8, 16, 30, 30, 30, 30]],
	])('after trying with %s pauses for %j minutes', (tried, minutes) => {
		const pauses = minutes.map((_, index) => refusals(index + 1, tried).until - NOW);
		expect(pauses).toEqual(minutes.map((pause) => pause * MINUTE));
	});
});

describe('until when no login is made', () => {
	test('for a node: as long as the refusal says', () => {
		expect(pausedUntil(REFUSAL, 'node')).toBe(NOW + 2 * MINUTE);
	});

	test.each<[Tried, number]>([
		['none', 1],
		['device', 1],
		['code', 2],
		['clock', 2],
	])('for a user who tests the credential after %s: %d min', (tried, minutes) => {
		const refusal = { ...REFUSAL, tried, until: NOW + 30 * MINUTE };
		expect(pausedUntil(refusal, 'deliberate')).toBe(NOW + minutes * MINUTE);
	});

	test('where other processes cannot be heard of: half an hour, or longer if the refusal says so', () => {
		expect(pausedUntil(REFUSAL, 'cautious')).toBe(NOW + 30 * MINUTE);
		const long = { ...REFUSAL, until: NOW + 45 * MINUTE };
		expect(pausedUntil(long, 'cautious')).toBe(NOW + 45 * MINUTE);
	});

	test('is written with its zone', () => {
		expect(utc(NOW)).toBe('2026-11-24 08:31:07 UTC');
	});
});

describe('the error that stands in place of a login', () => {
	const partsOf = ({ kind, dsmCode, message, description }: DsmError) => ({
		kind,
		dsmCode,
		message,
		description,
	});
	const until = NOW + 2 * MINUTE;

	test('says what DSM said, until when, and that a changed credential is tried at once', () => {
		const said = loginRefused(400, 'none');
		expect(partsOf(refusalError(REFUSAL, until))).toEqual({
			kind: 'loginRefused',
			dsmCode: 400,
			message: said.message,
			description: `${said.description} To keep DSM from blocking this host, n8n does not try this login again before 2026-11-24 08:33:07 UTC. A changed credential is tried at once.`,
		});
	});

	test('says what was tried: a device that the NAS does not trust', () => {
		const error = refusalError({ ...REFUSAL, code: 403, tried: 'device' }, until);
		expect(error.message).toBe(loginRefused(403, 'device').message);
		expect(error.message).not.toBe(loginRefused(403, 'none').message);
	});

	test('says that no code was made where the clocks are too far apart', () => {
		const error = refusalError({ ...REFUSAL, code: 403, tried: 'clock' }, until);
		expect(error.message).toBe(clocksApart().message);
		expect(error.dsmCode).toBe(403);
	});

	test('says that a login has not ended, and how to try at once', () => {
		expect(partsOf(refusalError({ ...REFUSAL, code: undefined }, until))).toEqual({
			kind: 'timeout',
			dsmCode: undefined,
			message: 'A login of n8n to the NAS was begun and has not ended',
			description:
				'It may have been refused, so n8n does not log in again before 2026-11-24 08:33:07 UTC. Testing the credential logs in at once.',
		});
	});

	test('clocks apart: what to set right', () => {
		expect(partsOf(clocksApart())).toEqual({
			kind: 'loginRefused',
			dsmCode: 403,
			message:
				'No two-factor code was made: the clocks of the NAS and of n8n are more than 10 minutes apart',
			description:
				'Set both clocks right (NAS: Control Panel > Regional Options > Time). Codes depend on the time.',
		});
	});
});

describe('logins that do not help', () => {
	const error = new DsmError({
		kind: 'sessionInvalid',
		dsmCode: 119,
		message: 'The session is not accepted.',
		description: 'Check the proxy.',
	});

	test('are made at first', () => {
		expect(new Backoff().current()).toBeUndefined();
	});

	test('stand for a while, with the same error and until when', () => {
		const backoff = new Backoff();
		backoff.note(error);
		expect(backoff.current()).toMatchObject({
			kind: 'sessionInvalid',
			dsmCode: 119,
			message: 'The session is not accepted.',
			description:
				'Check the proxy. n8n does not log in again for it before 2026-11-24 08:32:07 UTC.',
		});
	});

	test('stand for 1, 2, 4, 8, 16 and then 30 minutes, to the millisecond', () => {
		const backoff = new Backoff();
		let now = NOW;
		for (const minutes of [1, 2, 4, 8, 16, 30, 30]) {
			backoff.note(error);
			setTime(now + minutes * MINUTE - 1);
			expect(backoff.current()).toBeDefined();
			now += minutes * MINUTE;
			setTime(now);
			expect(backoff.current()).toBeUndefined();
		}
	});

	test('are over once one helped, and begin again with a minute', () => {
		const backoff = new Backoff();
		for (let times = 0; times < 4; times++) backoff.note(error);
		backoff.end();
		expect(backoff.current()).toBeUndefined();
		backoff.note(error);
		setTime(NOW + MINUTE);
		expect(backoff.current()).toBeUndefined();
	});
});
