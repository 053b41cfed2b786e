import { DEFAULT_ACCOUNT, type Nas, type TaskSpec } from '../../simulator';
import { ActiveTrigger, runNode, testCredential } from '../../testing/engine';
import { closeAll, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const tasks: TaskSpec[] = [{ id: 1, name: 'Nightly' }];
const one = { __rl: true, mode: 'id', value: '1' };
const logins = (nas: Nas) => nas.count('SYNO.API.Auth', 'login');

describe('200 executions at once', () => {
	const many = async (run: () => ReturnType<typeof runNode>) =>
		await Promise.all(Array.from({ length: 200 }, run));

	test('with a wrong password: one login attempt', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.stored.password = 'wrong';
		const all = await many(async () => await runNode(credentials, { operation: 'getAll' }));
		expect(all.every(({ error }) => error?.message.includes('the password is wrong'))).toBe(true);
		expect(logins(nas)).toBe(1);
	});

	test('with the right one and no session: one login', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		const all = await many(async () => await runNode(credentials, { operation: 'getAll' }));
		expect(all.every(({ error }) => error === undefined)).toBe(true);
		expect(logins(nas)).toBe(1);
	});

	test.each([106, 107, 119] as const)(
		'that find the session dead (%i): one login, one logout, one session',
		async (code) => {
			const { nas, credentials } = await givenNas({ tasks });
			await runNode(credentials, { operation: 'getAll' });
			nas.sessions.expire(code);
			nas.resetRequests();
			const all = await many(async () => await runNode(credentials, { operation: 'getAll' }));
			expect(all.every(({ error }) => error === undefined)).toBe(true);
			expect(logins(nas)).toBe(1);
			expect(nas.count('SYNO.API.Auth', 'logout')).toBe(1);
			expect(nas.sessions.open).toHaveLength(1);
		},
	);
});

describe('the session that a new one replaces', () => {
	test('is logged out with its own sid and token', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		const [old] = nas.sessions.open;
		// Refused once although it lives, as behind a proxy that lost the header once.
		nas.fault({ kind: 'dropToken', times: 1 });
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		const logout = nas.requests.find(({ apiMethod }) => apiMethod === 'logout')!;
		expect(logout).toMatchObject({ method: 'POST', code: 0 });
		expect(logout.headers).toMatchObject({ cookie: `id=${old!.sid}`, 'x-syno-token': old!.token });
		expect(nas.sessions.open).toHaveLength(1);
		expect(nas.sessions.open[0]!.sid).not.toBe(old!.sid);
	});

	test('is logged out after the test of the credential, too', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		for (let times = 0; times < 3; times++) {
			const output = await testCredential(credentials);
			credentials.stored = { ...credentials.stored, sessionToken: output.sessionToken as string };
		}
		expect(logins(nas)).toBe(4);
		expect(nas.sessions.open).toHaveLength(1);
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(logins(nas)).toBe(4);
	});

	test('a logout without a response delays nothing for long', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		nas.sessions.expire();
		nas.fault({ kind: 'hang', api: 'SYNO.API.Auth', apiMethod: 'logout' });
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error).toBeUndefined();
	});
});

describe('two processes of n8n with one credential (queue mode)', () => {
	test('end up with one session, and neither throws the other out', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		// Both start without a kept session and log in; the later session is kept.
		await runNode(credentials, { operation: 'getAll' });
		const first = { ...credentials.stored };
		newProcess();
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5000);
		credentials.stored.sessionToken = '';
		await runNode(credentials, { operation: 'getAll' });
		const second = { ...credentials.stored };
		expect(nas.sessions.open).toHaveLength(2);
		// The first process holds the older one, and reads the credential for its next execution.
		newProcess();
		credentials.stored = { ...first };
		await runNode(credentials, { operation: 'getAll' });
		credentials.stored = { ...second };
		for (let round = 0; round < 5; round++)
			expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(nas.sessions.open).toHaveLength(1);
		expect(logins(nas)).toBe(2);
	});

	test('a process whose session was ended takes over the one another process has kept meanwhile', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		const old = { ...credentials.stored };
		nas.sessions.expire();
		await runNode(credentials, { operation: 'getAll' });
		const kept = credentials.stored;
		newProcess();
		credentials.stored = old;
		// The execution began with the old session; in the database is the new one by now.
		const read = credentials.getDecrypted.bind(credentials);
		let reads = 0;
		credentials.getDecrypted = async () =>
			reads++ === 0 ? await read() : { allowUnauthorizedCerts: false, ...kept };
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(logins(nas)).toBe(2);
	});

	test('a session left over from before a reboot of the NAS or a restart of n8n costs one login, and no error', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'getAll' });
		nas.reboot();
		newProcess();
		nas.resetRequests();
		expect(
			(await runNode(credentials, { operation: 'getStatus', taskId: one })).error,
		).toBeUndefined();
		expect(logins(nas)).toBe(1);
	});
});

