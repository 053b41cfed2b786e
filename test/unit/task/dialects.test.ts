import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import {
	MAX_TASKS,
	type Action,
	type Dialect,
} from '../../../nodes/HyperBackup/hyperBackup/task/dialects/Dialect';
import { asRow, isRow } from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import type { RawTask } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';

const { dsm, documented } = DIALECTS;
const UTC = new NasClock('UTC', { offset: 0, skew: 0 });
const ACTIONS: Action[] = ['run', 'cancel', 'suspend', 'resume', 'discard'];

describe("requests in DSM's own dialect", () => {
	const LIST = ['last_bkp_time', 'next_bkp_time', 'last_bkp_result', 'is_modified'];
	const read = (method: string, parameters: object) => ({
		api: 'SYNO.Backup.Task',
		version: 1,
		method,
		reads: true,
		parameters,
	});
	const status = read('status', {
		task_id: 1,
		blOnline: false,
		additional: [...LIST, 'last_bkp_progress', 'last_bkp_success_version'],
	});

	test('the list, with what an event is made from', () => {
		expect(dsm.list()).toEqual(read('list', { additional: [...LIST, 'schedule'] }));
	});

	test('the status of a task, without touching its destination', () => {
		expect(dsm.status('1')).toEqual(status);
	});

	test('everything about a task is what get shows and what status shows', () => {
		const additional = ['repository', 'schedule', 'backup_params', 'rotate_params'];
		expect(dsm.get('1')).toEqual([read('get', { task_id: 1, additional }), status]);
	});

	test.each<[Action, string, object]>([
		['run', 'backup', {}],
		['cancel', 'cancel', { task_state: 'backupable' }],
		['suspend', 'suspend', { task_state: 'backupable' }],
		['resume', 'resume', {}],
		['discard', 'discard', {}],
	])('%s is %s and no read', (action, method, more) => {
		expect(dsm.action(action, '1')).toEqual({
			api: 'SYNO.Backup.Task',
			version: 1,
			method,
			parameters: { task_id: 1, ...more },
		});
	});

	test("cancel and suspend send the task's own state", () => {
		expect(dsm.action('cancel', '1', 'broken').parameters).toMatchObject({ task_state: 'broken' });
		expect(dsm.action('suspend', 'vm', 'broken').parameters).toEqual({
			task_id: 'vm',
			task_state: 'broken',
		});
	});
});

describe('requests in the documented dialect', () => {
	const request = (method: string, parameters: object, more: object = {}) => ({
		api: 'SYNO.Backup.Task',
		version: 1,
		method,
		raw: true,
		parameters,
		...more,
	});
	const read = { reads: true, http: 'GET' };

	test('reads are GET', () => {
		expect(documented.list()).toStrictEqual(request('List', {}, read));
		expect(documented.get('1')).toEqual([request('Get', { task_id: '1' }, read)]);
		expect(documented.status('1')).toEqual(request('GetStatus', { task_id: '1' }, read));
	});

	test.each(ACTIONS)('%s is POST, and no read', (action) => {
		const method = action[0]!.toUpperCase() + action.slice(1);
		expect(documented.action(action, '1')).toEqual(request(method, { task_id: '1' }));
	});
});

describe('a response', () => {
	test.each([
		[{}, true],
		[[], false],
		[null, false],
		['text', false],
		[undefined, false],
	])('%j is a row: %p', (data, expected) => {
		expect(isRow(data)).toBe(expected);
	});

	test('without the task is a bad response', () => {
		expect(asRow({ task_id: 1 })).toEqual({ task_id: 1 });
		expect(asRow({ name: 'Nightly' }, '1')).toEqual({ task_id: 1, name: 'Nightly' });
		expect(() => asRow(null)).toThrow(
			expect.objectContaining({
				kind: 'badResponse',
				message: 'The NAS left the task out of its response',
				description: 'Try again. If it keeps happening, check the task in Hyper Backup.',
			}),
		);
	});
});

