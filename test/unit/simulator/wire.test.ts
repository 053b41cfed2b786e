import { TOTP, Secret } from 'otpauth';
import { DEFAULT_ACCOUNT } from '../../../simulator';
import {
	call,
	closeAll,
	code,
	givenNas as given,
	login,
	post,
	session,
} from './support/wireClient';

afterEach(closeAll);

describe('the order in which DSM refuses', () => {
	test('API, version, method, session, privilege, parameters', async () => {
		const nas = await given({
			accounts: [DEFAULT_ACCOUNT, { name: 'guest', password: 'guest', administrator: false }],
		});
		expect(await code(post(nas, { api: 'SYNO.Backup.Task', version: '1' }))).toBe(101);
		for (const api of ['SYNO.Nothing', 'toString', '__proto__'])
			expect(await code(post(nas, { api, version: '9', method: 'x' }))).toBe(102);
		expect(await code(post(nas, { api: 'SYNO.Backup.Task', version: '9', method: 'x' }))).toBe(104);
		expect(await code(post(nas, { api: 'SYNO.Backup.Task', version: '1', method: 'run' }))).toBe(
			103,
		);
		expect(await code(post(nas, { api: 'SYNO.Backup.Task', version: '1', method: 'list' }))).toBe(
			119,
		);
		const { data } = await login(nas, { account: 'guest', passwd: 'guest' });
		const asGuest = { 'X-SYNO-TOKEN': data!.synotoken as string };
		expect(
			await code(
				post(
					nas,
					{ api: 'SYNO.Backup.Task', version: '1', method: 'get', _sid: data!.sid as string },
					asGuest,
				),
			),
		).toBe(105);
		expect(await code(call(nas, 'get'))).toBe(4400);
	});

	test('the advertised maximum is not usable', async () => {
		const nas = await given();
		expect(await code(call(nas, 'list', {}, { version: '2' }))).toBe(103);
		expect(
			await code(call(nas, 'list', { task_id: '1' }, { api: 'SYNO.Backup.Version', version: '1' })),
		).toBe(103);
		expect(
			await code(call(nas, 'list', { task_id: '1' }, { api: 'SYNO.Backup.Version', version: '2' })),
		).toBe(0);
	});

	test('a missing or stopped package is not in the list of APIs, and gives 102', async () => {
		const nas = await given({ hyperBackup: 'missing' });
		const { data } = await post(
			nas,
			{ api: 'SYNO.API.Info', version: '1', method: 'query', query: 'SYNO.Backup.' },
			{},
			'query.cgi',
		);
		expect(data).not.toHaveProperty(['SYNO.Backup.Task']);
		expect(data).toHaveProperty(['SYNO.Backup.App']);
		expect(await code(call(nas, 'list'))).toBe(102);
	});
});

describe('parameters', () => {
	test('strings are JSON literals where the API says so', async () => {
		const nas = await given();
		expect(await code(call(nas, 'status', { task_id: 'vm' }))).toBe(120);
		expect(await code(call(nas, 'status', { task_id: '"vm"' }))).toBe(0);
		expect(await code(call(nas, 'status', { task_id: '1', blOnline: 'False' }))).toBe(120);
		expect(await code(call(nas, 'list', { additional: 'last_bkp_time' }))).toBe(120);
		expect(
			await code(call(await given({ lenientQuoting: true }), 'status', { task_id: 'vm' })),
		).toBe(0);
	});

	test("cancel wants the task's state along", async () => {
		const nas = await given();
		nas.task(1).accept();
		expect(await code(call(nas, 'cancel', { task_id: '1' }))).toBe(4400);
		expect(await code(call(nas, 'cancel', { task_id: '1', task_state: 'backupable' }))).toBe(120);
		expect(await code(call(nas, 'cancel', { task_id: '1', task_state: '"broken"' }))).toBe(4400);
		expect(await code(call(nas, 'cancel', { task_id: '1', task_state: '"backupable"' }))).toBe(0);
	});
});

