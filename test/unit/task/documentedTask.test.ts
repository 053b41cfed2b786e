import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import type { RawTask } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';

const { documented } = DIALECTS;
const UTC = new NasClock('UTC', { offset: 0, skew: 0 });
const task = (row: RawTask) => documented.task(row, UTC);
const status = (row: RawTask) => documented.taskStatus(row, '7', UTC);

describe('a task of the documented API', () => {
	const ROW: RawTask = {
		task_id: 1,
		name: 'Nightly',
		status: 'error',
		last_backup_time: 1_793_581_800,
		next_backup_time: '1793668200',
		destination: 'nas_1.hbk',
		source_folders: ['/photo', 7],
		schedule: { enabled: true },
	};

	test('has what the response shows, with times in seconds and as ISO 8601', () => {
		expect(task(ROW)).toStrictEqual({
			task_id: '1',
			name: 'Nightly',
			status: 'error',
			message: "Task 'Nightly': its last backup failed",
			last_backup_at: '2026-11-02T01:10:00+00:00',
			next_backup_at: '2026-11-03T01:10:00+00:00',
			destination: 'nas_1.hbk',
			nas: null,
			last_backup_time: 1_793_581_800,
			next_backup_time: 1_793_668_200,
			source_folders: ['/photo', '7'],
			schedule: { enabled: true },
		});
	});

	test('leaves out what the response leaves out, since null would mean never', () => {
		expect(task({ task_id: '1' })).toStrictEqual({
			task_id: '1',
			name: '',
			status: 'unknown',
			message: "Task '': its state is not clear",
			destination: '',
			nas: null,
		});
	});

	test.each(['last_backup', 'next_backup'])('has no %s where the time is none', (field) => {
		for (const never of [0, '', '0', -1, null, 'soon']) {
			expect(task({ task_id: '1', [`${field}_time`]: never })).toMatchObject({
				[`${field}_time`]: null,
				[`${field}_at`]: null,
			});
		}
		expect(task({ task_id: '1', [`${field}_time`]: 1 })).toMatchObject({
			[`${field}_time`]: 1,
			[`${field}_at`]: '1970-01-01T00:00:01+00:00',
		});
	});

	test.each([null, 'daily', 7])('has no schedule where the response shows %j', (schedule) => {
		expect(task({ ...ROW, schedule })).not.toHaveProperty('schedule');
	});

	test.each([null, '/photo', {}])('has no folders where the response shows %j', (folders) => {
		expect(task({ ...ROW, source_folders: folders })).not.toHaveProperty('source_folders');
	});
});

describe('a status of the documented API', () => {
	test('has the figures of the backup that is running', () => {
		const row = {
			status: 'running',
			progress: '42',
			files_backed_up: 10,
			bytes_backed_up: 2048,
			estimated_time_remaining: 90,
		};
		expect(status(row)).toStrictEqual({
			task_id: '7',
			status: 'running',
			progress: 42,
			message: 'Task 7: a backup is running',
			files_backed_up: 10,
			bytes_backed_up: 2048,
			estimated_time_remaining: 90,
		});
	});

	test('has no figures where the response shows none', () => {
		expect(status({ status: 'idle', progress: null })).toStrictEqual({
			task_id: '7',
			status: 'idle',
			progress: null,
			message: 'Task 7: it is idle',
			files_backed_up: null,
			bytes_backed_up: null,
			estimated_time_remaining: null,
		});
	});
});
