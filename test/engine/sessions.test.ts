import { DEFAULT_ACCOUNT, certificate, type TaskSpec } from '../../simulator';
import { runNode, searchTasks, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const tasks: TaskSpec[] = [
	{ id: 1, name: 'Nightly', durationSeconds: 600 },
	{ id: 2, name: 'Remote', lastRun: { result: 'suspend', endedAt: Date.UTC(2026, 10, 20) } },
];
const one = { __rl: true, mode: 'id', value: '1' };
const two = { __rl: true, mode: 'id', value: '2' };

describe('requests on the wire', () => {
	test.each([
		['dsm', 'getAll', 4],
		['dsm', 'run', 4],
		// Two more: list is missing, and the token is known to arrive.
		['documented', 'getAll', 5],
	] as const)(
		'the first operation of a process (%s dialect, %s): at most 5',
		async (dialect, operation, requests) => {
			const { nas, credentials } = await givenNas({ dialect, tasks });
			await runNode(credentials, { operation, taskId: one });
			expect(nas.requests).toHaveLength(requests);
		},
	);

	test.each(['dsm', 'documented'] as const)(
		'every further one: 1, an action 2 (%s dialect)',
		async (dialect) => {
			const { nas, credentials } = await givenNas({ dialect, tasks });
			await runNode(credentials, { operation: 'getAll' });
			const counts: Record<string, number> = {};
			for (const [operation, taskId] of [
				['getAll', undefined],
				['get', one],
				['getStatus', one],
				['run', one],
				['suspend', one],
				['cancel', one],
				['resume', two],
			] as const) {
				if (operation === 'suspend') nas.advance({ seconds: 300 });
				if (operation === 'cancel') nas.task(1).resume();
				nas.resetRequests();
				const { error } = await runNode(credentials, { operation, ...(taskId ? { taskId } : {}) });
				expect(error).toBeUndefined();
				counts[operation] = nas.requests.length;
			}
			expect(counts).toEqual({
				getAll: 1,
				get: 1,
				getStatus: 1,
				// The name of a task that was chosen by its ID.
				run: 2,
				suspend: 2,
				cancel: 2,
				resume: 2,
			});
		},
	);

	test('10 items through one node: 10, and the credential is read for each, as it may have an expression', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getStatus', taskId: one });
		nas.resetRequests();
		credentials.reads = 0;
		const { items } = await runNode(
			credentials,
			{ operation: 'getStatus', taskId: one },
			{ items: Array.from({ length: 10 }, () => ({})) },
		);
		expect(items).toHaveLength(10);
		expect(nas.requests).toHaveLength(10);
		expect(credentials.reads).toBe(10);
	});
});

