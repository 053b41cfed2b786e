import { closeAll, code, call, get, givenNas, listed, session, status } from './support/wireClient';
import type { NasOptions, TaskSpec } from '../../../simulator';

afterEach(closeAll);

const NIGHTLY: TaskSpec = { id: 1, name: 'Nightly', durationSeconds: 100 };
const withTask = (more: Partial<TaskSpec> = {}, options: NasOptions = {}): NasOptions => ({
	dsm: '7.2',
	tasks: [{ ...NIGHTLY, ...more }],
	...options,
});

describe('rotation after a good run', () => {
	const ROTATING = { rotationSeconds: 100 };

	test('keep: only the status shows it', async () => {
		const nas = await givenNas(withTask(ROTATING));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect(await listed(nas)).toMatchObject({ status: 'preparing_version_delete', result: 'done' });
		nas.advance({ seconds: 50 });
		expect(await status(nas)).toMatchObject({ status: 'version_deleting', result: 'done' });
		nas.advance({ seconds: 50 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
	});

	test('word: the result shows it too, and returns to done with the times of the run', async () => {
		const nas = await givenNas(withTask(ROTATING, { rotationResult: 'word' }));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		const { end } = await status(nas);
		expect(await listed(nas)).toEqual({
			state: 'backupable',
			status: 'preparing_version_delete',
			result: 'preparing_version_delete',
			end,
		});
		nas.advance({ seconds: 50 });
		expect(await listed(nas)).toMatchObject({
			status: 'version_deleting',
			result: 'version_deleting',
		});
		nas.advance({ seconds: 50 });
		expect(await listed(nas)).toEqual({ state: 'backupable', status: 'none', result: 'done', end });
	});

	test.each([
		[
			'before',
			{ status: 'none', result: 'preparing_version_delete' },
			{ status: 'version_deleting', result: 'done' },
		],
		[
			'after',
			{ status: 'preparing_version_delete', result: 'done' },
			{ status: 'none', result: 'version_deleting' },
		],
	] as const)('the result word comes %s the status word', async (rotationOrder, first, last) => {
		const nas = await givenNas(
			withTask(ROTATING, { rotationResult: 'word', rotationOrder, rotationLagSeconds: 10 }),
		);
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect(await status(nas)).toMatchObject(first);
		nas.advance({ seconds: 10 });
		expect(await status(nas)).toMatchObject({
			status: 'preparing_version_delete',
			result: 'preparing_version_delete',
		});
		nas.advance({ seconds: 90 });
		expect(await status(nas)).toMatchObject(last);
		nas.advance({ seconds: 10 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
	});

	test('by option its end becomes the end of the run', async () => {
		const nas = await givenNas(withTask(ROTATING, { rewriteTimesAfterRotation: true }));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect((await status(nas)).end).toBe('2026/11/24 08:01:40');
		nas.advance({ seconds: 100 });
		expect((await status(nas)).end).toBe('2026/11/24 08:03:20');
	});

	test('it can fail after a good run; a repair turns back the result only', async () => {
		const nas = await givenNas(withTask(ROTATING, { rotationResult: 'word' }));
		nas.task(1).willEnd({ result: 'done', rotation: 'version_delete_failed' });
		nas.task(1).accept();
		nas.advance({ seconds: 200 });
		const { end } = await status(nas);
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'version_delete_failed' });
		nas.task(1).repair();
		expect(await status(nas)).toMatchObject({ result: 'done', end });
	});

	test.each(['keep', 'word'] as const)(
		'versions can be deleted without a run, and that can fail (%s)',
		async (rotationResult) => {
			const nas = await givenNas(withTask({}, { rotationResult }));
			const { end } = await status(nas);
			nas.task(1).rotate({ seconds: 60, end: 'version_delete_failed' });
			nas.advance({ seconds: 30 });
			expect(await status(nas)).toMatchObject({
				status: 'version_deleting',
				result: rotationResult === 'keep' ? 'done' : 'version_deleting',
				end,
			});
			nas.advance({ seconds: 30 });
			expect(await status(nas)).toMatchObject({
				status: 'none',
				result: 'version_delete_failed',
				end,
			});
		},
	);

	test('a run that begins ends the showing of a rotation', async () => {
		const nas = await givenNas(
			withTask(ROTATING, { rotationResult: 'word', rotationOrder: 'after' }),
		);
		nas.task(1).accept();
		nas.advance({ seconds: 201 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'version_deleting' });
		nas.task(1).accept();
		nas.advance({ seconds: 30 });
		expect(await status(nas)).toMatchObject({ status: 'backup', result: 'backingup' });
	});

	test('a task that is being deleted says so and then leaves the list', async () => {
		const nas = await givenNas(withTask({ deleteSeconds: 60 }, { rotationResult: 'word' }));
		nas.task(1).delete();
		expect(await listed(nas)).toMatchObject({ status: 'deleting', result: 'deleting' });
		nas.advance({ seconds: 60 });
		expect(await listed(nas)).toBeUndefined();
		expect(nas.history.map(({ kind }) => kind)).toEqual(['taskRemoved']);
	});
});

describe('the times of the last run', () => {
	test.each([
		['with', ['old', 'old', 'new']],
		['before', ['old', 'new', 'new']],
		['after', ['old', 'old', 'old']],
	] as const)('are written %s the words', async (endTimesOrder, seen) => {
		const nas = await givenNas(withTask({}, { endTimesOrder, endTimesLagSeconds: 10 }));
		const { end } = await status(nas);
		const age = async (): Promise<string> => ((await status(nas)).end === end ? 'old' : 'new');
		nas.task(1).accept();
		nas.advance({ seconds: 99 });
		const ages = [await age()];
		const untilWords = endTimesOrder === 'before' ? 11 : 1;
		nas.advance({ seconds: untilWords - 0.5 });
		expect((await status(nas)).status).toBe('backup');
		ages.push(await age());
		nas.advance({ seconds: 0.5 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
		ages.push(await age());
		expect(ages).toEqual(seen);
		nas.advance({ seconds: 10 });
		expect((await status(nas)).end).toBe('2026/11/24 08:01:40');
	});
});

describe('integrity check', () => {
	test('list says error where status says error_detect', async () => {
		const nas = await givenNas(
			withTask({ checkDelaySeconds: 10 }, { stateDuringCheck: 'error_detect' }),
		);
		nas.task(1).integrityCheck(60);
		expect(await listed(nas)).toMatchObject({ state: 'error', status: 'detect_waiting' });
		nas.advance({ seconds: 10 });
		expect(await listed(nas)).toMatchObject({ state: 'error', status: 'detect' });
		expect(await status(nas)).toMatchObject({ state: 'error_detect', status: 'detect' });
		nas.advance({ seconds: 60 });
		expect(await status(nas)).toMatchObject({ state: 'backupable', status: 'none' });
	});

	test('by default the state stays backupable', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).integrityCheck(60);
		expect(await status(nas)).toMatchObject({ state: 'backupable', status: 'detect' });
	});

	test('a bad check leaves restore_only and 4467, and the result stays done', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).integrityCheck(60, 'damaged');
		nas.advance({ seconds: 60 });
		const { data } = await call(nas, 'status', {
			task_id: '1',
			additional: '["last_bkp_result"]',
		});
		expect(data).toMatchObject({
			state: 'restore_only',
			last_bkp_result: 'done',
			last_bkp_error_code: 4467,
			last_bkp_error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
		});
	});

	test.each(['cksum_failed', 'failed_checking'] as const)(
		'%s as result is turned back to done by a repair, with the same times',
		async (word) => {
			const nas = await givenNas(withTask());
			const { end } = await status(nas);
			nas.task(1).integrityCheck(60, word);
			nas.advance({ seconds: 60 });
			expect(await status(nas)).toMatchObject({ result: word, end });
			nas.task(1).repair();
			expect(await status(nas)).toMatchObject({ result: 'done', end });
		},
	);

	test.each([
		['refuse', 4401, 'none'],
		['queue', 0, 'backup'],
	] as const)('a start meanwhile: %s', async (backupDuringCheck, expected, after) => {
		const nas = await givenNas(withTask({}, { backupDuringCheck }));
		nas.task(1).integrityCheck(60);
		expect(await code(call(nas, 'backup', { task_id: '1' }))).toBe(expected);
		nas.advance({ seconds: 61 });
		expect((await status(nas)).status).toBe(after);
	});
});

