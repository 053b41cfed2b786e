import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import { POLLS_KEPT } from '../../../nodes/HyperBackup/trigger/detectEvents';
import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import { NO_LIMITS, wallAsUtc } from './story';
import {
	type Row,
	HOUR,
	END,
	NOW,
	OLD,
	NEW,
	NO_TIMES,
	OVERDUE,
	shown,
	stored,
	LIVE,
	FAILED,
	UNCLEAR,
	reports,
	detect,
	names,
	tracked,
	BASELINE,
} from './storedTask';

describe('a task that has not changed', () => {
	test.each<[string, Row, Partial<DetectionInput>]>([
		['in most polls', {}, {}],
		['though it failed', FAILED, {}],
		['whose limits are not exceeded', {}, { limits: OVERDUE }],
		[
			'whose scheduled time had passed at the first poll',
			{ due: { text: '2026/11/02 02:00', at: 1, stale: true } },
			{},
		],
		['that has no schedule', { next: '', due: undefined }, {}],
		['whose last run was reported before the NAS showed it', { endedEarly: NOW }, {}],
		['whose scheduled time cannot be read', { due: { text: '2026/11/02 02:00' } }, {}],
	])('is stored as it is, %s', (_what, row, extra) => {
		const task = stored(row);
		const { id, name, status, activity, result, resultWord, problem, phase, run, next, target } =
			task;
		const now = {
			id,
			name,
			status,
			activity,
			result,
			resultWord,
			problem,
			phase,
			run,
			next,
			target,
		};
		const detection = detect([task], [now], extra);
		expect(detection.events).toStrictEqual([]);
		expect(tracked(detection)).toBe(task);
		expect(detection.reported).toEqual(new Map());
	});

	test.each<Partial<TaskSnapshot>>([
		{ name: 'Weekly' },
		{ status: 'suspended' },
		{ activity: 'deleting' },
		{ result: 'partial' },
		{ resultWord: 'fine' },
		{ problem: 'destination_broken' },
		{ phase: 'queued' },
		{ run: { ...OLD, start: '2026/11/01 01:59:00' } },
		{ run: { ...OLD, end: '2026/11/01 02:10' } },
		{ run: NEW },
		{ next: '2026/11/05 02:00' },
		{ target: 'nas_2.hbk' },
	])('but shows %j is stored with it', (row) => {
		expect(tracked(detect([stored()], [shown(row)]))).toMatchObject(row);
	});

	test('but was in the queue at the last poll is not in the queue any more', () => {
		expect(tracked(detect([stored({ phase: 'queued' })], [shown()])).phase).toBe('settled');
	});

	test('but whose run is stored as open has ended', () => {
		expect(names(detect([stored({ open: { since: 0 } })], [shown()]))).toContain('backupSucceeded');
	});

	test('but is back in the list is not missing any more', () => {
		const task = tracked(detect([stored({ missing: 2, offset: 3600 })], [shown()]));
		expect(task.missing).toBeUndefined();
		expect(task.offset).toBeUndefined();
	});

	test('but of which status knows more is stored with it', () => {
		const details = new Map([['1', { version: '7', success: END }]]);
		expect(tracked(detect([stored()], [shown()], { details }))).toMatchObject({ version: '7' });
	});

	test('but whose scheduled time has just passed has missed it', () => {
		const due = { text: '2026/11/02 02:00', at: NOW };
		const toLocalTime = () => NOW;
		const late = detect([stored({ due })], [shown()], { toLocalTime });
		expect(tracked(late)).toMatchObject({ missedAt: NOW, due: { stale: true } });
		const early = stored({ due: { ...due, at: NOW + 1 } });
		expect(tracked(detect([early], [shown()], { toLocalTime }))).toBe(early);
	});

	describe('but missed a time that was made good unseen, while no poll came', () => {
		const success = '2026/10/30 10:00:00';
		const successAt = wallAsUtc(success)!;
		const missed = stored({ success, successAt, missedAt: NOW - 30 * HOUR });
		const failed = shown({ ...FAILED, run: NEW });
		const details = new Map([['1', { success: END }]]);
		const after = (lastDue: number | undefined) =>
			tracked(detect([missed], [failed], { details, lastDue: () => lastDue }));

		test('has missed the one that came due after that success', () => {
			const due = NOW - 2 * HOUR;
			expect(after(due)).toMatchObject({ missedAt: due, ranSinceMissed: true });
		});

		test.each([
			['the same one has come due last', NOW - 30 * HOUR],
			['it is the same one by a clock that has changed', NOW - 29 * HOUR],
			['the success came after the last one as well', wallAsUtc(END)!],
			['its schedule cannot be read', undefined],
		])('has missed none if %s', (_when, lastDue) => {
			expect(after(lastDue).missedAt).toBeUndefined();
		});
	});

	test('but exceeds a limit is reported', () => {
		const task = stored({ successAt: NOW - 27 * HOUR });
		const detection = detect([task], [shown()], { limits: OVERDUE });
		expect(detection.events).toEqual([
			{
				event: 'backupOverdue',
				reason: 'no_success',
				since: NOW - 27 * HOUR,
				now: tracked(detection),
				before: task,
			},
		]);
		expect(detection.reported).toEqual(reports('backupOverdue'));
	});

	test('but was reported for something is reported as over when it is', () => {
		const detection = detect([stored()], [shown()], { limits: OVERDUE }, reports('backupOverdue'));
		expect(names(detection)).toEqual(['backupOverdueEnded']);
		expect(detection.reported).toEqual(new Map());
	});

	test('but was reported for something that lasts is not reported again', () => {
		const task = stored({ successAt: NOW - 27 * HOUR });
		const before = reports('backupOverdue');
		const detection = detect([task], [shown()], { limits: OVERDUE }, before);
		expect(names(detection)).toStrictEqual([]);
		expect(detection.reported).toEqual(before);
	});
});

