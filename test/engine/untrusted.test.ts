import { DEFAULT_ACCOUNT } from '../../simulator';
import { ActiveTrigger, runNode, searchTasks } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';

afterEach(closeAll);

const one = { __rl: true, mode: 'id', value: '1' };

describe('what users call their tasks', () => {
	test.each([
		['quotes', `Bob's "best" \\backup\\`],
		['line breaks and tabs', 'first\nsecond\r\n\tthird'],
		['emoji and other scripts', '🗄️ 夜間 Резервная 👩‍👩‍👧'],
		['HTML', '<img src=x onerror=alert(1)> & <b>bold</b>'],
		['form and URL signs', 'a=b&c=d+e%20f#g?h;i'],
		['what JSON escapes', '\u0000\u001f\u2028\u2029'],
		['10,000 letters', 'x'.repeat(10_000)],
		['the name of a prototype', '__proto__'],
	])('%s: comes through unharmed, is found by name and can be run', async (_what, name) => {
		const { nas, credentials } = await givenNas({
			tasks: [
				{ id: 1, name },
				{ id: 2, name: 'Other' },
			],
		});
		const { items } = await runNode(credentials, { operation: 'getAll', returnAll: true });
		expect(items.map(({ json }) => json.name)).toContain(name);
		expect((await searchTasks(credentials)).results.map((result) => result.name)).toContain(name);
		const { error } = await runNode(credentials, {
			operation: 'run',
			taskId: { __rl: true, mode: 'name', value: name },
		});
		expect(error).toBeUndefined();
		expect(nas.task(1).status).toBe('backup');
	});

	test('an expression as the name of a LUN task, which is its ID too: picked from the list, it is not evaluated', async () => {
		const name = '={{ $json.secret }}';
		const { nas, credentials } = await givenNas({ tasks: [{ id: name, name, type: 'loclunbkp' }] });
		const [choice] = (await searchTasks(credentials)).results;
		expect(choice!.name).toBe(name);
		const { error } = await runNode(
			credentials,
			{ operation: 'run', taskId: { __rl: true, mode: 'list', value: choice!.value } },
			{ items: [{ secret: 'evaluated' }] },
		);
		expect(error).toBeUndefined();
		expect(nas.task(name).status).toBe('backup');
	});

	test('a name that is not UTF-8 on the NAS costs its odd letters and nothing else', async () => {
		const { nas, credentials } = await givenNas({
			tasks: [
				{ id: 1, name: 'Büro' },
				{ id: 2, name: 'Other' },
			],
		});
		nas.fault({ kind: 'latin1', api: 'SYNO.Backup.Task' });
		const { items } = await runNode(credentials, { operation: 'getAll', returnAll: true });
		expect(items.map(({ json }) => [json.name, json.status])).toEqual(
			expect.arrayContaining([
				['B\ufffdro', 'idle'],
				['Other', 'idle'],
			]),
		);
	});
});

