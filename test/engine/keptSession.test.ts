import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const tasks = [{ id: 1, name: 'Nightly' }];

test('30 operations at once after the session has expired: the dialect is still known', async () => {
	const { nas, credentials } = await givenNas({ tasks, dialect: 'documented' });
	await runNode(credentials, { operation: 'getAll' });
	nas.sessions.expire(119);
	nas.resetRequests();
	const all = await Promise.all(
		Array.from({ length: 30 }, async () => await runNode(credentials, { operation: 'getAll' })),
	);
	expect(all.map(({ error }) => error)).toEqual(all.map(() => undefined));
	expect(new Set(all.map(({ items }) => items[0]!.json.status))).toEqual(new Set(['idle']));
	expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	expect(nas.count('SYNO.Backup.Task', 'list')).toBe(0);
});

test('the dialect survives a renewed session and a restart', async () => {
	const { nas, credentials } = await givenNas({ tasks, dialect: 'documented' });
	await runNode(credentials, { operation: 'getAll' });
	await runNode(credentials, { operation: 'getAll' });
	newProcess();
	nas.sessions.expire(119);
	nas.resetRequests();
	expect((await runNode(credentials, { operation: 'getAll' })).items).toHaveLength(1);
	expect(nas.count('SYNO.Backup.Task', 'list')).toBe(0);
});

test.each([false, true])(
	'a field that a user changes during an execution keeps the new value (n8n writes every field: %p)',
	async (writesAllFields) => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.writesAllFields = writesAllFields;
		await runNode(credentials, { operation: 'getAll' });
		nas.sessions.expire(119);
		const read = credentials.getDecrypted.bind(credentials);
		jest.spyOn(credentials, 'getDecrypted').mockImplementation(async () => {
			const data = await read();
			// Right after the execution has read the credential.
			credentials.stored.readOnly = true;
			return data;
		});
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(2);
		expect(credentials.stored.readOnly).toBe(true);
	},
);

test('a session is not kept in a credential that has become another meanwhile', async () => {
	const { nas, credentials } = await givenNas({ tasks });
	const read = credentials.getDecrypted.bind(credentials);
	jest.spyOn(credentials, 'getDecrypted').mockImplementation(async () => {
		const data = await read();
		credentials.stored.username = 'another';
		return data;
	});
	expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	expect(credentials.stored.sessionToken ?? '').toBe('');
});

test('a login that gives 7 MB as session is refused', async () => {
	const { nas, credentials } = await givenNas({ tasks });
	nas.fault({
		kind: 'body',
		api: 'SYNO.API.Auth',
		apiMethod: 'login',
		body: JSON.stringify({ success: true, data: { sid: 'x'.repeat(7e6) } }),
	});
	const { error } = await runNode(credentials, { operation: 'getAll' });
	expect(error?.message).toBe('The NAS accepted the login but gave a session that cannot be used');
	expect(JSON.stringify(credentials.stored).length).toBeLessThan(5000);
});

test('an account whose name was entered with blanks logs in', async () => {
	const { nas, credentials } = await givenNas({ tasks });
	const { username } = credentials.stored;
	const padded = credentialsFor(nas, { username: ` ${String(username)} ` });
	expect((await runNode(padded, { operation: 'getAll' })).error).toBeUndefined();
	expect(nas.sessions.attempts.map(({ account }) => account)).toEqual([username]);
});