describe.each<[string, Dialect, string]>([
	['dsm', dsm, 'task_list'],
	['documented', documented, 'tasks'],
])('a list in the dialect %s', (name, dialect, field) => {
	const BAD_LIST = {
		kind: 'badResponse',
		message: 'The NAS left the list of tasks out of its response',
		description: 'Try again. If it keeps happening, check Hyper Backup on the NAS.',
	};
	const rows = (list: unknown, total?: unknown) => dialect.rows({ [field]: list, total });

	test('is a dialect of that name', () => {
		expect(dialect.name).toBe(name);
	});

	test('gives its rows as they came', () => {
		const list = [{ task_id: 1 }, { task_id: 'vm' }];
		expect(rows(list)).toBe(list);
		expect(rows(list, 2)).toBe(list);
		expect(rows(list, 1)).toBe(list);
		expect(rows(list, '3')).toBe(list);
		expect(rows([])).toEqual([]);
	});

	test.each([undefined, null, {}, 'text'])('%j in place of the rows is a bad response', (list) => {
		expect(() => rows(list)).toThrow(expect.objectContaining(BAD_LIST));
	});

	test.each([undefined, null, [], 'text'])('%j as the response is a bad response', (data) => {
		expect(() => dialect.rows(data)).toThrow(expect.objectContaining(BAD_LIST));
	});

	test('that is shorter than it says is a bad response', () => {
		expect(() => rows([{ task_id: 1 }], 2)).toThrow(expect.objectContaining(BAD_LIST));
	});

	test.each<unknown>([{}, { task_id: '' }, { task_id: null }, null, 'text', [1]])(
		'with %j in it is a bad response',
		(row) => {
			expect(() => rows([{ task_id: 1 }, row])).toThrow(
				expect.objectContaining({
					kind: 'badResponse',
					message: 'The NAS listed a task without its ID',
					description: 'Try again. If it keeps happening, check Hyper Backup on the NAS.',
				}),
			);
		},
	);

	test('of more tasks than Hyper Backup can have is none of DSM', () => {
		const most = Array.from({ length: MAX_TASKS }, (_, index) => ({ task_id: index }));
		expect(rows(most)).toHaveLength(MAX_TASKS);
		expect(() => rows([...most, { task_id: MAX_TASKS }])).toThrow(
			expect.objectContaining({
				kind: 'notDsm',
				message: 'The response of the NAS lists more than 10000 tasks',
				description: 'Check the NAS Address: something other than Hyper Backup may have responded.',
			}),
		);
	});
});

describe("a row in DSM's own dialect", () => {
	const ROW: RawTask = {
		task_id: 1,
		name: 'Nightly',
		state: 'backupable',
		status: 'none',
		last_bkp_result: 'done',
		last_bkp_time: '2026/11/02 02:00:00',
		last_bkp_end_time: '2026/11/02 02:10:00',
		next_bkp_time: '2026/11/03 02:00',
		last_bkp_success_version: '12',
		target_id: 'nas_1.hbk',
		type: 'image:image_local',
	};

	test('becomes a task snapshot', () => {
		expect(dsm.snapshot(ROW)).toEqual({
			id: '1',
			name: 'Nightly',
			status: 'idle',
			activity: null,
			result: 'success',
			resultWord: 'done',
			problem: null,
			phase: 'settled',
			run: { start: '2026/11/02 02:00:00', end: '2026/11/02 02:10:00' },
			next: '2026/11/03 02:00',
			version: '12',
			target: 'nas_1.hbk',
		});
	});

	test('of status has no ID of its own: it is that of the request', () => {
		const { task_id, ...row } = ROW;
		expect(task_id).toBe(1);
		expect(dsm.snapshot(row, '7')).toMatchObject({ id: '7', status: 'idle' });
	});

	test('of status that was requested for a name is that of a LUN task', () => {
		const row = { status: 'none', last_bkp_result: 'success' };
		expect(dsm.snapshot(row, 'vm')).toMatchObject({ id: 'vm', status: 'idle' });
		expect(dsm.snapshot(row, '7')).toMatchObject({ id: '7', status: 'unknown' });
	});

	test('with hardly anything in it is no healthy task', () => {
		expect(dsm.snapshot({ task_id: 1, name: null })).toEqual({
			id: '1',
			name: '',
			status: 'unknown',
			activity: null,
			result: 'unknown',
			resultWord: '',
			problem: null,
			phase: 'unclear',
			run: { start: '', end: '' },
			next: '',
			version: undefined,
			target: '',
		});
	});

	test('may have numbers where others have text', () => {
		const row = { ...ROW, name: 7, last_bkp_success_version: 12, target_id: 3 };
		expect(dsm.snapshot(row)).toMatchObject({ name: '7', version: '12', target: '3' });
	});

	test.each(['last_bkp_time', 'last_bkp_end_time', 'last_bkp_success_time', 'next_bkp_time'])(
		"needs the NAS's clock for %s",
		(field) => {
			expect(dsm.needsClock([{ task_id: 1 }, { task_id: 2, [field]: '2026/11/02 02:10' }])).toBe(
				true,
			);
			expect(dsm.needsClock([{ task_id: 1, [field]: '' }])).toBe(false);
		},
	);

	test("does not need the NAS's clock for other fields", () => {
		expect(dsm.needsClock([{ task_id: 1, name: 'Nightly' }])).toBe(false);
		expect(dsm.needsClock([])).toBe(false);
	});

	test('becomes a task, with more details from get', () => {
		expect(dsm.task(ROW, UTC)).toMatchObject({ task_id: '1', name: 'Nightly', status: 'idle' });
		expect(dsm.task(ROW, UTC)).not.toHaveProperty('source_folders');
		expect(dsm.taskDetails(ROW, UTC)).toMatchObject({ task_id: '1', source_folders: [] });
	});

	test('becomes a status, which shows more than the list', () => {
		expect(dsm.taskStatus(ROW, '1', UTC)).toMatchObject({ task_id: '1', status: 'idle' });
		expect(dsm.statusAddsToList).toBe(true);
	});

	test('names the words that are not known', () => {
		const odd = { state: 'frozen', status: 'pondering', last_bkp_result: null };
		expect(dsm.unknownWords({ ...ROW, ...odd })).toEqual([
			'state: frozen',
			'status: pondering',
			'last_bkp_result: (null)',
		]);
		expect(dsm.unknownWords(ROW)).toEqual([]);
		expect(dsm.unknownWords({ state: '', status: undefined })).toEqual([]);
	});
});