describe('runs that do not end as planned', () => {
	test.each([
		[true, 'suspend', 'suspended'],
		[false, 'cancel', 'canceled'],
	])('interrupted, resumable %s: %s', async (resumable, result, kind) => {
		const nas = await givenNas(withTask({ resumable }));
		nas.task(1).accept();
		nas.advance({ seconds: 50 });
		nas.task(1).interrupt();
		expect(await status(nas)).toMatchObject({ status: 'none', result, end: '2026/11/24 08:00:50' });
		expect(nas.history.at(-1)).toMatchObject({ kind, taskId: 1, run: 1 });
	});

	test('a run that dies leaves backingup and the old times, until DSM writes failed', async () => {
		const nas = await givenNas(withTask());
		const { end } = await status(nas);
		nas.task(1).accept();
		nas.advance({ seconds: 50 });
		nas.task(1).die({ failedAfterSeconds: 3600 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'backingup', end });
		nas.advance({ hours: 1 });
		expect(await status(nas)).toMatchObject({ result: 'failed', end: '2026/11/24 08:00:50' });
	});

	test('the status word can be unknown or missing in mid-run', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).accept();
		nas.task(1).overrides.status = 'pondering';
		expect(await listed(nas)).toMatchObject({ status: 'pondering', result: 'backingup' });
		nas.task(1).overrides.status = undefined;
		expect(await listed(nas)).toMatchObject({ status: undefined, result: 'backingup' });
	});
});

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

