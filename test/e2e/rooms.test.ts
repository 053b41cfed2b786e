import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, runOperation, stageWith, type Stage } from './support';

const one = { __rl: true, mode: 'id', value: '1' };
const SECRET = 'AKIASECRETKEYID';
const day = (date: number): number => Date.UTC(2026, 10, date, 2, 0, 0);

describe(`versions, statistics, the vault and any API in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		nas = await fastNas({
			vault: { targets: [{ id: 1, name: 'Branch_1', lastBackupAt: day(23) }] },
			tasks: [
				{
					id: 1,
					name: 'Nightly',
					repository: { share: 'usb1', key: SECRET },
					versions: [
						{ id: 7, startedAt: day(19) },
						{ id: 9, startedAt: day(20) },
						{ id: 10, startedAt: day(21), status: 'cancel' },
					],
				},
			],
		});
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const operate = async (resource: string, operation: string, more = {}) =>
		(await runOperation(stage, credentialId, { resource, operation, ...more })).items;

	test('Version: Get Many and Get Latest', async () => {
		const all = await operate('version', 'getAll', { taskId: one });
		expect(all.map((item) => [item.version_id, item.status])).toEqual([
			['10', 'canceled'],
			['9', 'success'],
			['7', 'success'],
		]);
		const [latest] = await operate('version', 'getLatest', { taskId: one });
		expect(latest).toMatchObject({ version_id: '9', status: 'success', task_id: '1' });
	});

	test('Statistic: Get', async () => {
		const [item] = await operate('statistic', 'get', { taskId: one });
		expect(item).toMatchObject({ task_id: '1', previous: expect.anything() as unknown });
	});

	test('Task: Get with everything included', async () => {
		const include = ['destination', 'log', 'statistics', 'versions'];
		const [item] = await operate('task', 'get', { taskId: one, options: { include } });
		expect(item).toMatchObject({
			name: 'Nightly',
			destination_details: { online: true },
			log: expect.anything() as unknown,
			statistics: { size_unit: 'KiB (inferred)' },
		});
		expect(item!.versions).toHaveLength(3);
		expect(JSON.stringify(item)).not.toContain(SECRET);
	});

	test('Vault Target: Get Many, Get and Get Logs', async () => {
		const [target] = await operate('vault', 'getAll');
		expect(target).toMatchObject({ target_id: '1', name: 'Branch_1' });
		const [detail] = await operate('vault', 'get', { targetId: '1' });
		expect(detail).toMatchObject({ target_id: '1', data: { target_name: 'Branch_1' } });
		expect((await operate('vault', 'getLogs', { targetId: '1' })).length).toBeGreaterThan(0);
	});

	test('NAS System: Custom API Call', async () => {
		const [item] = await operate('nas', 'customApiCall', {
			apiName: 'SYNO.Backup.Repository',
			apiMethod: 'list',
		});
		expect(item).toMatchObject({ success: true, data: { repo_list: [{ key: '********' }] } });
	});
});
