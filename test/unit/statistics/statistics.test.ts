import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { statisticsFromDsm } from '../../../nodes/HyperBackup/hyperBackup/statistics/Statistics';

const CAPTURE = join(__dirname, '../../fixtures/captures/sdsbackup-statistic-get-dsm74.json');
const captured = (JSON.parse(readFileSync(CAPTURE, 'utf8')) as { data: IDataObject }).data;
const read = (data: IDataObject) => statisticsFromDsm("'Nightly'", data, new NasClock('UTC'));

const source = (end: number, counts = [1, 2, 3], size = 100) => ({
	end_time: end,
	new_count: counts[0],
	modify_count: counts[1],
	delete_count: counts[2],
	source_size: size,
});

test('the capture of DSM 7.4 is decoded without loss', () => {
	expect(read(captured)).toEqual({
		message: "Task 'Nightly': its last run had 2 new, 0 modified and 0 deleted files",
		latest: {
			finished_time: 1_785_724_246,
			finished_at: '2026-08-03T02:30:46+00:00',
			files_new: 2,
			files_modified: 0,
			files_deleted: 0,
			files_changed: 2,
			source_size: 1284,
			source_size_bytes: 1284 * 1024,
			target_size: 3379,
			target_size_bytes: 3379 * 1024,
		},
		previous: null,
		source_growth: null,
		target_growth: null,
		size_unit: 'KiB (inferred)',
	});
});

test('two runs: what changed, and by how much it grew', () => {
	const data = {
		source_previous_next_list: [source(100, [5, 5, 5], 90), source(200)],
		target_previous_next_list: [
			{ end_time: 101, target_size: 40 },
			{ end_time: 201, target_size: 50 },
		],
	};
	expect(read(data)).toMatchObject({
		latest: { files_changed: 6 },
		previous: { files_changed: 15, finished_time: 100 },
		source_growth: 10,
		target_growth: 10,
	});
});

test.each<[string, IDataObject]>([
	['no lists', {}],
	['empty lists', { source_previous_next_list: [], target_previous_next_list: [] }],
	['zeros', { source_previous_next_list: [source(0), source(0, [0, 0, 0], 0)] }],
	['rows that are no objects', { source_previous_next_list: [null, 'x'] }],
])('%s: no run, and no zeros that pass for one', (_what, data) => {
	expect(read(data)).toMatchObject({
		message: "Task 'Nightly' has no run with statistics yet",
		latest: null,
		previous: null,
		target_growth: null,
	});
});

test('figures that are missing are null, not 0', () => {
	const data = { source_previous_next_list: [source(0), { end_time: 200, new_count: 7 }] };
	expect(read(data)).toMatchObject({
		message: "Task 'Nightly': its last run had 7 new, ? modified and ? deleted files",
		latest: { files_new: 7, files_modified: null, files_changed: null, target_size: null },
	});
});