describe('sessions', () => {
	test('the token counts in the header or the query, not in the body', async () => {
		for (const tokenErrorCode of [119, 103] as const) {
			const nas = await given({ tokenErrorCode });
			const { sid, token } = await session(nas);
			const form = { api: 'SYNO.Backup.Task', version: '1', method: 'list', _sid: sid };
			expect(await code(post(nas, { ...form, SynoToken: token }))).toBe(tokenErrorCode);
			expect(await code(post(nas, form, { 'X-SYNO-TOKEN': token }))).toBe(0);
			expect(await code(post(nas, form, {}, `entry.cgi?SynoToken=${token}`))).toBe(0);
		}
	});

	test('a session is known by its cookie too, idles out, and ends at logout', async () => {
		const nas = await given({ sessionIdleMinutes: 30, expiryCode: 106 });
		const { sid, token } = await session(nas);
		const headers = { 'X-SYNO-TOKEN': token, Cookie: `id=${sid}` };
		const list = { api: 'SYNO.Backup.Task', version: '1', method: 'list' };
		expect(await code(post(nas, list, headers))).toBe(0);
		nas.advance({ minutes: 31 });
		expect(await code(post(nas, list, headers))).toBe(106);
		const second = await session(nas);
		await post(
			nas,
			{ api: 'SYNO.API.Auth', version: '7', method: 'logout', _sid: second.sid },
			{ 'X-SYNO-TOKEN': second.token },
		);
		expect(
			await code(post(nas, { ...list, _sid: second.sid }, { 'X-SYNO-TOKEN': second.token })),
		).toBe(119);
	});

	test.each([
		['6.2', '6', ['is_portal_port', 'sid', 'synotoken']],
		['7.2', '6', ['did', 'is_portal_port', 'sid', 'synotoken']],
		['7.2', '7', ['account', 'device_id', 'ik_message', 'is_portal_port', 'sid', 'synotoken']],
	] as const)('DSM %s, login version %s has the captured fields', async (dsm, version, fields) => {
		expect(Object.keys((await login(await given({ dsm }), {}, version)).data!).sort()).toEqual([
			...fields,
		]);
	});

	test('without asking for it there is no token', async () => {
		expect((await login(await given(), { enable_syno_token: 'no' })).data!.synotoken).toBe(
			'--------',
		);
	});

	test('ten wrong passwords in five minutes block the address, for every account', async () => {
		const nas = await given();
		for (let i = 0; i < 10; i++) expect(await code(login(nas, { passwd: 'wrong' }))).toBe(400);
		expect(await code(login(nas))).toBe(407);
	});

	test('a made-up session name is for administrators only', async () => {
		const nas = await given({
			accounts: [DEFAULT_ACCOUNT, { name: 'guest', password: 'guest', administrator: false }],
		});
		expect(await code(login(nas, { session: 'MyTool' }))).toBe(0);
		expect(await code(login(nas, { session: 'MyTool', account: 'guest', passwd: 'guest' }))).toBe(
			402,
		);
	});

	test('a two-factor code is taken once; a trusted device needs none, under its name', async () => {
		const otpSecret = 'JBSWY3DPEHPK3PXP';
		const nas = await given({ accounts: [{ ...DEFAULT_ACCOUNT, otpSecret }] });
		const refused = await login(nas);
		expect(refused.error).toMatchObject({
			code: 403,
			errors: { token: expect.any(String), types: expect.arrayContaining([{ type: 'otp' }]) },
		});
		const otp_code = new TOTP({ secret: Secret.fromBase32(otpSecret) }).generate({
			timestamp: nas.clock.now(),
		});
		const device = (await login(nas, { otp_code, enable_device_token: 'yes', device_name: 'n8n' }))
			.data!.device_id as string;
		expect(await code(login(nas, { otp_code }))).toBe(404);
		expect(await code(login(nas, { device_id: device, device_name: 'n8n' }))).toBe(0);
		expect(await code(login(nas, { device_id: device, device_name: 'other' }))).toBe(403);
	});
});