describe('a response that is not believed yet', () => {
	test('changes nothing but that it is counted', () => {
		const before = stored({ ...LIVE, open: { since: 5 }, missing: 2, offset: 3600 });
		const detection = detect([before], [shown({ ...UNCLEAR, name: 'Other' })]);
		expect(detection.events).toStrictEqual([]);
		expect(tracked(detection)).toEqual({
			...before,
			unclear: 1,
			missing: undefined,
			offset: undefined,
		});
	});
});

describe('tasks that come and go', () => {
	test('a new task, if all were watched at the last poll', () => {
		const added = detect([], [shown()]);
		expect(added.events).toEqual([{ event: 'taskAdded', now: tracked(added), before: undefined }]);
		expect(tracked(added).firstSeen).toBe(NOW);
		expect(names(detect([], [shown()], { complete: false }))).toStrictEqual([]);
	});

	test.each<[string, Row, Partial<TaskSnapshot>]>([
		['has never run, and the old one had', {}, { result: 'never', run: NO_TIMES }],
		[
			'has never run, and the old one had a time',
			{ settledResult: undefined },
			{ result: 'never', run: NO_TIMES },
		],
		[
			'has never run, and the old one had a result',
			{ run: NO_TIMES },
			{ result: 'never', run: NO_TIMES },
		],
		['has another name and another destination', {}, { name: 'Other', target: 'b' }],
	])('another task was given the number of an old one: it %s', (_what, before, row) => {
		const old = stored({ missedAt: NOW - HOUR, ...before });
		const detection = detect([old], [shown(row)], {}, reports('backupOverdue'));
		expect(detection.events).toEqual([
			{ event: 'taskRemoved', before: old },
			{ event: 'backupOverdueEnded', reason: 'task_removed', before: old },
			{ event: 'taskAdded', now: tracked(detection), before: old },
		]);
		expect(tracked(detection)).toMatchObject({ firstSeen: NOW });
		expect(tracked(detection).missedAt).toBeUndefined();
		expect(detection.reported.size).toBe(0);
	});

	test.each<[string, Row, Partial<TaskSnapshot>]>([
		[
			'has never run, as before',
			{ run: NO_TIMES, settledResult: 'never', result: 'never' },
			{ result: 'never', run: NO_TIMES, name: 'x' },
		],
		[
			'has never run, as far as is known',
			{ run: NO_TIMES, settledResult: undefined },
			{ result: 'never', run: NO_TIMES, name: 'x' },
		],
		['shows a time', {}, { result: 'never', name: 'x' }],
		['is under way', {}, { ...LIVE, result: 'never', run: NO_TIMES }],
		['has another name', {}, { name: 'Other' }],
		['has another destination', {}, { target: 'b' }],
		['had no destination', { target: '' }, { name: 'Other', target: 'b' }],
		['shows no destination', {}, { name: 'Other', target: '' }],
	])('it is the same task if it %s', (_what, before, row) => {
		expect(names(detect([stored(before)], [shown(row)]))).not.toContain('taskAdded');
	});

	test('a task that is missing is kept for three polls', () => {
		let tasks = [stored()];
		for (let polls = 1; polls <= POLLS_KEPT; polls++) {
			const before = reports('backupOverdue');
			const detection = detect(tasks, [], { offset: 3600 + polls }, before);
			expect(detection.events).toStrictEqual([]);
			expect(detection.reported).toEqual(before);
			expect(tracked(detection)).toEqual({ ...stored(), missing: polls, offset: 3601 });
			tasks = [tracked(detection)];
		}
		const gone = detect(tasks, [], {}, reports('backupOverdue'));
		expect(gone.events).toEqual([
			{ event: 'taskRemoved', before: tasks[0] },
			{ event: 'backupOverdueEnded', reason: 'task_removed', before: tasks[0] },
		]);
		expect(gone.tracked.size).toBe(0);
		expect(gone.reported.size).toBe(0);
	});

	test('a task that is missing and has nothing reported', () => {
		expect(detect([stored()], []).reported.size).toBe(0);
		const missing = stored({ missing: POLLS_KEPT });
		expect(detect([missing], []).events).toEqual([{ event: 'taskRemoved', before: missing }]);
		expect(POLLS_KEPT).toBe(3);
	});

	test('what was reported of a task that is not stored any more is over', () => {
		const detection = detect([], [shown({ id: '2' })], BASELINE, reports('backupTooLong'));
		expect(detection.events).toEqual([
			{
				event: 'backupTooLongEnded',
				reason: 'task_removed',
				before: { id: '1', name: 'Nightly', status: 'unknown', activity: null, problem: null },
			},
		]);
	});

	test('what was reported of a task that is back is not over', () => {
		const before = reports('backupOverdue');
		const limits = { ...NO_LIMITS, overdue: true, overdueHours: 1 };
		const detection = detect([], [shown()], { ...BASELINE, limits }, before);
		expect(names(detection)).toStrictEqual([]);
		expect(detection.reported).toEqual(before);
	});
});

test('the events of a task come in order, each with the task as it is and as it was', () => {
	const before = stored();
	const row = { ...FAILED, run: NEW, name: 'Weekly', problem: 'destination_broken' as const };
	const limits = { ...OVERDUE, overdueHours: 1 };
	const detection = detect([before], [shown(row)], { limits });
	expect(names(detection)).toEqual([
		'statusChanged',
		'backupStarted',
		'backupFailed',
		'taskRenamed',
		'destinationProblem',
		'backupOverdue',
	]);
	for (const event of detection.events) {
		expect(event.now).toBe(tracked(detection));
		expect(event.before).toBe(before);
	}
});

test('an integrity check is reported after the run', () => {
	const row = { run: NEW, result: 'check_failed', resultWord: 'cksum_failed' } as const;
	expect(names(detect([stored()], [shown({ ...row, status: 'error' })]))).toEqual([
		'statusChanged',
		'backupStarted',
		'backupOutcomeUnknown',
		'integrityCheckFailed',
	]);
});
