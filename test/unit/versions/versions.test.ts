import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { fetchVersions } from '../../../nodes/HyperBackup/hyperBackup/versions/fetchVersions';
import { newestCompleted } from '../../../nodes/HyperBackup/hyperBackup/versions/newestVersion';
import { toVersion } from '../../../nodes/HyperBackup/hyperBackup/versions/Version';

const FOLDER = join(__dirname, '../../fixtures/captures');
const clock = new NasClock('UTC');

const CAPTURES = readdirSync(FOLDER).filter((name) => /^backup-version-list-(?!error)/.test(name));

interface Capture {
	data: { total: number; version_info_list: IDataObject[] };
}

const rowsOf = (name: string): IDataObject[] =>
	(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Capture).data.version_info_list;

/** A NAS that gives these pages, one for each request. */
const pages = (...given: unknown[]) => {
	const offsets: unknown[] = [];
	const call = async ({ parameters = {} }: { parameters?: Record<string, unknown> }) => {
		offsets.push(parameters.offset);
		return await Promise.resolve(given.shift());
	};
	return { client: { call } as never, offsets };
};

const listOf = (ids: string[], total = ids.length) => ({
	total,
	version_info_list: ids.map((id) => ({ version_id: id, status: 'success' })),
});

test('there are captures of versions', () => {
	expect(CAPTURES.length).toBeGreaterThanOrEqual(4);
});

test.each(CAPTURES)('%s is decoded without loss', (name) => {
	for (const row of rowsOf(name)) {
		const version = toVersion(row, clock);
		expect(version).toMatchObject({
			version_id: row.version_id,
			status: row.status === 'cancel' ? 'canceled' : row.status,
			completed_time: row.complete_time,
			locked: row.locked,
		});
		if (row.timestamp !== undefined) expect(version.started_time).toBe(row.timestamp);
		expect(version.started_time).toEqual(expect.any(Number));
	}
});

test('the counts of DSM 6 are shown, and on newer ones there are none', () => {
	const [old] = rowsOf('backup-version-list-dsm6-with-statistics-model.json');
	expect(toVersion(old!, clock)).toMatchObject({
		files_new: 2,
		files_modified: 0,
		files_deleted: 0,
		files_unchanged: 118,
		files_total: 120,
		bytes_total: 483_920,
	});
	const [newer] = rowsOf('backup-version-list-hb422.json');
	expect(Object.keys(toVersion(newer!, clock)).filter((name) => /^files_/.test(name))).toEqual([]);
});

test.each<[string, IDataObject, Partial<ReturnType<typeof toVersion>>]>([
	['0 as the time of completion', { complete_time: 0 }, { completed_time: null, duration: null }],
	[
		'1970 as its text',
		{ complete_time_local: '1970/01/01 01:00:00', complete_time: 0 },
		{ completed_at: null },
	],
	['an unknown status', { status: 'odd' }, { status: 'unknown' }],
	['no status', { status: undefined }, { status: 'unknown' }],
	['no number', { version_id: undefined }, { version_id: '' }],
	['a completion before the start', { timestamp: 200, complete_time: 100 }, { duration: 0 }],
	[
		'a running backup with a left-over time',
		{ status: 'backup', complete_time: 99 },
		{ status: 'running', completed_time: null },
	],
])('%s never reads as a complete version', (_what, more, expected) => {
	const row = { version_id: '5', status: 'success', timestamp: 100, complete_time: 150, ...more };
	expect(toVersion(row, clock)).toMatchObject(expected);
});

test('numbers are sorted as numbers, the newest first, and what is none comes last', async () => {
	const { client } = pages(listOf(['9', 'x', '100', '12']));
	const rows = await fetchVersions(client, '1');
	expect(rows.map(({ version_id: id }) => id)).toEqual(['100', '12', '9', 'x']);
});

test('versions that the first response left out are requested', async () => {
	const { client, offsets } = pages(listOf(['3', '2'], 3), listOf(['2', '1'], 3));
	expect(await fetchVersions(client, '1')).toHaveLength(3);
	expect(offsets).toEqual([undefined, 2]);
});

test('a NAS that never sends the rest is an error: the newest may be among them', async () => {
	const { client } = pages(listOf(['3', '2'], 9), listOf(['3', '2'], 9));
	await expect(fetchVersions(client, '1')).rejects.toThrow('has 9 versions and listed 2 of them');
});

test.each([null, {}, { version_info_list: 'none' }])(
	'%j is no list of versions',
	async (response) => {
		const { client } = pages(response);
		await expect(fetchVersions(client, '1')).rejects.toThrow('without a list of versions');
	},
);

test('rows that are no objects are shown and break nothing', async () => {
	const { client } = pages({ total: 2, version_info_list: [null, 'text'] });
	const rows = await fetchVersions(client, '1');
	expect(rows.map((row) => toVersion(row, clock).status)).toEqual(['unknown', 'unknown']);
});

test('the newest completed one skips a running, a canceled and an unknown one', () => {
	const rows = ['backup', 'cancel', 'odd', 'success', 'success'].map((status, index) => ({
		version_id: String(9 - index),
		status,
	}));
	expect(newestCompleted(rows, "'Nightly'").version_id).toBe('6');
	expect(() => newestCompleted(rows.slice(0, 3), "'Nightly'")).toThrow(
		"Task 'Nightly' has no version that was completed",
	);
});
