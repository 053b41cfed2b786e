import { call, closeAll, code, givenNas, listed } from './support/wireClient';
import { withTask } from './support/withTask';

afterEach(closeAll);

describe('the NAS changes', () => {
	test('an upgrade changes how the last run is written, and back', async () => {
		const nas = await givenNas(withTask({}, { dsm: '7.1' }));
		const times = async (): Promise<unknown> => {
			const { data } = await call(nas, 'list', { additional: '["last_bkp_time"]' });
			const [row] = data!.task_list as Array<Record<string, unknown>>;
			return [row!.last_bkp_time, row!.last_bkp_end_time];
		};
		const older = ['2026/11/23 08:00', '2026/11/23 08:00'];
		expect(await times()).toEqual(older);
		nas.upgrade('7.2');
		expect(await times()).toEqual(['2026/11/23 07:58:20', '2026/11/23 08:00:00']);
		nas.upgrade('7.1');
		expect(await times()).toEqual(older);
	});

	test('tasks and whole lists are missing for some polls', async () => {
		const nas = await givenNas(withTask());
		nas.hideTask(1, 2);
		expect([await listed(nas), await listed(nas)]).toEqual([undefined, undefined]);
		expect(await listed(nas)).toBeDefined();
		nas.emptyList(1);
		expect(await listed(nas)).toBeUndefined();
		expect(await listed(nas)).toBeDefined();
	});

	test('a relinked task has its name and target under another number', async () => {
		const nas = await givenNas(withTask());
		const before = await listed(nas);
		nas.relink(1, 7);
		expect(await listed(nas)).toBeUndefined();
		expect(await listed(nas, 7)).toEqual(before);
		expect(nas.task(7).versions.list.map(({ id }) => id)).toEqual([1]);
		expect(nas.history.at(-1)).toMatchObject({
			kind: 'taskRelinked',
			taskId: 7,
			previousTaskId: 1,
		});
	});

	test('a number is used again by a new task', async () => {
		const nas = await givenNas(withTask());
		nas.removeTask(1);
		nas.addTask({ id: 1, name: 'Other', lastRun: null });
		expect(await listed(nas)).toMatchObject({ result: 'none', end: undefined });
	});

	test('LUN tasks have texts for numbers, and a list that shows no times', async () => {
		const ids = ['1', '__proto__', 'iscsi-vm'];
		const nas = await givenNas({
			tasks: ids.map((id) => ({ id, name: id, type: 'loclunbkp', durationSeconds: 60 })),
		});
		nas.task('__proto__').willEnd('failed', 'failed');
		nas.task('__proto__').accept();
		nas.advance({ minutes: 2 });
		const first = await listed(nas, '__proto__');
		expect(first).toMatchObject({ result: 'failed', end: undefined });
		nas.task('__proto__').accept();
		nas.advance({ minutes: 2 });
		expect(await listed(nas, '__proto__')).toEqual(first);
		expect(await listed(nas, '1')).toMatchObject({ result: 'success' });
	});
});

describe('refusals on purpose', () => {
	const NTP = { api: 'SYNO.Core.Region.NTP' };

	test.each([105, 117, 160])('the compound refuses with %d', async (refusal) => {
		const nas = await givenNas({
			faults: [{ kind: 'code', api: 'SYNO.Entry.Request', code: refusal }],
		});
		const compound = '[{"api":"SYNO.Backup.Task","version":1,"method":"list"}]';
		expect(await code(call(nas, 'request', { compound }, { api: 'SYNO.Entry.Request' }))).toBe(
			refusal,
		);
		expect(await code(call(nas, 'list'))).toBe(0);
	});

	test.each(['http500', 'hang'] as const)('only the compound: %s', async (kind) => {
		const nas = await givenNas({ faults: [{ kind, api: 'SYNO.Entry.Request' }] });
		const compound = nas.respond({
			method: 'GET',
			url: new URL('http://nas/webapi/entry.cgi?api=SYNO.Entry.Request&version=1&method=request'),
			headers: {},
			body: '',
			remote: '127.0.0.1',
		});
		expect(compound.fault).toMatchObject({ kind });
		expect(await code(call(nas, 'list'))).toBe(0);
	});

	test('the clock cannot be read, alone or in a compound', async () => {
		const nas = await givenNas();
		nas.fault({ kind: 'code', api: NTP.api, code: 105 });
		expect(await code(call(nas, 'get', {}, NTP))).toBe(105);
		const compound = JSON.stringify([
			{ api: 'SYNO.Backup.Task', version: 1, method: 'list' },
			{ ...NTP, version: 1, method: 'get' },
		]);
		const { data } = await call(nas, 'request', { compound }, { api: 'SYNO.Entry.Request' });
		expect(data).toMatchObject({
			has_fail: true,
			result: [{ success: true }, { success: false, error: { code: 105 } }],
		});
	});

	test.each([103, 119] as const)('a proxy drops the token: %d', async (tokenErrorCode) => {
		const nas = await givenNas({ dropTokenHeader: true, tokenErrorCode });
		expect(await code(call(nas, 'list'))).toBe(tokenErrorCode);
	});
});
