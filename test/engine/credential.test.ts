import type { IHttpRequestOptions } from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../../credentials/SynologyHyperBackupApi.credentials';
import { DEFAULT_ACCOUNT } from '../../simulator';
import { runNode, searchTasks } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const type = new SynologyHyperBackupApi();
const authenticate = type.authenticate as unknown as (
	data: object,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

describe("the credential for n8n's HTTP Request node", () => {
	test('adds the session as cookie and header, and leaves the URL alone', async () => {
		const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
		await runNode(credentials, { operation: 'getAll' });
		const [session] = nas.sessions.open;
		const url = `${nas.url}/webapi/entry.cgi?api=SYNO.DSM.Info&version=2&method=getinfo`;
		const request = await authenticate(credentials.stored, {
			url,
			headers: { Accept: 'application/json' },
		});
		expect(request).toMatchObject({
			url,
			headers: {
				Accept: 'application/json',
				Cookie: `id=${session!.sid}`,
				'X-SYNO-TOKEN': session!.token,
			},
		});
		const answer = (await (
			await fetch(url, { headers: request.headers as Record<string, string> })
		).json()) as { success: boolean };
		expect(answer.success).toBe(true);
	});

	test('sends the session to no other host', async () => {
		const { credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		await expect(
			authenticate(credentials.stored, { url: 'https://elsewhere.example.com/' }),
		).rejects.toThrow('is for another host');
		await expect(
			authenticate(credentials.stored, { baseURL: 'https://elsewhere.example.com/', url: '/x' }),
		).rejects.toThrow('is for another host');
		const { host, port, hostname } = new URL(String(credentials.stored.baseUrl));
		for (const other of [
			`https://${host}/webapi/entry.cgi`,
			`http://${hostname}:${Number(port) + 1}/webapi/entry.cgi`,
			`http://${host}.example.com/webapi/entry.cgi`,
			`http://${host}@example.com/webapi/entry.cgi`,
			`http://me@${host}/webapi/entry.cgi`,
			`//${host}/webapi/entry.cgi`,
			'/webapi/entry.cgi',
		]) {
			await expect(authenticate(credentials.stored, { url: other })).rejects.toThrow(
				'is for another host',
			);
		}
	});

	test("fits the older helper that n8n's HTTP Request node uses, which calls the address uri", async () => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		const [session] = nas.sessions.open;
		const older = (uri: string) => ({ uri, headers: {} }) as unknown as IHttpRequestOptions;
		expect(
			await authenticate(credentials.stored, older(`${nas.url}/webapi/entry.cgi`)),
		).toMatchObject({ headers: { Cookie: `id=${session!.sid}` } });
		await expect(
			authenticate(credentials.stored, older('https://elsewhere.example.com/')),
		).rejects.toThrow('is for another host');
	});

	test.each([
		['a sign-out page', 'GET', '/webman/logout.cgi'],
		['the REST API of an application', 'GET', '/rest/notes'],
		['a script with a similar name', 'GET', '/webapi/entry.cgi.php'],
		['a path that leaves the web API', 'GET', '/webapi/../webman/entry.cgi'],
		['an encoded path', 'GET', '/webapi/%2e%2e/webman/entry.cgi'],
		['a file below it', 'GET', '/webapi/entry.cgi/a/b'],
		['a verb that DSM does not take', 'DELETE', '/webapi/entry.cgi'],
	] as const)('gives no session to %s (%s %s)', async (_case, method, path) => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		await expect(
			authenticate(credentials.stored, { method, url: `${nas.url}${path}` }),
		).rejects.toThrow(/^This credential is (only for DSM's web API|not for requests with DELETE)/);
	});

	test.each(['\t', '\r\n', ' ', '\\', '#'])('refuses an address with %j in it', async (odd) => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		const url = `${nas.url}/webapi/entry.cgi?api=SYNO.DSM.Info&meth${odd}od=list`;
		await expect(authenticate(credentials.stored, { url })).rejects.toThrow(
			'written in an unusual way',
		);
	});

	test("takes the request's own TLS settings, redirects and cookies from it", async () => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		const [session] = nas.sessions.open;
		const request = await authenticate(credentials.stored, {
			url: `${nas.url}/webapi/entry.cgi`,
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
			followAllRedirects: true,
			maxRedirects: 21,
			agentOptions: { ca: 'another', cert: 'mine' },
			headers: { cookie: 'id=another', Host: 'another', 'x-syno-token': 'another' },
		} as IHttpRequestOptions);
		expect(request).toMatchObject({
			skipSslCertificateValidation: false,
			rejectUnauthorized: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			agentOptions: { cert: 'mine' },
		});
		expect(request.headers).toEqual({
			Cookie: `id=${session!.sid}`,
			'X-SYNO-TOKEN': session!.token,
		});
	});

	test('refuses a proxy of the request: it would read the session', async () => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		const request = { url: `${nas.url}/webapi/entry.cgi`, proxy: 'http://127.0.0.1:1' };
		await expect(authenticate(credentials.stored, request as never)).rejects.toThrow('proxy');
	});

	test.each([
		['password', 'new'],
		['allowUnauthorizedCerts', true],
	])('after a change of %s the session opened before is not used', async (field, value) => {
		const { nas, credentials } = await givenNas();
		await runNode(credentials, { operation: 'getAll' });
		await expect(
			authenticate(
				{ ...credentials.stored, [field]: value },
				{ url: `${nas.url}/webapi/entry.cgi` },
			),
		).rejects.toThrow('n8n has no session for this credential');
	});
});

