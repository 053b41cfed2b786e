import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { deliverOrHold } from '../../../nodes/HyperBackup/trigger/heldEvents';
import { isMuted, type MuteWindow, type Muting } from '../../../nodes/HyperBackup/trigger/muting';

/** 2026-11-24 is a Tuesday. */
const at = (local: string) => ({ now: Date.parse(`${local}:00Z`), local: `${local}:00+00:00` });

const item = (event: string, task_id = '1', more: IDataObject = {}): IDataObject => ({
	event,
	message: `${event} of ${task_id}`,
	detected_at: '2026-11-24T23:00:00.000Z',
	task: { task_id, name: `Task ${task_id}`, status: 'idle', destination: 'somewhere' },
	previous: null,
	run: null,
	...more,
});

const night: MuteWindow = { from: 22 * 60, to: 6 * 60, days: [] };

describe('a window', () => {
	test.each<[string, MuteWindow, string, boolean]>([
		['before it begins', night, '2026-11-24T21:59', false],
		['when it begins', night, '2026-11-24T22:00', true],
		['after midnight', night, '2026-11-25T05:59', true],
		['when it ends', night, '2026-11-25T06:00', false],
		['of one day, on it', { ...night, days: [2] }, '2026-11-24T23:00', true],
		['of one day, in the night after it', { ...night, days: [2] }, '2026-11-25T03:00', true],
		['of one day, in the night before it', { ...night, days: [2] }, '2026-11-24T03:00', false],
		['of Saturday, on Sunday morning', { ...night, days: [6] }, '2026-11-29T03:00', true],
		['within a day', { from: 60, to: 120, days: [2] }, '2026-11-24T01:30', true],
		['within a day, on another', { from: 60, to: 120, days: [3] }, '2026-11-24T01:30', false],
		['of a whole day', { from: 0, to: 0, days: [2] }, '2026-11-24T00:00', true],
		['of a whole day, on the next', { from: 0, to: 0, days: [2] }, '2026-11-25T00:00', false],
	])('%s', (_what, window, local, muted) => {
		const muting = { windows: [window], tasks: [] };
		expect(isMuted(item('backupFailed'), muting, at(local))).toBe(muted);
		expect(
			isMuted({ event: 'nasUnreachable', task: null, previous: null }, muting, at(local)),
		).toBe(muted);
	});
});

test.each<[string, number | string, string, boolean]>([
	['Task 1', Date.UTC(2026, 10, 25), '2026-11-24T23:59', true],
	['Task 1', Date.UTC(2026, 10, 25), '2026-11-25T00:00', false],
	['task*', '2026-11-25T06:00:00', '2026-11-25T05:59', true],
	['task*', '2026-11-25T06:00:00', '2026-11-25T06:00', false],
	['Other', '2026-11-25T06:00:00', '2026-11-24T06:00', false],
])('tasks %s until %s, at %s: %s', (pattern, until, local, muted) => {
	const muting = { windows: [], tasks: [{ pattern, until }] };
	expect(isMuted(item('backupFailed'), muting, at(local))).toBe(muted);
	// What is about the NAS is no event of a task.
	expect(isMuted({ event: 'nasUnreachable', task: null, previous: null }, muting, at(local))).toBe(
		false,
	);
});

describe('what is held', () => {
	const context = { getTimezone: () => 'UTC' } as IPollFunctions;
	const all: Muting = { windows: [{ from: 0, to: 0, days: [] }], tasks: [] };
	const none: Muting = { windows: [], tasks: [] };

	test('is the newest event of each kind and task, and how many there were', () => {
		const stored: IDataObject = {};
		const first = item('backupFailed', '1', { detected_at: 'first' });
		expect(deliverOrHold(context, all, stored, [first, item('backupFailed', '2')])).toEqual([]);
		const newest = item('backupFailed', '1', { message: 'newest' });
		expect(deliverOrHold(context, all, stored, [newest, item('taskAdded')])).toEqual([]);
		expect(deliverOrHold(context, none, stored, [item('backupStarted')])).toEqual([
			{ ...item('backupFailed', '2'), muted: { count: 1, since: '2026-11-24T23:00:00.000Z' } },
			{
				...newest,
				message: 'newest (while muted: 2 such events)',
				muted: { count: 2, since: 'first' },
			},
			expect.objectContaining({ event: 'taskAdded' }),
			item('backupStarted'),
		]);
		expect(deliverOrHold(context, none, stored, [])).toEqual([]);
		expect(stored.held).toBeUndefined();
	});

	test('is no reminder of what nobody has heard of yet', () => {
		const stored: IDataObject = {};
		const reminder = item('backupOverdue', '1', { reminder: true, message: 'again' });
		deliverOrHold(context, all, stored, [item('backupOverdue'), reminder, reminder]);
		const [first] = deliverOrHold(context, none, stored, []);
		expect(first).toMatchObject({ muted: { count: 3 } });
		expect(first).not.toHaveProperty('reminder');
		deliverOrHold(context, all, stored, [reminder]);
		expect(deliverOrHold(context, none, stored, [])).toEqual([
			expect.objectContaining({ reminder: true, muted: expect.anything() }),
		]);
	});

	test('are log entries one by one, as long as there are not too many', () => {
		const stored: IDataObject = {};
		const entry = (text: string) => item('logEntry', '1', { message: text });
		deliverOrHold(context, all, stored, [entry('a'), entry('b'), entry('a')]);
		expect(deliverOrHold(context, none, stored, []).map(({ muted }) => muted)).toEqual([
			expect.objectContaining({ count: 1 }),
			expect.objectContaining({ count: 2 }),
		]);
		const many = Array.from({ length: 5000 }, (_, index) => entry(`entry ${index}`));
		deliverOrHold(context, all, stored, many);
		const delivered = deliverOrHold(context, none, stored, []);
		expect(delivered.length).toBeLessThanOrEqual(101);
		const counts = delivered.map(({ muted }) => (muted as IDataObject).count as number);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
	});

	test('stays small, and every event is counted, however many tasks there are', () => {
		const stored: IDataObject = {};
		const long = { run: { outcome: 'failed', message: 'x'.repeat(500) }, log: { reason: 'y' } };
		const items = Array.from({ length: 9000 }, (_, id) => item('backupFailed', String(id), long));
		deliverOrHold(context, all, stored, items);
		expect(String(stored.held).length).toBeLessThan(500_000);
		const delivered = deliverOrHold(context, none, stored, []);
		const counts = delivered.map(({ muted }) => (muted as IDataObject).count as number);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9000);
		expect(delivered[500]).toMatchObject({
			event: 'backupFailed',
			task: { task_id: '500', name: 'Task 500', status: 'idle' },
			run: { outcome: 'failed' },
		});
	});

	test.each(['{', '5', '[1]', '[["a"]]', '[["a",{},"1",1]]', 7])(
		'is read if it is whole: %j',
		(held) => {
			const stored: IDataObject = { held };
			expect(deliverOrHold(context, none, stored, [item('taskAdded')])).toEqual([
				item('taskAdded'),
			]);
			expect(stored.held).toBeUndefined();
		},
	);

	test('is not touched where nothing is muted', () => {
		const stored: IDataObject = {};
		const items = [item('taskAdded')];
		expect(deliverOrHold(context, none, stored, items)).toBe(items);
		expect(stored).toEqual({});
	});
});
