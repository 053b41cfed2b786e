import fc from 'fast-check';
import { DEFAULT_ACCOUNT, Nas } from '../../../simulator';
import { METHODS } from '../../../simulator/apis/methods';
import { call, closeAll, code, givenNas } from './support/wireClient';

afterEach(closeAll);

const START = Date.UTC(2026, 10, 24, 8);

/** Without sockets: what a call gives, whatever is in it. */
function asker(nas: Nas): (form: Record<string, string>) => Record<string, unknown> | string {
	const send = (form: Record<string, string>, headers = {}): string =>
		nas.respond({
			method: 'POST',
			url: new URL('http://nas/webapi/entry.cgi'),
			headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
			body: new URLSearchParams(form).toString(),
			remote: '127.0.0.1',
		}).text;
	const { name: account, password: passwd } = DEFAULT_ACCOUNT;
	const login = { api: 'SYNO.API.Auth', version: '7', method: 'login', account, passwd };
	const { sid } = (JSON.parse(send(login)) as { data: { sid: string } }).data;
	return (form) => {
		const text = send({ _sid: sid, ...form });
		return text === '' ? '' : (JSON.parse(text) as Record<string, unknown>);
	};
}

/** Every method that there is, and one that is not. */
const CALLS = Object.entries(METHODS).flatMap(([api, methods]) =>
	[...Object.entries(methods), ['toString', { versions: [1] }] as const].flatMap(
		([method, { versions }]) =>
			versions.map((version) => ({ api, method, version: String(version) })),
	),
);
const value = fc.oneof(
	fc.constantFrom('1', '"1"', '"vm"', '99', '-1', 'null', 'true', '[]', '{}', '[1]', '["homes"]'),
	fc.constantFrom('"/x"', '"homes/anna"', '"HyperBackup-backend"', '"__proto__"', '""', '', '{'),
	fc.string({ maxLength: 12 }),
);
const NAMES = [
	...['task_id', 'version_id', 'node', 'source_path', 'dest_path', 'backend', 'offset', 'limit'],
	...['additional', 'compound', 'task_state', 'task_id_list', 'target_id', 'download_ids', 'name'],
	...['target_type', 'transfer_type', 'filter_keyword', 'sort_direction', 'is_remove_data'],
];
const params = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 8 });

test.each([true, false])(
	'whatever is sent, a call succeeds or is refused with a number (lenient: %s)',
	(lenientQuoting) => {
		const nas = new Nas({
			lenientQuoting,
			vault: { targets: [{ id: 1, name: 'x' }] },
			tasks: [
				{
					id: 1,
					name: 'A',
					pastVersions: 3,
					lastRun: { result: 'done', endedAt: START, version: 5 },
				},
				{ id: 'vm', name: 'vm', type: 'loclunbkp' },
				{ id: '__proto__', name: '__proto__', type: 'netlunbkp' },
			],
		});
		const ask = asker(nas);
		let succeeded = 0;
		fc.assert(
			fc.property(fc.constantFrom(...CALLS), params, (one, more) => {
				nas.advance({ seconds: 1 });
				const response = ask({ ...more, ...one });
				if (response === '') return;
				const { success, error } = response as { success: boolean; error?: { code: number } };
				if (success) succeeded++;
				else expect(error!.code).toBeGreaterThanOrEqual(100);
			}),
			{ numRuns: 4000 },
		);
		expect(succeeded).toBeGreaterThan(400);
	},
);

describe('switches for what no capture shows', () => {
	const compound = JSON.stringify([
		{ api: 'SYNO.Backup.Task', version: 1, method: 'status', task_id: 99 },
		{ api: 'SYNO.Backup.Task', version: 1, method: 'list' },
	]);

	test.each([
		['omit', 1],
		['run', 2],
	] as const)('after a failed member the others: %s', async (compoundAfterError, length) => {
		const nas = await givenNas({ unknowns: { compoundAfterError } });
		const request = { compound, stop_when_error: 'true' };
		const { data } = await call(nas, 'request', request, { api: 'SYNO.Entry.Request' });
		expect(data).toMatchObject({ has_fail: true });
		expect(data!.result).toHaveLength(length);
	});

	test('without stop_when_error every member is carried out', async () => {
		const nas = await givenNas();
		const request = { compound, stop_when_error: 'false' };
		const { data } = await call(nas, 'request', request, { api: 'SYNO.Entry.Request' });
		expect(data!.result).toHaveLength(2);
	});

	test.each([
		['refuse', 4400],
		['empty', 0],
	] as const)('the history of a version: %s', async (unseenResponse, expected) => {
		const nas = await givenNas({ unknowns: { unseenResponse } });
		const params = { task_id: '1', version_id: '"1"' };
		const api = { api: 'SYNO.Backup.Version.History' };
		expect(await code(call(nas, 'get', params, api))).toBe(expected);
	});
});