describe('what a NAS writes', () => {
	test("the NAS's clock is that of its time zone, beside the time since 1970", async () => {
		const nas = await given({ timeZone: 'Asia/Taipei' });
		const { data } = await call(nas, 'get', {}, { api: 'SYNO.Core.Region.NTP' });
		expect(data).toMatchObject({ hour: 16, minute: 0, timestamp: nas.clock.now() / 1000 });
	});

	test('a compound succeeds although a member fails', async () => {
		const compound = JSON.stringify([
			{ api: 'SYNO.Backup.Task', version: 1, method: 'status', task_id: 1 },
			{ api: 'SYNO.Backup.Task', version: 1, method: 'status', task_id: 99 },
		]);
		const response = await call(
			await given(),
			'request',
			{ compound, mode: '"sequential"', stop_when_error: 'false' },
			{ api: 'SYNO.Entry.Request' },
		);
		expect(response).toMatchObject({
			success: true,
			data: {
				has_fail: true,
				result: [{ success: true }, { success: false, error: { code: 4401 } }],
			},
		});
	});

	test.each([
		['6.2', /^\d{4}\/\d\d\/\d\d \d\d:\d\d$/, true],
		['7.1', /^\d{4}\/\d\d\/\d\d \d\d:\d\d$/, true],
		['7.2', /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/, false],
	] as const)('DSM %s writes the last run as %s', async (dsm, form, startIsEnd) => {
		const { data } = await call(await given({ dsm }), 'list', { additional: '["last_bkp_time"]' });
		const [row] = data!.task_list as Array<Record<string, string>>;
		expect(row!.last_bkp_end_time).toMatch(form);
		expect(row!.last_bkp_time === row!.last_bkp_end_time).toBe(startIsEnd);
	});
});

describe('tasks move through time', () => {
	test('a run goes through its steps; only the end changes the times of the last run', async () => {
		const nas = await given({
			tasks: [
				{
					id: 1,
					name: 'Nightly',
					durationSeconds: 1000,
					startDelaySeconds: 20,
					rotationSeconds: 100,
				},
			],
		});
		const task = nas.task(1);
		const before = task.lastEnd;
		task.accept();
		expect(task.status).toBe('none');
		nas.advance({ seconds: 20 });
		const steps: unknown[] = [];
		for (let i = 0; i < 10; i++) {
			steps.push(task.progress?.step);
			nas.advance({ seconds: 100 });
			expect(i < 9 ? task.lastEnd === before : task.lastEnd === nas.clock.now()).toBe(true);
		}
		expect([...new Set(steps)]).toEqual([
			'prebackup',
			'total_size_count',
			'app_backup',
			'data_backup',
			'config_backup',
		]);
		expect(task).toMatchObject({ status: 'preparing_version_delete', result: 'done' });
		nas.advance({ seconds: 101 });
		expect(task.status).toBe('none');
	});

	test("scheduled runs begin by the NAS's own clock, and wait for their turn", async () => {
		const schedule = { hour: 2, minute: 0 };
		const nas = await given({
			timeZone: 'Europe/Berlin',
			parallel: 1,
			tasks: [
				{ id: 1, name: 'A', schedule },
				{ id: 2, name: 'B', schedule },
			],
		});
		nas.advance({ days: 1 });
		expect(
			nas.history.map(({ kind, taskId, at }) => [
				kind,
				taskId,
				new Date(at).toISOString().slice(11, 16),
			]),
		).toEqual([
			['started', 1, '01:00'],
			['queued', 2, '01:00'],
			['finished', 1, '01:10'],
			['started', 2, '01:10'],
			['finished', 2, '01:20'],
		]);
	});

	test('resume of a task that is not suspended succeeds and leaves "failed" behind', async () => {
		const nas = await given();
		expect(await code(call(nas, 'resume', { task_id: '1' }))).toBe(0);
		expect(nas.task(1).result).toBe('failed');
	});

	test('a reboot ends the sessions, suspends the runs, and responds with 502 for a while', async () => {
		const nas = await given();
		const { sid, token } = await session(nas);
		nas.task(1).accept();
		nas.reboot({ minutes: 5 });
		expect((await fetch(`${nas.url}/webapi/entry.cgi`)).status).toBe(502);
		nas.advance({ minutes: 6 });
		expect(nas.task(1).result).toBe('suspend');
		expect(
			await code(
				post(
					nas,
					{ api: 'SYNO.Backup.Task', version: '1', method: 'list', _sid: sid },
					{ 'X-SYNO-TOKEN': token },
				),
			),
		).toBe(119);
	});
});