describe('the list in the editor', () => {
	const tasks = [
		{ id: 2, name: 'Weekly' },
		{ id: 1, name: 'Nightly' },
		{ id: 3, name: 'Weekly' },
		{ id: '2024', name: '2024', type: 'loclunbkp' },
	];

	test('is sorted by name; names that occur twice carry their ID', async () => {
		const { credentials } = await givenNas({ tasks });
		expect((await searchTasks(credentials)).results.map(({ name }) => name)).toEqual([
			'2024',
			'Nightly',
			'Weekly (ID 2)',
			'Weekly (ID 3)',
		]);
	});

	test('finds by a part of the name, and by the ID', async () => {
		const { credentials } = await givenNas({ tasks });
		expect((await searchTasks(credentials, 'NIGHT')).results).toEqual([
			{ name: 'Nightly', value: '1' },
		]);
		expect((await searchTasks(credentials, '3')).results).toEqual([
			{ name: 'Weekly (ID 3)', value: '3' },
		]);
	});

	test('a LUN task whose name is a number is not the task with that number', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		const [lun] = (await searchTasks(credentials, '2024')).results;
		await runNode(credentials, {
			operation: 'run',
			taskId: { __rl: true, mode: 'list', value: lun!.value, cachedResultName: lun!.name },
		});
		expect(nas.task('2024').status).toBe('backup');
	});

	test('says what is wrong', async () => {
		const { nas } = await givenNas({ tasks });
		await expect(searchTasks(credentialsFor(nas, { username: 'nobody' }))).rejects.toThrow(
			'no such account',
		);
		expect(nas.sessions.attempts).toEqual([
			expect.objectContaining({ account: 'nobody', code: 400 }),
		]);
		expect(nas.sessions.attempts[0]!.account).not.toBe(DEFAULT_ACCOUNT.name);
	});
});

describe('a run that the state of the task forbids', () => {
	test.each([
		['broken', 'its destination is damaged'],
		['unauth', 'its destination no longer accepts the login'],
		['endofservice', 'the cloud service of its destination has ended'],
		['restore_only', 'its destination only allows restoring'],
	])('%s: %s', async (state, words) => {
		const { credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly', state }] });
		const { error } = await runNode(credentials, {
			operation: 'run',
			taskId: { __rl: true, mode: 'id', value: '1' },
		});
		expect(error?.message).toBe(`Task '1' was not started: ${words}`);
		expect(error?.description).toContain('repair its destination');
	});
});