describe('responses that try something', () => {
	test('a key that would replace a prototype is dropped, in raw output too', async () => {
		const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
		await runNode(credentials, { operation: 'getAll' });
		for (const key of ['__proto__', '\\u005f_proto__', '__\\u0070roto__']) {
			nas.fault({
				kind: 'body',
				api: 'SYNO.Backup.Task',
				times: 1,
				body: `{"success":true,"data":{"task_list":[{"task_id":1,"name":"N","state":"backupable","status":"none","last_bkp_result":"done","${key}":{"polluted":true}}],"total":1}}`,
			});
			const { items } = await runNode(credentials, { operation: 'getAll', simplify: false });
			expect(items).toHaveLength(1);
			expect(Object.getPrototypeOf(items[0]!.json)).toBe(Object.prototype);
			expect(Object.keys(items[0]!.json)).not.toContain('__proto__');
			expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		}
	});

	test.each([
		'//evil.example.com/entry.cgi',
		'http://evil.example.com/x',
		'../../etc/passwd',
		'entry.cgi?x=',
		'@evil.example.com',
		'entry.cgi#',
	])('a path like %s in the list of APIs is not followed', async (path) => {
		const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
		nas.fault({
			kind: 'body',
			api: 'SYNO.API.Info',
			body: JSON.stringify({
				success: true,
				data: { 'SYNO.API.Auth': { path, minVersion: 1, maxVersion: 7 } },
			}),
		});
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error?.message).toContain('it offers no login');
		expect(nas.requests.every(({ path: asked }) => asked.endsWith('/query.cgi'))).toBe(true);
	});

	test.each([
		['a row without an ID', [{ name: 'No ID' }]],
		['empty rows', [{}, {}]],
		['a row with an empty ID', [{ task_id: '', name: 'Empty' }]],
		['one row in order, and one without an ID', [{ task_id: 1, name: 'Nightly' }, {}]],
	])('%s: the list is refused, for the node, the editor and the trigger', async (_what, rows) => {
		const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		await trigger.poll();
		nas.fault({
			kind: 'body',
			api: 'SYNO.Backup.Task',
			body: JSON.stringify({ success: true, data: { task_list: rows, total: rows.length } }),
		});
		const refusal = 'The NAS listed a task without its ID';
		const { error } = await runNode(credentials, { operation: 'getAll', returnAll: true });
		expect(error?.message).toBe(refusal);
		await expect(searchTasks(credentials)).rejects.toThrow(refusal);
		await expect(trigger.poll()).rejects.toThrow(refusal);
	});

	test('the list in the editor is not gone through once for every task', async () => {
		const names = Array.from({ length: 300 }, (_, index) => ({ id: index + 1, name: `T${index}` }));
		const { credentials } = await givenNas({ tasks: names });
		await runNode(credentials, { operation: 'getAll' });
		const passes: number[] = [];
		for (const method of ['filter', 'map', 'find', 'some', 'every'] as const) {
			const original = Array.prototype[method] as (...args: unknown[]) => unknown;
			jest.spyOn(Array.prototype, method).mockImplementation(function (
				this: unknown[],
				...args: unknown[]
			) {
				if (this.length === names.length) passes.push(this.length);
				return original.apply(this, args) as never;
			} as never);
		}
		try {
			expect((await searchTasks(credentials)).results).toHaveLength(300);
		} finally {
			jest.restoreAllMocks();
		}
		expect(passes.length).toBeLessThan(30);
	});

	test('secrets of a destination are masked in raw output, at any depth', async () => {
		const repository = {
			share: 'backup',
			key: 'AKIAIOSFODNN7EXAMPLE',
			access_key: 'AKIA2',
			secret: 'wJalrXUtnFEMI',
			remote: { password: 'hunter22', accounts: [{ token: 'ya29.token' }] },
		};
		const { credentials } = await givenNas({ tasks: [{ id: 1, name: 'Cloud', repository }] });
		const { items } = await runNode(credentials, {
			operation: 'get',
			taskId: one,
			simplify: false,
		});
		const text = JSON.stringify(items[0]!.json);
		expect(text).toContain('backup');
		for (const secret of ['AKIA', 'wJalr', 'hunter22', 'ya29']) expect(text).not.toContain(secret);
	});
});

test('in the documented dialect the sid is in the URL of the documented reads and nowhere else; the token and the password are in none', async () => {
	const { nas, credentials } = await givenNas({
		dialect: 'documented',
		tasks: [{ id: 1, name: 'Nightly' }],
	});
	await runNode(credentials, { operation: 'getAll' });
	await runNode(credentials, { operation: 'get', taskId: one });
	await runNode(credentials, { operation: 'getStatus', taskId: one });
	await runNode(credentials, { operation: 'run', taskId: one });
	const { sid, token } = nas.sessions.open[0]!;
	const withSid = nas.requests.filter(({ url }) => url.includes(sid));
	const read = withSid.map(({ method, apiMethod }) => `${method} ${apiMethod}`);
	expect([...new Set(read)].sort()).toEqual(['GET Get', 'GET GetStatus', 'GET List']);
	for (const { url } of nas.requests) {
		expect(url).not.toContain(token);
		expect(decodeURIComponent(url)).not.toContain(DEFAULT_ACCOUNT.password);
	}
});