describe('a session that is refused for another reason than its age', () => {
	test.each([
		[
			'a proxy drops the token, 119',
			{ kind: 'dropToken' },
			{ tokenErrorCode: 119 },
			'does not accept the session',
		],
		[
			"n8n's address changes, 150",
			{ kind: 'code', code: 150, api: 'SYNO.Backup.Task' },
			{},
			'from another IP address (150)',
		],
		[
			'another login of the same user again and again, 107',
			{ kind: 'code', code: 107, api: 'SYNO.Backup.Task' },
			{},
			'ended by another login',
		],
	] as const)(
		'%s: one new login, then a growing pause instead of one a minute',
		async (_case, fault, options, words) => {
			const { nas, credentials } = await givenNas({ tasks, ...options });
			await runNode(credentials, { operation: 'getAll' });
			nas.fault(fault);
			nas.resetRequests();
			const start = Date.now();
			const errors: string[] = [];
			for (let minute = 0; minute < 60; minute++) {
				jest.spyOn(Date, 'now').mockReturnValue(start + minute * 60_000 + 1);
				const { error } = await runNode(credentials, { operation: 'getStatus', taskId: one });
				errors.push(`${error?.message}|${error?.description}`);
			}
			expect(errors.every((text) => text.includes(words))).toBe(true);
			expect(errors[2]).toMatch(/\|.*n8n does not log in again for it before .* UTC/);
			expect(logins(nas)).toBe(6);
			// Where the token is dropped, a logout does not get through either: the NAS ends those
			// sessions after its idle time.
			expect(nas.sessions.open).toHaveLength(fault.kind === 'dropToken' ? 7 : 1);
			nas.clearFaults();
			expect(
				(await runNode(credentials, { operation: 'getStatus', taskId: one })).error,
			).toBeUndefined();
		},
	);

	test('a proxy drops the token, 103: said so, without any new login', async () => {
		const { nas, credentials } = await givenNas({ tasks, tokenErrorCode: 103 });
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({ kind: 'dropToken' });
		nas.resetRequests();
		const { error } = await runNode(credentials, { operation: 'getStatus', taskId: one });
		expect(error?.description).toContain('X-SYNO-TOKEN');
		expect(logins(nas)).toBe(0);
		expect(nas.requests.map(({ apiMethod }) => apiMethod)).toEqual(['status', 'list', 'get']);
	});
});

test('the trigger logs in once in a day of polls with a NAS that ends sessions after an hour', async () => {
	const { nas, credentials } = await givenNas({ tasks, sessionIdleMinutes: 60 });
	const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
	for (let minute = 0; minute < 24 * 60; minute++) {
		await trigger.poll();
		nas.advance({ minutes: 1 });
	}
	expect(logins(nas)).toBe(1);
});

test('a credential whose account changed sends neither session nor device ID of the old one', async () => {
	const { nas, credentials } = await givenNas({
		tasks,
		accounts: [DEFAULT_ACCOUNT, { name: 'second', password: 'another password' }],
	});
	await runNode(credentials, { operation: 'getAll' });
	const { sid, token } = nas.sessions.open[0]!;
	nas.resetRequests();
	credentials.stored = { ...credentials.stored, username: 'second', password: 'another password' };
	expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	expect(JSON.stringify(nas.requests)).not.toContain(sid);
	expect(JSON.stringify(nas.requests)).not.toContain(token);
});

test('what n8n keeps beside the credential holds no session', async () => {
	const { nas, credentials } = await givenNas({ tasks });
	const trigger = new ActiveTrigger(credentials, { events: ['statusChanged'] });
	await trigger.poll();
	nas.task(1).accept();
	await trigger.poll();
	const { sid, token } = nas.sessions.open[0]!;
	const kept = JSON.stringify(trigger.staticData);
	expect(kept.length).toBeGreaterThan(50);
	expect(kept).not.toContain(sid);
	expect(kept).not.toContain(token);
});
