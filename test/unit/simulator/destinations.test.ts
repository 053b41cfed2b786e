import type { Nas } from '../../../simulator';
import { call, closeAll, code, givenNas, listed, type Form } from './support/wireClient';

afterEach(closeAll);

const START = Date.UTC(2026, 10, 24, 8);
const TARGET = { api: 'SYNO.Backup.Target' };
const REPOSITORY = { api: 'SYNO.Backup.Repository' };
const VAULT = 'SYNO.Backup.Service.VersionBackup.';
const ONLINE = { task_id: '1', additional: '["is_online","used_size"]' };

describe('destinations', () => {
	test('one that is away has no size, or gives an error', async () => {
		const tasks = [{ id: 1, name: 'A', online: false }];
		const { data } = await call(await givenNas({ tasks }), 'get', ONLINE, TARGET);
		expect(data).toMatchObject({ is_online: false });
		expect(data).not.toHaveProperty('used_size');
		const nas = await givenNas({ tasks, unknowns: { offlineTarget: 'error' } });
		expect(await code(call(nas, 'get', ONLINE, TARGET))).toBe(4401);
	});

	test.each([
		['7.2', undefined, ''],
		['7.4', undefined, 0],
		['7.2', START - 60_000, '2026/11/24 07:59'],
	] as const)('DSM %s, last check %p: %p', async (dsm, at, expected) => {
		const lastCheck = at === undefined ? undefined : { at };
		const nas = await givenNas({ dsm, tasks: [{ id: 1, name: 'A', lastCheck }] });
		expect((await call(nas, 'get', ONLINE, TARGET)).data!.last_detect_time).toBe(expected);
	});

	test('the size grows with each version', async () => {
		const nas = await givenNas();
		const size = async (): Promise<number> =>
			(await call(nas, 'get', ONLINE, TARGET)).data!.used_size as number;
		const before = await size();
		nas.task(1).accept();
		nas.advance({ minutes: 20 });
		expect(await size()).toBeGreaterThan(before);
	});

	test('a check is started and canceled; without one there is nothing to cancel', async () => {
		const nas = await givenNas({ tasks: [{ id: 1, name: 'A', checkDelaySeconds: 10 }] });
		const cancel = async (): Promise<number> =>
			await code(call(nas, 'error_detect_cancel', { task_id: '1' }, TARGET));
		expect(await cancel()).toBe(4400);
		await call(nas, 'error_detect', { task_id: '1', detect_data: 'true' }, TARGET);
		expect((await listed(nas))!.status).toBe('detect_waiting');
		nas.advance({ seconds: 10 });
		expect((await listed(nas))!.status).toBe('detect');
		expect(await cancel()).toBe(0);
		expect((await listed(nas))!.status).toBe('none');
		expect((await call(nas, 'get', ONLINE, TARGET)).data!.last_detect_time).toBe('');
	});

	test('repositories: all, one, and none without a task', async () => {
		const nas = await givenNas();
		expect((await call(nas, 'list', {}, REPOSITORY)).data).toMatchObject({
			total: 1,
			repo_list: [{ repo_id: 1, transfer_type: 'image_local' }],
		});
		expect(await code(call(nas, 'get', {}, REPOSITORY))).toBe(4400);
		expect((await call(nas, 'get', { task_id: '1' }, REPOSITORY)).data!.share).toBe('Backup');
		const second = { ...REPOSITORY, version: '2' };
		expect(await code(call(nas, 'get', { task_id: '1' }, second))).toBe(103);
	});
});

describe('creating and deleting tasks', () => {
	const CREATE: Form = {
		name: '"New"',
		target_id: '"new_1"',
		target_type: '"image"',
		transfer_type: '"image_local"',
		share: '"Backup"',
	};

	test('a created task has the next number, no schedule and no run', async () => {
		const nas = await givenNas();
		expect((await call(nas, 'create', CREATE)).data!.task_id).toBe(2);
		expect(await listed(nas, 2)).toMatchObject({ status: 'none', result: 'none' });
	});

	test('the response can be empty although it worked', async () => {
		const nas = await givenNas({ unknowns: { createResponse: 'empty' } });
		await expect(call(nas, 'create', CREATE)).rejects.toThrow(/JSON/);
		expect(nas.task(2).name).toBe('New');
	});

	test('several are deleted at once; deleting their data too is refused', async () => {
		const nas = await givenNas({ tasks: [1, 2, 3].map((id) => ({ id, name: `T${id}` })) });
		const remove = { task_id_list: '[1,3]', is_remove_data: 'true' };
		expect(await code(call(nas, 'delete', remove))).toBe(4401);
		expect(await code(call(nas, 'delete', { ...remove, is_remove_data: 'false' }))).toBe(0);
		expect(nas.tasks.map(({ id }) => id)).toEqual([2]);
	});
});

describe('Hyper Backup Vault', () => {
	const target = { id: 4, name: 'other_1', lastBackupAt: START - 60_000, usedSize: 729 };
	const names = async (nas: Nas): Promise<string[]> =>
		Object.keys(
			(
				await call(
					nas,
					'query',
					{ query: 'SYNO.Backup.,SYNO.SDS.Backup.' },
					{ api: 'SYNO.API.Info' },
				)
			).data!,
		);

	test('client only: its APIs are absent', async () => {
		const nas = await givenNas();
		expect((await names(nas)).filter((name) => /Server\.|VersionBackup/.test(name))).toEqual([]);
		expect(await code(call(nas, 'list', {}, { api: `${VAULT}Target` }))).toBe(102);
	});

	test("Vault only: Hyper Backup's are absent", async () => {
		const nas = await givenNas({ hyperBackup: 'missing', vault: { targets: [target] } });
		expect(await code(call(nas, 'list'))).toBe(102);
		expect((await names(nas)).filter((name) => name.includes('.Client.'))).toEqual([]);
		expect((await call(nas, 'list', {}, { api: `${VAULT}Target` })).data!.target_list).toEqual([
			expect.objectContaining({ target_id: 4, status: 'idle', used_size: 729 }),
		]);
	});

	test('a backup arrives; settings, detail, statistics and log follow', async () => {
		const nas = await givenNas({ vault: { targets: [target] } });
		nas.vault.receive(4, START, 30);
		const { data } = await call(nas, 'detail', { target_id: '4' }, { api: `${VAULT}Target` });
		expect(data).toMatchObject({
			last_backup_start_time: START / 1000 - 30,
			last_backup_duration: 30,
			used_size: 829,
		});
		await call(nas, 'set', { parallel_backup_limit: '5' }, { api: `${VAULT}Config` });
		expect((await call(nas, 'get', {}, { api: `${VAULT}Config` })).data).toEqual({
			parallel_backup_limit: 5,
		});
		const server = (name: string): { api: string } => ({ api: `SYNO.SDS.Backup.Server.${name}` });
		const statistic = { task_id: '4', additional: '["volume_size"]' };
		expect((await call(nas, 'get', statistic, server('Common.Statistic'))).data).toMatchObject({
			target_previous_next_list: [{ end_time: 0 }, { end_time: START / 1000, target_size: 829 }],
			volume_size: expect.any(Number),
		});
		const log = { offset: '0', limit: '9', filter_target_id: '4' };
		expect((await call(nas, 'list', log, server('Common.Log'))).data).toMatchObject({
			total: 2,
			log_list: [{ event: 'Backup complete.' }, { event: 'Backup started.' }],
		});
	});
});