describe('a session', () => {
	test('is kept by n8n and used by the next process without a login', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'run', taskId: one });
		const { writes } = credentials;
		newProcess();
		nas.resetRequests();
		await runNode(credentials, { operation: 'getStatus', taskId: two });
		expect(nas.count('SYNO.API.Auth')).toBe(0);
		expect(credentials.writes).toBe(writes);
	});

	test.each([106, 107, 119] as const)(
		'that DSM ended with %i is replaced once, and the call repeated once',
		async (code) => {
			const { nas, credentials } = await givenNas({ tasks });
			await runNode(credentials, { operation: 'getAll' });
			nas.sessions.expire(code);
			nas.resetRequests();
			const { items, error } = await runNode(credentials, { operation: 'getStatus', taskId: two });
			expect(error).toBeUndefined();
			expect(items[0]!.json.status).toBe('suspended');
			expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
			expect(nas.count('SYNO.Backup.Task', 'status')).toBe(2);
		},
	);

	test('that is refused again after a renewal is not renewed again', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({ kind: 'code', code: 119, api: 'SYNO.Backup.Task' });
		nas.resetRequests();
		const { error } = await runNode(credentials, { operation: 'getStatus', taskId: one });
		expect(error?.message).toContain('does not accept the session');
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('105 is a missing right: no new login', async () => {
		const { nas, credentials } = await givenNas({
			tasks,
			accounts: [{ ...DEFAULT_ACCOUNT, administrator: false }],
		});
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error).toMatchObject({
			message: 'The account has no permission to use Hyper Backup',
			httpCode: '403',
		});
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('that several executions need at once is opened once', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await Promise.all(
			Array.from({ length: 8 }, async () => await runNode(credentials, { operation: 'getAll' })),
		);
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('that several executions find dead at once is replaced once', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		nas.sessions.expire(119);
		nas.resetRequests();
		const all = await Promise.all(
			Array.from({ length: 8 }, async () => await runNode(credentials, { operation: 'getAll' })),
		);
		expect(all.every(({ error }) => error === undefined)).toBe(true);
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('of one NAS never goes to another, nor to another account', async () => {
		const first = await givenNas({ tasks });
		const second = await givenNas({ tasks });
		await runNode(first.credentials, { operation: 'getAll' });
		const [sid] = first.nas.sessions.open.map((session) => session.sid);
		first.credentials.stored.baseUrl = second.nas.url;
		await runNode(first.credentials, { operation: 'getAll' });
		expect(JSON.stringify(second.nas.requests)).not.toContain(sid);
		expect(second.nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('Hyper Backup that was installed meanwhile is found without a new login', async () => {
		const { nas, credentials } = await givenNas({ tasks, hyperBackup: 'stopped' });
		expect((await runNode(credentials, { operation: 'getAll' })).error?.message).toContain(
			'Hyper Backup is not installed',
		);
		nas.setHyperBackup('installed');
		expect((await runNode(credentials, { operation: 'getAll' })).items).toHaveLength(2);
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});
});

describe('a refused login', () => {
	test('is tried once for any number of items and executions, until its pause is over or the credential changes', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.stored.password = 'wrong';
		const first = await runNode(
			credentials,
			{ operation: 'getAll' },
			{ items: Array.from({ length: 10 }, () => ({})), onError: 'continueRegularOutput' },
		);
		expect(first.items).toHaveLength(10);
		expect(
			first.items.every(({ json }) => String(json.error).includes('the password is wrong')),
		).toBe(true);
		const second = await runNode(credentials, { operation: 'getAll' });
		expect(second.error?.description).toContain('does not try this login again before');
		expect(
			(await searchTasks(credentials).catch((error: Error) => error.message)) as string,
		).toContain('the password is wrong');
		expect(nas.sessions.attempts).toHaveLength(1);

		const now = Date.now();
		jest.spyOn(Date, 'now').mockReturnValue(now + 121_000);
		await runNode(credentials, { operation: 'getAll' });
		expect(nas.sessions.attempts).toHaveLength(2);
		jest.spyOn(Date, 'now').mockReturnValue(now + 121_000 + 200_000);
		await runNode(credentials, { operation: 'getAll' });
		expect(nas.sessions.attempts).toHaveLength(2);

		credentials.stored.password = DEFAULT_ACCOUNT.password;
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	});

	test('a failed connection is no refusal', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		nas.fault({ kind: 'http503', api: 'SYNO.API.Auth', times: 1 });
		expect((await runNode(credentials, { operation: 'getAll' })).error?.message).toContain(
			'HTTP 503',
		);
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	});
});

describe('secrets', () => {
	test('the password and the session are in no URL, no error and no execution data', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		const saved: string[] = [];
		const keep = async (run: Promise<{ saved: string }>) => saved.push((await run).saved);
		await keep(runNode(credentials, { operation: 'getAll', simplify: false }));
		await keep(runNode(credentials, { operation: 'get', taskId: one, simplify: false }));
		await keep(
			runNode(credentials, { operation: 'run', taskId: { __rl: true, mode: 'id', value: '99' } }),
		);
		await keep(testEvent(credentials, { events: ['statusChanged'] }));
		const sids = nas.sessions.open.flatMap(({ sid, token }) => [sid, token]);
		for (const kind of [
			'reset',
			'html',
			'truncated',
			'http500',
			'empty200',
			'otherJson',
		] as const) {
			nas.fault({ kind });
			await keep(runNode(credentials, { operation: 'getAll' }));
			nas.clearFaults();
		}
		nas.fault({ kind: 'hang', times: 1 });
		await keep(runNode(credentials, { operation: 'getAll' }));
		newProcess();
		credentials.stored.sessionToken = '';
		nas.fault({ kind: 'reset', api: 'SYNO.API.Auth', times: 1 });
		await keep(runNode(credentials, { operation: 'getAll' }));
		const urls = nas.requests.map(({ url }) => decodeURIComponent(url)).join('\n');
		for (const secret of [
			...sids,
			DEFAULT_ACCOUNT.password,
			encodeURIComponent(DEFAULT_ACCOUNT.password),
		]) {
			expect(secret.length).toBeGreaterThan(8);
			expect(urls).not.toContain(secret);
			expect(saved.join('\n')).not.toContain(secret);
		}
	});

	test('the login is a form POST without a session name', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		const login = nas.requests.find(({ api }) => api === 'SYNO.API.Auth')!;
		expect(login).toMatchObject({
			method: 'POST',
			apiMethod: 'login',
			version: '7',
			params: { account: DEFAULT_ACCOUNT.name, enable_syno_token: 'yes' },
		});
		expect(login.params).not.toHaveProperty('session');
		expect(login.headers['content-type']).toContain('application/x-www-form-urlencoded');
	});
});

describe('what is wrong is said in words', () => {
	const message = async (nas: { url: string }, more: Record<string, string | boolean> = {}) => {
		const { error } = await runNode(credentialsFor(nas, more), {
			operation: 'getAll',
		});
		return `${error?.message} | ${error?.description ?? ''}`;
	};

	test.each([
		['html', /web page responded instead of DSM/],
		['otherJson', /Something other than DSM responded/],
		['truncated', /cut off or damaged/],
		['empty200', /empty response/],
		['http404', /DSM was not found at this address/],
		['http502', /HTTP 502 .* may be starting/],
		['reset', /closed the connection/],
		['hang', /did not respond in time/],
		['slowDrip', /did not respond in time/],
	] as const)('%s', async (kind, expected) => {
		const { nas } = await givenNas({ tasks });
		nas.fault({ kind });
		expect(await message(nas)).toMatch(expected);
	});

	test('a redirect is not followed, and its target is named', async () => {
		const { nas } = await givenNas({ tasks });
		nas.fault({ kind: 'redirect', location: 'https://nas.example.com:5001/webapi/query.cgi?x=y' });
		expect(await message(nas)).toMatch(
			/redirects to another address: https:\/\/nas\.example\.com:5001 \|/,
		);
		expect(nas.requests).toHaveLength(1);
	});

	test('connection refused, and a host that does not exist', async () => {
		expect(await message({ url: 'http://127.0.0.1:9' })).toMatch(/refused the connection/);
		expect(await message({ url: 'http://no-such-nas.invalid:5000' })).toMatch(/was not found/);
	});

	test('a self-signed certificate is refused unless the user chose otherwise', async () => {
		const { nas } = await givenNas({ tasks, tls: true });
		expect(await message(nas)).toMatch(/self-signed/);
		expect(nas.requests).toHaveLength(0);
		const { items } = await runNode(credentialsFor(nas, { allowUnauthorizedCerts: true }), {
			operation: 'getAll',
		});
		expect(items).toHaveLength(2);
	});

	test('an expired certificate, and http where https is spoken', async () => {
		const { nas } = await givenNas({ tasks, tls: await certificate({ expired: true }) });
		expect(await message(nas)).toMatch(/certificate/);
		expect(await message({ url: nas.url.replace('https', 'http') })).toMatch(
			/closed the connection/,
		);
	});

	test('https where http is spoken', async () => {
		const { nas } = await givenNas({ tasks });
		expect(await message({ url: nas.url.replace('http', 'https') })).toMatch(/plain HTTP/);
	});
});
