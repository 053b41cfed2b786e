import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import {
	statusFromDsm,
	taskDetailsFromDsm,
	taskFromDsm,
} from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import type { RawTask } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';

const FOLDER = join(__dirname, '../../fixtures/captures');
const read = (name: string): RawTask =>
	(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { data: RawTask }).data;
const named = (pattern: RegExp): string[] =>
	readdirSync(FOLDER).filter((name) => pattern.test(name));
const utc = new NasClock('UTC', { offset: 0, skew: 0 });

describe('real responses to list', () => {
	test.each(named(/^backup-task-list-.*\.json$/))(
		'%s: every row becomes a task with its name, ID and a status',
		(name) => {
			const rows = read(name).task_list as RawTask[];
			const tasks = rows.map((row) => taskFromDsm(row, utc));
			expect(tasks).toHaveLength(rows.length);
			for (const [index, task] of tasks.entries()) {
				const row = rows[index]!;
				expect(task.name).toBe(row.name);
				expect(task.task_id).toBe(row.task_id === undefined ? '' : String(row.task_id));
				expect(DIALECTS.dsm.snapshot(row).resultWord).toBe(row.last_bkp_result ?? '');
				// What was left out is not made up: such a row is not taken for idle. Only LUN tasks have
				// no state.
				const whole =
					row.status !== undefined &&
					(row.state !== undefined || String(row.type).endsWith('lunbkp'));
				expect(task.status).toBe(whole ? 'idle' : 'unknown');
				expect(DIALECTS.dsm.snapshot(row)).toMatchObject({ name: row.name, status: task.status });
			}
		},
	);

	test('a LUN task keeps its name as ID, and its result word', () => {
		const [, lun] = (read('backup-task-list-lun-tasks.json').task_list as RawTask[]).map((row) =>
			taskFromDsm(row, utc),
		);
		expect(lun).toMatchObject({
			task_id: 'dsmctl-lun-bkp2',
			status: 'idle',
			last_result: 'success',
		});
	});

	test('Hyper Backup 4.2: the last backup is when it ended, to the second', () => {
		const [task] = (read('backup-task-list-hb422-one-idle.json').task_list as RawTask[]).map(
			(row) => taskFromDsm(row, utc),
		);
		expect(task).toMatchObject({
			last_backup_time: Date.parse('2026-07-21T01:21:37Z') / 1000,
			last_backup_at: '2026-07-21T01:21:37+00:00',
			next_backup_time: null,
			destination: 'Local folder or USB: dsmctl_probe_1',
			destination_type: 'image:image_local',
			encrypted: false,
		});
	});
});

describe('real responses to get', () => {
	test.each(named(/^backup-task-get-.*\.json$/))('%s: keeps name and sources', (name) => {
		const row = read(name);
		const task = taskDetailsFromDsm(row, utc);
		const folders =
			(row.source as { folder_list?: Array<{ fullPath: string }> } | undefined)?.folder_list?.map(
				({ fullPath }) => fullPath,
			) ?? [];
		expect(task.name).toBe(row.name);
		expect(task.source_folders).toEqual(folders);
	});

	test('the place at the destination is named', () => {
		expect(taskDetailsFromDsm(read('backup-task-get-hb422.json'), utc).destination).toBe(
			'Local folder or USB: Share/dsmctl_probe_1',
		);
	});
});

describe('real responses to status', () => {
	test('idle after a good run: no progress, and 4401 is no error', () => {
		expect(statusFromDsm(read('backup-task-status-hb422-idle-done.json'), '1', utc)).toMatchObject({
			task_id: '1',
			status: 'idle',
			progress: null,
			last_result: 'success',
			last_error: null,
			last_error_code: null,
			last_backup_time: Date.parse('2026-07-21T01:21:37Z') / 1000,
			last_success_time: Date.parse('2026-07-21T01:21:37Z') / 1000,
		});
	});

	test('running: sizes that come as text are numbers', () => {
		expect(
			statusFromDsm(read('backup-task-status-dsm74-running-data_backup.json'), '7', utc),
		).toMatchObject({
			status: 'running',
			activity: 'backing_up',
			progress: 42,
			files_backed_up: 3,
			bytes_backed_up: null,
			processed_size: 640,
			total_size: 1284,
			transmitted_size: 512,
			size_unit: 'KiB (inferred)',
			estimated_time_remaining: null,
			step: 'data_backup',
			can_cancel: true,
			can_suspend: true,
		});
	});

	test('the first run ever: nothing has ended yet', () => {
		expect(
			statusFromDsm(read('backup-task-status-hb422-running-first-run.json'), '1', utc),
		).toMatchObject({
			status: 'running',
			last_backup_time: null,
			estimated_time_remaining: null,
			can_suspend: false,
		});
	});

	test('the version of the last good run is kept', () => {
		expect(statusFromDsm(read('backup-task-status-doc-hb42.json'), '1', utc)).toMatchObject({
			last_success_version: '42',
			next_backup_time: Date.parse('2025-01-16T02:00:00Z') / 1000,
		});
	});
});
