import { triedVersions } from '../../n8n-host/tried';
import { OLDEST } from '../../n8n-host/versions';
import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { certificate, DEFAULT_ACCOUNT, startNas, wallClock, type Nas } from '../../simulator';
import {
	credentialData,
	everythingKept,
	fastNas,
	operationWorkflow,
	pollingOften,
	runOperation,
	PACKAGE,
	ROOT,
	stageWith,
	type Stage,
} from './support';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const tasks = () => {
	const now = Date.now();
	return [
		{
			id: 1,
			name: 'Nightly',
			durationSeconds: 7200,
			lastRun: { result: 'done', endedAt: now - 3_600_000 },
		},
		{ id: 2, name: 'Remote', lastRun: { result: 'suspend', endedAt: now - 7_200_000 } },
		{
			id: 3,
			name: 'Quick',
			durationSeconds: 120,
			lastRun: { result: 'done', endedAt: now - 7_200_000 },
		},
	];
};

describe.each(triedVersions(process.env))('in the real n8n %s', (version) => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;

	beforeAll(async () => {
		// At debug level, so that the last test can search everything n8n may log for secrets.
		stage = await stageWith(version, { N8N_LOG_LEVEL: 'debug' });
		nas = await fastNas({ tasks: tasks() });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const operate = async (parameters: Record<string, unknown>) =>
		await runOperation(stage, credentialId, parameters);

	test('both nodes are there, with codex and icons', async () => {
		const types = (await (await stage.rest.raw('/types/nodes.json')).json()) as Array<{
			name: string;
			codex?: { categories?: string[]; alias?: string[] };
			iconUrl?: { light: string; dark: string };
		}>;
		for (const name of ['hyperBackup', 'hyperBackupTrigger', 'hyperBackupTool']) {
			const type = types.find((candidate) => candidate.name === `${PACKAGE}.${name}`);
			expect(type).toBeDefined();
			if (name === 'hyperBackupTool') continue;
			expect(type!.codex).toMatchObject({
				categories: ['Data & Storage', 'Utility'],
				alias: expect.arrayContaining(['NAS', 'Backup']),
			});
			for (const icon of [type!.iconUrl!.light, type!.iconUrl!.dark]) {
				const answer = await stage.rest.raw(`/${icon}`);
				expect(answer.headers.get('content-type')).toContain('image/svg');
			}
		}
		const credentials = (await (await stage.rest.raw('/types/credentials.json')).json()) as Array<{
			name: string;
			supportedNodes?: string[];
		}>;
		expect(
			credentials.find(({ name }) => name === 'synologyHyperBackupApi')?.supportedNodes,
		).toEqual(expect.arrayContaining([`${PACKAGE}.hyperBackup`, `${PACKAGE}.hyperBackupTrigger`]));
	});

	describe('the credential test', () => {
		const outcome = async (data: Record<string, unknown>) => {
			const id = await stage.rest.createCredential('Test', data);
			return await stage.rest.testCredential(id, 'Test', data);
		};

		test('logs in and lists the tasks', async () => {
			nas.resetRequests();
			expect(await outcome(credentialData(nas))).toMatchObject({ status: 'OK' });
			expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
			expect(nas.count('SYNO.Backup.Task', 'list')).toBe(1);
		});

		test('of the documented dialect too', async () => {
			const other = await fastNas({ dialect: 'documented', tasks: tasks() });
			expect(await outcome(credentialData(other))).toMatchObject({ status: 'OK' });
			expect(other.count('SYNO.Backup.Task', 'List')).toBe(1);
			await other.close();
		});

		test('a wrong password makes exactly one attempt, and says so in words', async () => {
			const other = await fastNas();
			const { status, message } = await outcome(credentialData(other, { password: 'wrong' }));
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringContaining('no such account, or the password is wrong'),
			});
			expect(other.sessions.attempts).toHaveLength(1);
			await other.close();
		});

		test.each([
			['a two-factor code is needed', { otpSecret: 'JBSWY3DPEHPK3PXP' }, {}, 'two-factor code'],
			['the account is disabled', { disabled: true }, {}, 'disabled'],
			['the account may not sign in', { dsmPrivilege: false }, {}, 'not allowed to sign in to DSM'],
			[
				'the account has no permission to use Hyper Backup',
				{ administrator: false },
				{},
				'no permission to use Hyper Backup',
			],
			[
				'Hyper Backup is not installed',
				{},
				{ hyperBackup: 'missing' as const },
				'Hyper Backup is not installed',
			],
		])('%s', async (_what, account, options, words) => {
			const other = await fastNas({ accounts: [{ ...DEFAULT_ACCOUNT, ...account }], ...options });
			expect(await outcome(credentialData(other))).toEqual({
				status: 'Error',
				message: expect.stringContaining(words),
			});
			await other.close();
		});

		test('the address of this host is blocked', async () => {
			const other = await fastNas();
			other.sessions.blocked.add('127.0.0.1');
			expect(await outcome(credentialData(other))).toEqual({
				status: 'Error',
				message: expect.stringContaining('blocked this host'),
			});
			await other.close();
		});

		test.each([
			['a web page', 'html', 'web page responded'],
			['other JSON', 'otherJson', 'Something other than DSM'],
		] as const)('%s answers instead of DSM', async (_what, kind, words) => {
			const other = await fastNas();
			other.fault({ kind });
			expect(await outcome(credentialData(other))).toEqual({
				status: 'Error',
				message: expect.stringContaining(words),
			});
			await other.close();
		});

		test('TLS refused, host not found, connection refused, address without https', async () => {
			const secure = await fastNas({ tls: true });
			expect((await outcome(credentialData(secure))).message).toContain('self-signed');
			expect((await outcome(credentialData(secure, { allowUnauthorizedCerts: true }))).status).toBe(
				'OK',
			);
			await secure.close();
			expect(
				(await outcome(credentialData({ url: 'http://no-such-nas.invalid:5000' }))).message,
			).toContain('was not found');
			expect((await outcome(credentialData({ url: 'http://127.0.0.1:9' }))).message).toContain(
				'refused the connection',
			);
			expect((await outcome(credentialData({ url: 'nas.example.com' }))).message).toContain(
				'must start with https',
			);
		});
	});

	test('the list behind the resource locator', async () => {
		expect(await stage.rest.listSearch('searchTasks', credentialId)).toEqual([
			{ name: 'Nightly', value: '1' },
			{ name: 'Quick', value: '3' },
			{ name: 'Remote', value: '2' },
		]);
		expect(await stage.rest.listSearch('searchTasks', credentialId, 'night')).toHaveLength(1);
	});

	test('all seven operations, each with one request once a session is there, two where the state is read first', async () => {
		await operate({ operation: 'getAll', returnAll: true });
		const counted: Record<string, number> = {};
		const counting = async (name: string, parameters: Record<string, unknown>) => {
			nas.resetRequests();
			const result = await operate({ operation: name, ...parameters });
			expect(result.execution).toMatchObject({ status: 'success' });
			counted[name] = nas.requests.length;
			return result.items;
		};
		expect(await counting('getAll', { returnAll: true })).toHaveLength(3);
		expect(await counting('get', { taskId: byId('1') })).toMatchObject([
			{ name: 'Nightly', source_folders: ['/volume1/homes'] },
		]);
		expect(await counting('run', { taskId: byId('1') })).toEqual([
			{ task_id: '1', name: 'Nightly', success: true },
		]);
		await until('the transfer to begin', () => nas.task(1).canSuspend);
		expect(await counting('getStatus', { taskId: byId('1') })).toMatchObject([
			{ status: 'running', progress: expect.any(Number) },
		]);
		expect(await counting('suspend', { taskId: byId('1') })).toEqual([
			{ task_id: '1', name: 'Nightly', success: true },
		]);
		expect(await counting('resume', { taskId: byId('2') })).toEqual([
			{ task_id: '2', name: expect.any(String) as string, success: true },
		]);
		expect(await counting('cancel', { taskId: byId('2') })).toEqual([
			{ task_id: '2', name: expect.any(String) as string, success: true },
		]);
		expect(counted).toEqual({
			getAll: 1,
			get: 1,
			getStatus: 1,
			run: 2,
			suspend: 2,
			resume: 2,
			cancel: 2,
		});
		expect(nas.task(2).result).toBe('cancel');
	});

	/** n8n's HTTP Request node with our credential. */
	const request = async (id: string, query: string) => {
		const node = {
			id: 'r',
			name: 'Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				url: `${nas.url}/webapi/entry.cgi?${query}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'synologyHyperBackupApi',
				options: {},
			},
			credentials: { synologyHyperBackupApi: { id, name: 'NAS' } },
		};
		const start = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflow = await stage.rest.createWorkflow({
			name: 'Request',
			nodes: [start, node],
			connections: { Start: { main: [[{ node: 'Request', type: 'main', index: 0 }]] } },
		});
		return await stage.rest.run(workflow, 'Start');
	};

	test("n8n's HTTP Request node calls another DSM API with our credential and its session", async () => {
		const { status, runData } = await request(
			credentialId,
			'api=SYNO.DSM.Info&version=2&method=getinfo',
		);
		expect(status).toBe('success');
		expect(runData.Request![0]!.data!.main[0]![0]!.json).toMatchObject({ success: true });
	});

	test("with a read-only credential neither our node nor n8n's HTTP Request node changes anything, and both read", async () => {
		const readOnly = await stage.rest.createCredential(
			'Read only',
			credentialData(nas, { readOnly: true }),
		);
		const started = () => nas.history.filter(({ kind }) => kind === 'started').length;
		const before = started();
		const run = await stage.rest.run(
			await stage.rest.createWorkflow(
				operationWorkflow(readOnly, { operation: 'run', taskId: byId('1') }),
			),
			'Start',
		);
		expect(run.error?.message).toBe('The backup was not started: the credential is read-only');
		const sent = await request(readOnly, 'api=SYNO.Backup.Task&version=1&method=backup&task_id=1');
		expect(JSON.stringify(sent.error)).toContain('The credential is read-only');
		expect(started()).toBe(before);
		const read = await request(readOnly, 'api=SYNO.Backup.Task&version=1&method=list');
		expect(read.runData.Request![0]!.data!.main[0]![0]!.json).toMatchObject({ success: true });
	});

	test('what DSM refuses is an error in words', async () => {
		const { execution } = await operate({ operation: 'resume', taskId: byId('3') });
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toContain("Task '3' was not resumed: it is not suspended");
	});

	test('the example that runs a backup reports its outcome', async () => {
		const workflow = exampleWorkflow(ROOT, 'run-and-notify.json', {
			credentialId,
			sendTo: `${stage.receiver.url}/outcome`,
		});
		const text = JSON.stringify(workflow).replaceAll('Nightly to USB', 'Quick');
		const id = await stage.rest.createWorkflow(JSON.parse(text) as Record<string, unknown>);
		await stage.rest.run(id, 'Start');
		expect((await stage.receiver.next('/outcome')).body).toMatchObject({
			title: expect.stringMatching(/^Backup succeeded/),
			message: expect.stringContaining('Quick'),
		});
	});

	test('the trigger reports a backup that fails, and after kill -9 one that failed while n8n was down, once each', async () => {
		const example = exampleWorkflow(ROOT, 'alert-on-failure.json', {
			credentialId,
			sendTo: `${stage.receiver.url}/alert`,
		});
		const id = await stage.rest.createWorkflow(pollingOften(example));
		await stage.rest.activate(id);
		const alerts = () =>
			stage.receiver.received.filter(({ path }) => path === '/alert').map(({ body }) => body);
		await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		nas
			.task('Quick')
			.willEnd({ result: 'failed', errorCode: 4467 }, { result: 'failed', errorCode: 4408 });
		nas.task('Quick').accept();
		await until('the first alert', () => alerts().length >= 1);
		expect(alerts()[0]).toMatchObject({ message: expect.stringMatching(/Quick.*code 4467/) });

		await stage.n8n.stop('SIGKILL');
		nas.task('Quick').accept();
		await until(
			'the second failure',
			() =>
				nas.history.filter(({ kind, result }) => kind === 'finished' && result === 'failed')
					.length === 2,
		);
		nas.resetRequests();
		await stage.n8n.start();
		await until('the second alert', () => alerts().length >= 2);
		expect(alerts()[1]).toMatchObject({ message: expect.stringContaining('code 4408') });
		// The session n8n kept serves the new process: no login at all.
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(0);
		await stage.rest.login();
		const listed = nas.count('SYNO.Backup.Task', 'list');
		await until('one more poll', () => nas.count('SYNO.Backup.Task', 'list') > listed);
		expect(alerts()).toHaveLength(2);
	});

	test('a two-factor account over TLS with the pasted certificate: test, operation, and none of its secrets anywhere', async () => {
		const own = await certificate();
		const otpSecret = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';
		const secure = await startNas({
			clock: wallClock(1),
			tls: own,
			accounts: [{ ...DEFAULT_ACCOUNT, otpSecret }],
			tasks: tasks(),
		});
		const data = credentialData(secure, { otpSecret, caCertificate: own.cert });
		const id = await stage.rest.createCredential('Two-factor', data);
		const tested = await stage.rest.testCredential(id, 'Two-factor', data);
		if (version === OLDEST) {
			// This n8n gives no certificate to its HTTP client: refused, and said why, instead of
			// connecting unverified.
			expect(tested).toMatchObject({
				status: 'Error',
				message: expect.stringContaining("n8n 2.8 and older ignore 'CA Certificate'"),
			});
			expect(secure.requests).toHaveLength(0);
			await secure.close();
			return;
		}
		expect(tested).toMatchObject({ status: 'OK' });
		const workflow = await stage.rest.createWorkflow(
			operationWorkflow(id, { operation: 'getAll', returnAll: true }),
		);
		expect(await stage.rest.run(workflow, 'Start')).toMatchObject({ status: 'success' });
		secure.sessions.expire();
		const failing = await stage.rest.createWorkflow(
			operationWorkflow(id, { operation: 'get', taskId: byId('99') }),
		);
		expect((await stage.rest.run(failing, 'Start')).error?.message).toContain(
			"There is no task with ID '99' on this NAS",
		);
		const logins = secure.requests
			.filter(({ apiMethod }) => apiMethod === 'login')
			.map(({ params }) => params);
		const codes = logins.flatMap(({ otp_code: code }) => code ?? []);
		const devices = logins.flatMap(({ device_id: device }) => device ?? []);
		expect(codes).toHaveLength(1);
		expect(devices.length).toBeGreaterThanOrEqual(1);
		// A code of six digits alone may stand in any number, so the search is for the value of a
		// field.
		const secrets = [
			otpSecret,
			...devices,
			...secure.sessions.open.flatMap(({ sid, token }) => [sid, token]),
			...codes.flatMap((code) => [`otp_code=${code}`, `"${code}"`]),
		];
		const kept = everythingKept(stage.n8n.folder);
		for (const secret of secrets) {
			expect(kept.filter(({ bytes }) => bytes.includes(secret)).map(({ file }) => file)).toEqual(
				[],
			);
			expect(stage.n8n.log).not.toContain(secret);
			expect(secure.requests.map(({ url }) => decodeURIComponent(url)).join('\n')).not.toContain(
				secret,
			);
		}
		await secure.close();
	});

	test('the password and the session are in no execution, log, database or URL', async () => {
		const secrets = [
			DEFAULT_ACCOUNT.password,
			encodeURIComponent(DEFAULT_ACCOUNT.password),
			...nas.sessions.open.flatMap(({ sid, token }) => [sid, token]),
		];
		expect(secrets.length).toBeGreaterThanOrEqual(4);
		const kept = everythingKept(stage.n8n.folder);
		expect(kept.some(({ file }) => file.includes('database.sqlite'))).toBe(true);
		for (const secret of secrets) {
			expect(kept.filter(({ bytes }) => bytes.includes(secret)).map(({ file }) => file)).toEqual(
				[],
			);
			expect(stage.n8n.log).not.toContain(secret);
			expect(nas.requests.map(({ url }) => decodeURIComponent(url)).join('\n')).not.toContain(
				secret,
			);
		}
		expect(JSON.stringify(await stage.rest.credential(credentialId))).not.toContain(
			nas.sessions.open[0]!.sid,
		);
	});
});
