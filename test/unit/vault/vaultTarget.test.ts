import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import {
	fetchTargets,
	fetchVaultLog,
} from '../../../nodes/HyperBackup/hyperBackup/vault/vaultCalls';
import { toVaultTarget } from '../../../nodes/HyperBackup/hyperBackup/vault/VaultTarget';

const FOLDER = join(__dirname, '../../fixtures/captures');
const clock = new NasClock('UTC');
const capture = (name: string): unknown =>
	(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { data: unknown }).data;

const nas = (...given: unknown[]) => {
	const sent: IDataObject[] = [];
	const call = async ({ parameters = {} }: { parameters?: IDataObject }) => {
		sent.push(parameters);
		return await Promise.resolve(given.shift());
	};
	return { client: { call } as never, sent };
};

test('the captured target is decoded without loss', async () => {
	const { client } = nas(capture('vault-versionbackup-target-list-one.json'));
	const [row] = await fetchTargets(client);
	expect(toVaultTarget(row, clock, 'NAS')).toEqual({
		target_id: '1',
		name: 'DiskStation_1',
		message: "Vault target 'DiskStation_1': its last backup arrived at 2026-07-21 02:55",
		status: 'idle',
		last_backup_start_time: 1_784_602_516,
		last_backup_start_at: '2026-07-21T02:55:16+00:00',
		last_backup_duration: 15,
		last_received_time: 1_784_602_531,
		last_received_at: '2026-07-21T02:55:31+00:00',
		used_size: 729,
		used_size_bytes: 729 * 1024,
		size_unit: 'KiB (inferred)',
		size_is_stale: false,
		encrypted: false,
		resumable: false,
		share: 'hb_vault',
		path: '/volume1/hb_vault/DiskStation_1',
		nas: 'NAS',
	});
});

test('an empty list is a proper response', async () => {
	const { client } = nas(capture('vault-versionbackup-target-list-empty.json'));
	expect(await fetchTargets(client)).toEqual([]);
});

test.each([null, {}, { target_list: 'none' }])('%j is no list of targets', async (response) => {
	await expect(fetchTargets(nas(response).client)).rejects.toThrow(
		'without a list of Vault targets',
	);
});

test.each([null, 7, {}, { last_backup_start_time: 0 }])(
	'%j: nothing is known to have arrived',
	(row) => {
		expect(toVaultTarget(row, clock, null)).toMatchObject({
			message: expect.stringContaining('no backup is known to have arrived') as string,
			status: 'unknown',
			last_received_time: null,
			used_size: null,
			used_size_bytes: null,
			size_is_stale: null,
		});
	},
);

test('a status that is not idle stands in the sentence', () => {
	const row = { target_name: 'B', status: 'receiving', last_backup_start_time: 10 };
	expect(toVaultTarget(row, clock, null).message).toContain("and its status is 'receiving'");
});

const entries = (count: number, from = 0) => ({
	log_list: Array.from({ length: count }, (_, index) => ({ event: `entry ${from + index}` })),
});

test('the log is read page by page up to the limit', async () => {
	const { client, sent } = nas(entries(500), entries(500, 500));
	expect(await fetchVaultLog(client, 600, 3)).toHaveLength(600);
	expect(sent).toEqual([
		{ offset: 0, limit: 500, filter_target_id: 3 },
		{ offset: 500, limit: 100, filter_target_id: 3 },
	]);
});

test('a log that repeats itself is an error', async () => {
	const { client } = nas(entries(500), entries(500));
	await expect(fetchVaultLog(client, Infinity)).rejects.toThrow('the same part of the log twice');
});

test('a response of another shape is given as it is', async () => {
	expect(await fetchVaultLog(nas({ rows: 1 }).client, 50)).toEqual([{ rows: 1 }]);
});
