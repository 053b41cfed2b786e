import type { IHttpRequestOptions } from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../../credentials/SynologyHyperBackupApi.credentials';
import { type Nas, type NasOptions } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const READING = [
	'list',
	'get',
	'status',
	'query',
	'getinfo',
	'login',
	'logout',
	'request',
	'List',
	'Get',
	'GetStatus',
];

async function givenReadOnly(options: NasOptions = {}) {
	const { nas } = await givenNas({
		tasks: [
			{ id: 1, name: 'Nightly', durationSeconds: 3600 },
			{ id: 2, name: 'Remote', lastRun: { result: 'suspend', endedAt: Date.UTC(2026, 10, 24) } },
		],
		...options,
	});
	return { nas, credentials: credentialsFor(nas, { readOnly: true }) };
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const sent = (nas: Nas) => nas.requests.map(({ apiMethod }) => apiMethod);

describe.each(['dsm', 'documented'] as const)(
	'a read-only credential on a NAS with the %s dialect',
	(dialect) => {
		test.each([
			['run', '1', 'started'],
			['cancel', '1', 'canceled'],
			['suspend', '1', 'suspended'],
			['resume', '2', 'resumed'],
			['discard', '2', 'discarded'],
		])('%s is refused before anything is sent', async (operation, task, done) => {
			const { nas, credentials } = await givenReadOnly({ dialect });
			nas.task(1).accept();
			nas.advance({ seconds: 600 });
			const { error } = await runNode(credentials, { operation, taskId: byId(task) });
			expect(error?.message).toBe(`The backup was not ${done}: the credential is read-only`);
			expect(error?.description).toContain("switch off 'Read Only'");
			expect(nas.requests).toEqual([]);
		});

		test('reads everything there is to read', async () => {
			const { nas, credentials } = await givenReadOnly({ dialect });
			for (const parameters of [
				{ operation: 'getAll' },
				{ operation: 'get', taskId: byId('1') },
				{ operation: 'getStatus', taskId: byId('1') },
				{ resource: 'nas', operation: 'diagnose' },
			]) {
				const { error, items } = await runNode(credentials, parameters);
				expect(error).toBeUndefined();
				expect(items.length).toBeGreaterThan(0);
			}
			expect(sent(nas).filter((method) => !READING.includes(method))).toEqual([]);
		});
	},
);

describe('with a read-only credential, Wait for Completion', () => {
	test.each(['onTimeLimit', 'onStop'])(
		'is refused where %s would cancel the backup',
		async (option) => {
			const { nas, credentials } = await givenReadOnly();
			const { error } = await runNode(credentials, {
				operation: 'waitForCompletion',
				taskId: byId('1'),
				options: { [option]: 'cancel' },
			});
			expect(error?.message).toContain("'On Time Limit' and 'On Stop' must be 'Leave It Running'");
			expect(nas.requests).toEqual([]);
		},
	);
});

describe("n8n's HTTP Request node with a read-only credential", () => {
	const { authenticate } = new SynologyHyperBackupApi() as unknown as {
		authenticate: (data: object, request: object) => Promise<IHttpRequestOptions>;
	};
	const task = 'api=SYNO.Backup.Task&version=1';
	const compound = (...methods: string[]) =>
		JSON.stringify(
			methods.map((method) => ({ api: 'SYNO.Backup.Task', version: 1, method, task_id: 1 })),
		);

	const attempt = async (request: (url: string) => object) => {
		const { nas, credentials } = await givenReadOnly();
		await runNode(credentials, { operation: 'getAll' });
		return await authenticate(credentials.stored, request(`${nas.url}/webapi/entry.cgi`));
	};

	test.each<[string, (url: string) => object]>([
		['in the address', (url) => ({ url: `${url}?${task}&method=list` })],
		[
			'as query parameters',
			(url) => ({ url, qs: { api: 'SYNO.DSM.Info', version: 2, method: 'getinfo' } }),
		],
		[
			'as form fields',
			(url) => ({
				method: 'POST',
				uri: url,
				form: { api: 'SYNO.Backup.Task', version: '1', method: 'status', task_id: '1' },
			}),
		],
		[
			'as an encoded body',
			(url) => ({ method: 'POST', url, body: `${task}&method=get&task_id=1` }),
		],
		[
			'several in one',
			(url) => ({
				method: 'POST',
				url,
				body: new URLSearchParams({
					api: 'SYNO.Entry.Request',
					version: '1',
					method: 'request',
					compound: compound('list', 'status'),
				}),
			}),
		],
	])('gets the session for a call that reads: %s', async (_where, request) => {
		expect((await attempt(request)).headers).toHaveProperty('Cookie');
	});

	test.each<[string, (url: string) => object]>([
		['in the address', (url) => ({ url: `${url}?${task}&method=backup&task_id=1` })],
		['as query parameters', (url) => ({ url, qs: { method: 'delete', task_id_list: '[1]' } })],
		['as form fields', (url) => ({ method: 'POST', uri: url, form: { method: 'cancel' } })],
		[
			'as an encoded body',
			(url) => ({ method: 'POST', url, body: `${task}&method=discard&task_id=1` }),
		],
		[
			'under another spelling',
			(url) => ({ url, qs: { method: 'list' }, body: { Method: 'backup' } }),
		],
		[
			'behind a call that reads',
			(url) => ({ method: 'POST', url: `${url}?${task}&method=list`, body: { method: 'backup' } }),
		],
		[
			'hidden in several',
			(url) => ({
				method: 'POST',
				url,
				body: new URLSearchParams({
					api: 'SYNO.Entry.Request',
					version: '1',
					method: 'request',
					compound: compound('list', 'backup'),
				}),
			}),
		],
		[
			'hidden in several of several',
			(url) => ({
				url,
				qs: {
					api: 'SYNO.Entry.Request',
					method: 'request',
					compound: JSON.stringify([
						{ api: 'SYNO.Entry.Request', method: 'request', compound: compound('backup') },
					]),
				},
			}),
		],
		[
			'in several that cannot be read',
			(url) => ({ url, qs: { api: 'SYNO.Entry.Request', method: 'request', compound: '[{' } }),
		],
		[
			'in a body that cannot be read',
			(url) => ({
				method: 'POST',
				url: `${url}?${task}&method=list`,
				body: Buffer.from('method=backup'),
			}),
		],
		[
			'in a multipart body',
			(url) => ({
				method: 'POST',
				url: `${url}?${task}&method=list`,
				body: '--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nbackup',
			}),
		],
		['with no method at all', (url) => ({ url })],
		['with a method nobody knows', (url) => ({ url, qs: { method: 'purge' } })],
		[
			'with a reading method of an API that acts on it',
			(url) => ({ url, qs: { api: 'SYNO.Core.Package.Uninstallation', method: 'list' } }),
		],
		[
			'that makes DSM connect to a destination',
			(url) => ({ url: `${url}?${task}&method=status&task_id=1&blOnline=true` }),
		],
		[
			'of several, one of which makes DSM connect',
			(url) => ({
				url,
				qs: {
					api: 'SYNO.Entry.Request',
					method: 'request',
					compound: '[{"api":"SYNO.Backup.Task","method":"status","blOnline":true}]',
				},
			}),
		],
		[
			'with a separator that some servers know',
			(url) => ({ url: `${url}?${task}&method=list&x=1;method=backup` }),
		],
		[
			'with a line break in a name',
			(url) => ({ url: `${url}?${task}&meth%0aod=backup&method=list` }),
		],
		['with brackets in a name', (url) => ({ url, qs: { 'method[]': 'backup' } })],
		[
			'in a JSON body',
			(url) => ({
				method: 'POST',
				url: `${url}?${task}&method=list`,
				headers: { 'Content-Type': 'application/json' },
				body: '{"method":"backup"}',
			}),
		],
		[
			'for another host name behind the same address',
			(url) => ({ url: `${url}?${task}&method=list`, headers: { host: 'other' } }),
		],
		[
			'whose path names another API',
			(url) => ({ url: `${url}/SYNO.Backup.Config?${task}&method=list` }),
		],
	])('gets none for a call that could change something: %s', async (_where, request) => {
		await expect(attempt(request)).rejects.toThrow(
			'The credential is read-only, and this request could change something',
		);
	});
});

test.each([true, 'true', 1, 'yes', 0, null])(
	'Read Only as %p, which an expression may resolve to, is on',
	async (readOnly) => {
		const { nas } = await givenReadOnly();
		const credentials = credentialsFor(nas, { readOnly: readOnly as true });
		const { error } = await runNode(credentials, { operation: 'run', taskId: byId('1') });
		expect(error?.message).toContain('the credential is read-only');
		expect(nas.requests).toEqual([]);
	},
);

test('without Read Only the same account acts', async () => {
	const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
	expect(
		(await runNode(credentials, { operation: 'run', taskId: byId('1') })).error,
	).toBeUndefined();
	expect(nas.task(1).status).toBe('backup');
});
