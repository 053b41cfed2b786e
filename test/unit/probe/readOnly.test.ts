import * as fc from 'fast-check';
import { READ_CALLS } from '../../../nodes/HyperBackup/dsm/session/readCalls';
import type { Nas, NasOptions, Recorded } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';
import { Recorder } from '../../../tools/probe/connection/Recorder';
import { probed } from './support/probing';
import { office, VAULT } from './support/profiles';

afterEach(closeAll);

const SESSION: Record<string, string[]> = {
	'SYNO.API.Auth': ['login', 'logout'],
	'SYNO.API.Info': ['query'],
};

/** What a request asks for, each member of a compound by itself. */
function callsIn({ api, apiMethod, params }: Recorded): Array<Record<string, unknown>> {
	if (api !== 'SYNO.Entry.Request') return [{ ...params, api, method: apiMethod }];
	return JSON.parse(params.compound!) as Array<Record<string, unknown>>;
}

const allCalls = (nas: Nas) => nas.requests.flatMap(callsIn);

const named = (calls: Array<Record<string, unknown>>): string[] =>
	calls.map(({ api, method }) => `${String(api)} ${String(method)}`);

const ALLOWED = Object.entries({ ...READ_CALLS, ...SESSION }).flatMap(([api, methods]) =>
	[...methods, ...(SESSION[api] ?? [])].map((method) => `${api} ${method}`),
);

describe.each<[string, NasOptions]>([
	['DSM 6.2', { dsm: '6.2' }],
	['DSM 7.4 with Vault', { dsm: '7.4', vault: VAULT }],
	['the documented API', { dialect: 'documented' }],
	['Vault alone', { hyperBackup: 'missing', vault: VAULT }],
])('on %s the probe', (_name, options) => {
	test('sends nothing but what reads, and its login and logout', async () => {
		const { nas } = await givenNas(office(options));
		const before = JSON.stringify(nas.history);
		await probed(nas, { mayReachDestinations: true });
		expect(named(allCalls(nas)).filter((call) => !ALLOWED.includes(call))).toEqual([]);
		expect(nas.requests.length).toBeGreaterThan(10);
		expect(JSON.stringify(nas.history)).toBe(before);
	});

	test('leaves the destinations alone without --destinations', async () => {
		const { nas } = await givenNas(office(options));
		await probed(nas);
		const calls = allCalls(nas);
		expect(named(calls)).not.toContain('SYNO.Backup.Target get');
		const online = calls.flatMap(({ blOnline }) => (blOnline === undefined ? [] : [blOnline]));
		expect(online.filter((value) => String(value) !== 'false')).toEqual([]);
	});

	test('ends its session', async () => {
		const { nas } = await givenNas(office(options));
		await probed(nas);
		expect(nas.requests.at(-1)).toMatchObject({ apiMethod: 'logout', code: 0 });
	});
});

test('no password, session or token is in an address', async () => {
	const { nas } = await givenNas(office());
	await probed(nas);
	expect(nas.requests.filter(({ url }) => /passw|_sid|token|otp/i.test(url))).toEqual([]);
});

test('with --destinations, only Target get is added', async () => {
	const { nas } = await givenNas(office());
	await probed(nas);
	const without = new Set(named(allCalls(nas)));
	await probed(nas, { mayReachDestinations: true });
	expect(named(allCalls(nas)).filter((call) => !without.has(call))).toEqual([
		'SYNO.Backup.Target get',
	]);
});

test('whatever else is handed to the network is refused before it is sent', async () => {
	const apis = [...Object.keys(READ_CALLS), 'SYNO.API.Auth', 'SYNO.Entry.Request', 'SYNO.Other'];
	const methods = ['backup', 'cancel', 'set', 'delete', 'create', 'Run', 'error_detect', 'LIST'];
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...apis),
			fc.oneof(fc.constantFrom(...methods), fc.string()),
			fc.boolean(),
			async (api, method, inAddress) => {
				fc.pre(!ALLOWED.includes(`${api} ${method}`));
				let sent = 0;
				const recorder = new Recorder(async () => await Promise.reject(new Error(`${++sent}`)));
				const fields = { api, method, version: '1' };
				const request = {
					url: 'http://nas.example.com:5000/webapi/entry.cgi',
					...(inAddress
						? { method: 'GET' as const, qs: fields }
						: { method: 'POST' as const, body: new URLSearchParams(fields) }),
				};
				await expect(recorder.send(request)).rejects.toThrow('read-only');
				expect(sent).toBe(0);
			},
		),
		{ numRuns: 500 },
	);
});

test('a second call beside an allowed one does not pass either', async () => {
	const recorder = new Recorder(async () => await Promise.reject(new Error('sent')));
	const body = new URLSearchParams('api=SYNO.API.Auth&method=login&api=SYNO.Backup.Task');
	const url = 'http://nas.example.com:5000/webapi/entry.cgi';
	await expect(recorder.send({ method: 'POST', url, body })).rejects.toThrow('read-only');
});
