import type { IHttpRequestOptions } from 'n8n-workflow';
import { parseConnectionOptions } from '../../../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { DsmError } from '../../../../nodes/HyperBackup/dsm/errors/DsmError';
import {
	parseState,
	serializeState,
	type KeptState,
} from '../../../../nodes/HyperBackup/dsm/session/keptState';
import type { Refusal } from '../../../../nodes/HyperBackup/dsm/session/loginGuard';
import type { Session } from '../../../../nodes/HyperBackup/dsm/session/Session';
import {
	forgetSessions,
	SessionManager,
	type Access,
	type Stored,
} from '../../../../nodes/HyperBackup/dsm/session/SessionManager';
import { whenPausing } from '../../../support/pauses';

export const START = Date.UTC(2026, 10, 24, 8);
export const MINUTE = 60_000;

export const options = parseConnectionOptions({
	baseUrl: 'http://nas.example.com:5000',
	username: 'n8n',
	password: 'secret',
});

/** n8n's clock, which stands still. */
export const clock = { now: START };
export const pauses: number[] = [];

beforeEach(() => {
	clock.now = START;
	pauses.length = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
	whenPausing((milliseconds) => {
		pauses.push(milliseconds);
		clock.now += milliseconds;
	});
});

afterEach(() => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	forgetSessions();
});

const APIS = { 'SYNO.API.Auth': { path: 'entry.cgi', minVersion: 1, maxVersion: 7 } };
export const KEPT_APIS = { 'SYNO.API.Auth': { ...APIS['SYNO.API.Auth'], json: false } };

/** What is sent to a NAS that gives every login a session of its own. */
export function nas() {
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
export function database(token?: string) {
	const store = { token, written: [] as KeptState[], reads: 0 };
	const stateOf = (text: string): KeptState => parseState(text, options.fingerprint) as KeptState;
	const stored: Stored = {
		read: () => {
			store.reads++;
			return Promise.resolve(store.token);
		},
		keep: (state) => {
			store.token = state;
			store.written.push(stateOf(state));
			return Promise.resolve(true);
		},
	};
	const access = (from: FakeNas, more: Partial<Stored> = {}): Access => ({
		options,
		send: from.send,
		token: store.token,
		stored: () => ({ ...stored, ...more }),
	});
	return { store, access, kept: () => stateOf(store.token!) };
}

/** As a process does that shares nothing: the HTTP Request node before n8n has kept anything. */
export const alone = ({ send }: FakeNas, more: Partial<Access> = {}): Access => ({
	options,
	send,
	...more,
});

/** What can be read, and not be written. */
export const readable = (read: Stored['read']) => (): Stored => ({
	read,
	keep: () => Promise.resolve(false),
});

export const tokenOf = (state: Partial<KeptState>): string =>
	serializeState(options.fingerprint, { facts: {}, ...state });

export const sessionAt = (openedAt: number, sid = `at${openedAt}`, deviceId?: string): Session => ({
	sid,
	synoToken: 'token',
	openedAt,
	deviceId,
});

export const refusalAt = (at: number, more: Partial<Refusal> = {}): Refusal => ({
	count: 1,
	at,
	until: at + 2 * MINUTE,
	code: 400,
	tried: 'none',
	...more,
});

export const manager = (): SessionManager => SessionManager.of(options);

/** A process that has just started. */
export function newProcess(): SessionManager {
	forgetSessions();
	return manager();
}

export const failed = async (work: Promise<unknown>): Promise<DsmError> => {
	const outcome = await work.catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(DsmError);
	return outcome as DsmError;
};

export const NOT_ENDED = 'A login of n8n to the NAS was begun and has not ended';