describe('a row in the documented dialect', () => {
	const ROW: RawTask = {
		task_id: '1',
		name: 'Nightly',
		status: 'idle',
		last_backup_time: 1_793_581_800,
		next_backup_time: 1_793_668_200,
		destination: 'nas_1.hbk',
	};

	test('becomes a task snapshot', () => {
		expect(documented.snapshot(ROW)).toEqual({
			id: '1',
			name: 'Nightly',
			status: 'idle',
			activity: null,
			result: undefined,
			resultWord: '',
			problem: null,
			phase: 'settled',
			run: { start: '', end: '1793581800' },
			next: '1793668200',
			target: 'nas_1.hbk',
		});
	});

	test.each([
		['running', { activity: 'backing_up', result: undefined, problem: null, phase: 'live' }],
		['error', { activity: null, result: 'failed', problem: 'backup_failed', phase: 'settled' }],
		['suspended', { activity: null, result: 'suspended', problem: null, phase: 'settled' }],
		['splendid', { activity: null, result: undefined, problem: null, phase: 'unclear' }],
	])('whose status is %s', (status, expected) => {
		expect(documented.snapshot({ ...ROW, status })).toMatchObject(expected);
	});

	test.each([0, '', null, undefined, '0', -1, '2026/11/02 02:10', '17x', 'x17'])(
		'whose time is %j has none',
		(time) => {
			const row = { ...ROW, last_backup_time: time, next_backup_time: time };
			expect(documented.snapshot(row)).toMatchObject({ run: { start: '', end: '' }, next: '' });
		},
	);

	test('may have numbers as text, and texts as numbers', () => {
		expect(documented.snapshot({ ...ROW, task_id: 7, last_backup_time: '5' })).toMatchObject({
			id: '7',
			run: { end: '5' },
		});
	});

	test('without a name and a destination has empty ones', () => {
		expect(documented.snapshot({ task_id: '1' })).toMatchObject({ name: '', target: '' });
	});

	test("never needs the NAS's clock", () => {
		expect(documented.needsClock([ROW])).toBe(false);
	});

	test('becomes a task, with the details that it has', () => {
		const row = { ...ROW, source_folders: ['/photo'] };
		const expected = { task_id: '1', status: 'idle', source_folders: ['/photo'] };
		expect(documented.task(row, UTC)).toMatchObject(expected);
		expect(documented.taskDetails(row, UTC)).toMatchObject(expected);
	});

	test('shares nothing with its task that could be changed', () => {
		const row = { ...ROW, source_folders: ['/photo'], schedule: { days: [1] } };
		const { schedule, source_folders } = documented.task(row, UTC);
		(schedule as { days: number[] }).days.push(2);
		(source_folders as string[]).push('/video');
		expect(row).toMatchObject({ source_folders: ['/photo'], schedule: { days: [1] } });
	});

	test('becomes a status, which shows no more than the list', () => {
		expect(documented.taskStatus(ROW, '1', UTC)).toMatchObject({ task_id: '1', status: 'idle' });
		expect(documented.statusAddsToList).toBe(false);
	});

	test.each([
		['splendid', ['status: splendid']],
		[null, ['status: (null)']],
		['idle', []],
		['', []],
		[undefined, []],
	])('whose status is %p names the words that are not known: %j', (status, words) => {
		expect(documented.unknownWords({ ...ROW, status })).toEqual(words);
	});
});
