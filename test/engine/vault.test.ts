import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, NasOptions } from '../../simulator';
import { loadOptions, runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const RECEIVED = Date.UTC(2026, 10, 24, 3, 0, 0);
const TARGET = 'SYNO.Backup.Service.VersionBackup.Target';
const LOG = 'SYNO.SDS.Backup.Server.Common.Log';
const targets = [
	{ id: 1, name: 'Branch_1', lastBackupAt: RECEIVED, lastBackupSeconds: 60, usedSize: 729 },
	{ id: 2, name: 'Attic_1' },
];

/** What a NAS with these packages offers; the one that only receives has no Hyper Backup. */
const KINDS: Array<[dsm: DsmVersion, hyperBackup: 'installed' | 'missing']> = [
	['6.2', 'installed'],
	['7.0', 'installed'],
	['7.2', 'missing'],
	['7.4', 'installed'],
];

const given = async (options: NasOptions = {}) =>
	await givenNas({ vault: { targets }, ...options });

const operate = async (
	credentials: ReturnType<typeof credentialsFor>,
	operation: string,
	more: IDataObject = {},
) => await runNode(credentials, { resource: 'vault', operation, ...more } as never);

describe.each(KINDS)('Vault Target (DSM %s, Hyper Backup itself: %s)', (dsm, hyperBackup) => {
	test('Get Many: when the last backup arrived, and how large it is', async () => {
		const { credentials } = await given({ dsm, hyperBackup });
		const { items, error } = await operate(credentials, 'getAll');
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(items[0]!.json).toMatchObject({
			target_id: '1',
			name: 'Branch_1',
			last_received_at: '2026-11-24T03:01:00+00:00',
			used_size: 729,
			used_size_bytes: 746_496,
			nas: 'NAS',
		});
		expect(items[1]!.json).toMatchObject({ name: 'Attic_1', last_received_time: null });
	});

	test('Get: what the NAS sends of one target, by ID or name', async () => {
		const { credentials } = await given({ dsm, hyperBackup });
		for (const targetId of ['1', 'Branch_1', 'branch_1']) {
			const { items } = await operate(credentials, 'get', { targetId });
			expect(items[0]!.json).toMatchObject({ target_id: '1', data: { target_name: 'Branch_1' } });
			expect(JSON.stringify(items)).toContain('uni_key');
			expect(JSON.stringify(items)).not.toContain('00005E005305');
		}
	});

	test('Get Logs: entries about one target, or all', async () => {
		const { credentials } = await given({ dsm, hyperBackup });
		const { items } = await operate(credentials, 'getLogs', { targetId: '1' });
		expect(items.map(({ json }) => (json.entry as IDataObject).event)).toEqual([
			'Backup complete.',
			'Backup started.',
		]);
		expect((await operate(credentials, 'getLogs', { targetId: '2' })).items).toEqual([]);
		expect((await operate(credentials, 'getLogs')).items).toHaveLength(2);
	});
});

describe('Vault Target', () => {
	test.each([
		['getAll', {}, TARGET],
		['get', { targetId: '1' }, TARGET],
		['getLogs', { targetId: '1' }, LOG],
	])('%s is one request when session and clock are known', async (operation, more, api) => {
		const { nas, credentials } = await given();
		await operate(credentials, 'getAll');
		await operate(credentials, operation, more);
		nas.resetRequests();
		await operate(credentials, operation, more);
		expect(nas.requests.map((request) => request.api)).toEqual([api]);
	});

	test('the list of targets to choose from', async () => {
		const { credentials } = await given();
		expect(await loadOptions(credentials, 'getVaultTargets')).toEqual([
			{ name: 'Attic_1', value: '2' },
			{ name: 'Branch_1', value: '1' },
		]);
	});

	test.each(['getAll', 'getLogs'])(
		'%s on a NAS without Vault: a sentence that names the package',
		async (operation) => {
			const { credentials } = await givenNas({ tasks: [] });
			const { error } = await operate(credentials, operation);
			expect(error?.message).toBe(
				'Hyper Backup Vault is not installed on this NAS, or it is stopped',
			);
		},
	);

	test('a name that no target has: the targets there are', async () => {
		const { credentials } = await given();
		const { error } = await operate(credentials, 'get', { targetId: 'Cellar' });
		expect(error?.message).toBe("There is no Vault target 'Cellar' on this NAS");
		expect(error?.description).toContain("'Branch_1' (ID 1)");
	});

	test('a name that several targets have: choose by ID', async () => {
		const twice = [targets[0]!, { id: 3, name: 'branch_1' }];
		const { credentials } = await given({ vault: { targets: twice } });
		const { error } = await operate(credentials, 'get', { targetId: 'BRANCH_1' });
		expect(error?.message).toContain('fits 2 Vault targets');
	});

	test('an ID that no target has: which one could not be read', async () => {
		const { credentials } = await given();
		const { error } = await operate(credentials, 'get', { targetId: '9' });
		expect(error?.message).toContain('Vault target 9 could not be read');
	});

	test('Get without a target is refused before anything is sent', async () => {
		const { nas, credentials } = await given();
		const { error } = await operate(credentials, 'get', { targetId: ' ' });
		expect(error?.message).toContain("'Target Name or ID' is empty");
		expect(nas.requests).toEqual([]);
	});

	test.each(['html', 'truncated', 'empty200', 'otherJson', 'hang'] as const)(
		'%s is an error, and no empty list',
		async (kind) => {
			const { nas, credentials } = await given();
			nas.fault({ kind, api: TARGET });
			const { items, error } = await operate(credentials, 'getAll');
			expect(items).toEqual([]);
			expect(error?.message).toMatch(/\w+ .+/);
		},
	);

	test.each([105, 120, 4400, 4401])('a refusal (%i) is an error', async (code) => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code, api: TARGET });
		expect((await operate(credentials, 'getAll')).error?.message).toMatch(/\w+ .+/);
	});

	test('works with a read-only credential', async () => {
		const { nas } = await given();
		const credentials = credentialsFor(nas, { readOnly: true });
		expect((await operate(credentials, 'getAll')).items).toHaveLength(2);
		expect((await operate(credentials, 'get', { targetId: '1' })).items).toHaveLength(1);
		expect((await operate(credentials, 'getLogs')).items).toHaveLength(2);
	});
});
