import { call, closeAll, code, get, givenNas, session } from './support/wireClient';
import { withTask } from './support/withTask';

afterEach(closeAll);

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

	test('a task is missing for a poll', async () => {
		const nas = await givenNas(withTask({}, { dialect: 'documented' }));
		nas.hideTask(1);
		expect(await get(nas, { method: 'List' })).toMatchObject({ data: { tasks: [], total: 0 } });
		expect(await get(nas, { method: 'List' })).toMatchObject({ data: { total: 1 } });
	});

	test.each([
		['backups', 'idle'],
		['anything', 'running'],
	] as const)('running means %s: a rotation shows as %s', async (documentedRunning, status) => {
		const nas = await givenNas(
			withTask(
				{ rotationSeconds: 60 },
				{ dialect: 'documented', rotationResult: 'word', documentedRunning },
			),
		);
		nas.task(1).accept();
		nas.advance({ seconds: 130 });
		expect(await get(nas, { method: 'GetStatus', task_id: '1' })).toEqual({
			success: true,
			data: { status },
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

	test('takes its own names with their HTTP methods, and no others', async () => {
		const nas = await givenNas({ dialect: 'documented' });
		expect(await get(nas, { method: 'List' })).toMatchObject({
			data: { total: 2, tasks: [{ task_id: '1', status: 'idle' }, { task_id: 'vm' }] },
		});
		expect(await code(get(nas, { method: 'list' }))).toBe(103);
		expect(await code(get(nas, { method: 'Run', task_id: '1' }))).toBe(103);
		expect(await code(call(nas, 'Run', { task_id: '1' }))).toBe(0);
		expect(await get(nas, { method: 'GetStatus', task_id: '1' })).toMatchObject({
			data: { status: 'running' },
		});
	});
});
