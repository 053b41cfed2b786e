import { call, closeAll, code, givenNas, listed, status } from './support/wireClient';
import { withTask } from './support/withTask';

afterEach(closeAll);

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

	test('by default the state is still backupable', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).integrityCheck(60);
		expect(await status(nas)).toMatchObject({ state: 'backupable', status: 'detect' });
	});

	test('a bad check ends as restore_only with 4467, and the result is still done', async () => {
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