describe('the documented dialect', () => {
	const METHODS = ['List', 'Get', 'GetStatus', 'Run', 'Cancel', 'Suspend', 'Resume'];
	const READS = ['List', 'Get', 'GetStatus'];
	const ask = async (
		nas: Awaited<ReturnType<typeof givenNas>>,
		method: string,
		task_id = '1',
	): Promise<number> =>
		await code(
			READS.includes(method) ? get(nas, { method, task_id }) : call(nas, method, { task_id }),
		);

	test.each(METHODS)('%s: an error, a dead session, a task that does not exist', async (method) => {
		const nas = await givenNas(withTask({}, { dialect: 'documented' }));
		nas.fault({ kind: 'code', api: 'SYNO.Backup.Task', apiMethod: method, code: 117, times: 1 });
		expect(await ask(nas, method)).toBe(117);
		nas.afterNext('SYNO.API.Auth', 'login', () => nas.sessions.expire(106));
		expect(await ask(nas, method)).toBe(106);
		if (method !== 'List') expect(await ask(nas, method, '99')).toBe(4401);
	});

	test('a task is missing for some polls; a rotation shows as running', async () => {
		const nas = await givenNas(
			withTask({ rotationSeconds: 60 }, { dialect: 'documented', rotationResult: 'word' }),
		);
		nas.hideTask(1);
		expect(await get(nas, { method: 'List' })).toMatchObject({ data: { tasks: [], total: 0 } });
		nas.task(1).accept();
		nas.advance({ seconds: 130 });
		expect(await get(nas, { method: 'GetStatus', task_id: '1' })).toEqual({
			success: true,
			data: { status: 'running' },
		});
	});

	test('a missing status word and a run that died', async () => {
		const nas = await givenNas(withTask({}, { dialect: 'documented' }));
		nas.task(1).accept();
		nas.task(1).die();
		expect(await get(nas, { method: 'GetStatus', task_id: '1' })).toMatchObject({
			data: { status: 'running' },
		});
		nas.task(1).overrides.status = undefined;
		const { data } = await get(nas, { method: 'List' });
		expect(data!.tasks).toEqual([expect.not.objectContaining({ status: expect.anything() })]);
	});

	test('sessions are needed as everywhere', async () => {
		const nas = await givenNas(withTask({}, { dialect: 'documented' }));
		const { token } = await session(nas);
		const response = await fetch(
			`${nas.url}/webapi/entry.cgi?api=SYNO.Backup.Task&version=1&method=List&_sid=nobody`,
			{ headers: { 'X-SYNO-TOKEN': token } },
		);
		expect(await response.json()).toEqual({ success: false, error: { code: 119 } });
	});
});
