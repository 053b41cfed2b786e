import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import {
	detectEvents,
	POLLS_KEPT,
	type Detection,
	type DetectionInput,
	type ReportedConditions,
} from '../../../nodes/HyperBackup/trigger/detectEvents';
import type { Condition } from '../../../nodes/HyperBackup/trigger/thresholds';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { NO_LIMITS, poll, snapshotOf, wallAsUtc } from './story';

type Row = Partial<TrackedTask>;

const HOUR = 3_600_000;
const END = '2026/11/01 02:10:00';
const NOW = wallAsUtc('2026/11/01 12:00:00')!;
const OLD = { start: '2026/11/01 02:00:00', end: END };
const NEW = { start: '2026/11/01 11:00:00', end: '2026/11/01 11:10:00' };
const NO_TIMES = { start: '', end: '' };
const OVERDUE = { overdue: true, overdueHours: 26, lateHours: 2 };

/** A healthy task that does nothing, as one poll shows it. */
const shown = (row: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
	...snapshotOf({}),
	run: OLD,
	...row,
});

/** The same as it is stored. */
const stored = (row: Row = {}): TrackedTask => ({
	...shown(),
	firstSeen: NOW - 100 * HOUR,
	settledResult: 'success',
	success: END,
	successAt: wallAsUtc(END)!,
	due: { text: '2026/11/02 02:00', at: wallAsUtc('2026/11/02 02:00:00') },
	...row,
});

const LIVE: Partial<TaskSnapshot> = {
	status: 'running',
	activity: 'backing_up',
	result: 'running',
	resultWord: 'backingup',
	phase: 'live',
};
const FAILED: Partial<TaskSnapshot> = { status: 'error', result: 'failed', resultWord: 'failed' };
const ROTATING: Partial<TaskSnapshot> = { status: 'running', activity: 'rotating_versions' };
const UNCLEAR: Partial<TaskSnapshot> = { ...LIVE, status: 'unknown', phase: 'unclear' };

const reports = (...conditions: Condition[]): ReportedConditions =>
	new Map([['1', { name: 'Nightly', conditions: new Set(conditions) }]]);

function detect(
	tasks: TrackedTask[],
	snapshots: TaskSnapshot[],
	extra: Partial<DetectionInput> = {},
	reported: ReportedConditions = new Map(),
): Detection {
	const before = new Map(tasks.map((task) => [task.id, task]));
	return detectEvents(before, reported, { ...poll([]), snapshots, ...extra });
}

const names = ({ events }: Detection): string[] => events.map(({ event }) => event);
const tracked = ({ tracked: tasks }: Detection): TrackedTask => tasks.get('1')!;

const BASELINE = { baseline: true };

describe('a task that nothing has happened to', () => {
	test.each<[string, Row, Partial<DetectionInput>]>([
		['in most polls', {}, {}],
		['though it failed', FAILED, {}],
		['whose limits are not exceeded', {}, { limits: OVERDUE }],
		[
			'whose scheduled time had passed at the first poll',
			{ due: { text: '2026/11/02 02:00', at: 1, stale: true } },
			{},
		],
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
		expect(detection.events).toEqual([]);
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
		expect(names(detection)).toEqual([]);
		expect(detection.reported).toEqual(before);
	});
});

describe('the first poll', () => {
	test('records and compares nothing', () => {
		const detection = detect([stored()], [shown(FAILED)], BASELINE);
		expect(detection.events).toEqual([]);
		expect(tracked(detection)).toMatchObject({ result: 'failed', firstSeen: NOW - 100 * HOUR });
	});

	test('records a task that was not known', () => {
		const chosenBy = new Map([['1', 'Night*']]);
		expect(tracked(detect([], [shown()], { ...BASELINE, chosenBy }))).toEqual({
			...stored(),
			firstSeen: NOW,
			chosenBy: 'Night*',
		});
	});

	test.each<[string, Partial<TaskSnapshot>, object | undefined]>([
		['is under way', LIVE, { since: NOW }],
		['does nothing', {}, undefined],
		['deletes old versions', { phase: 'pending' }, undefined],
	])('takes no run to have begun before it: %s', (_what, row, open) => {
		expect(tracked(detect([], [shown(row)], BASELINE)).open).toEqual(open);
	});

	test.each<[string, Partial<TaskSnapshot>, object | undefined]>([
		['is still under way', LIVE, { since: 5 }],
		['has reached the deletion of old versions', { phase: 'pending' }, { since: 5 }],
		['is over', {}, undefined],
		['is another by now', { ...LIVE, run: NEW }, { since: NOW }],
		['is one of a task with another name', { ...LIVE, name: 'Other' }, { since: NOW }],
		['is one of a task with another destination', { ...LIVE, target: 'b' }, { since: NOW }],
	])('goes on with a run that was reported as begun: it %s', (_what, row, open) => {
		const before = stored({ ...LIVE, open: { since: 5 } });
		expect(tracked(detect([before], [shown(row)], BASELINE)).open).toEqual(open);
	});

	test('of a workflow that is published again goes on with what was measured', () => {
		const task = stored({
			missedAt: NOW - HOUR,
			missedText: 'x',
			chosenBy: 'Night*',
			version: '7',
		});
		expect(tracked(detect([task], [shown()], BASELINE))).toMatchObject({
			missedAt: NOW - HOUR,
			missedText: 'x',
			chosenBy: 'Night*',
			version: '7',
			firstSeen: task.firstSeen,
		});
	});

	test('measures a task of the same number with another name afresh', () => {
		const task = tracked(
			detect([stored({ missedAt: NOW - HOUR })], [shown({ name: 'Other' })], BASELINE),
		);
		expect(task).toMatchObject({ firstSeen: NOW });
		expect(task.missedAt).toBeUndefined();
	});

	test('forgets what it does not list, and reports what was reported of it as over', () => {
		const detection = detect([stored()], [], BASELINE, reports('backupOverdue'));
		expect(names(detection)).toEqual(['backupOverdueEnded']);
		expect(detection.tracked.size).toBe(0);
	});

	describe('counts the last time of the weekly schedule', () => {
		const success = wallAsUtc(END)!;
		const missed = (due: number | undefined, row: Row = {}) => {
			const { missedAt, ranSinceMissed } = tracked(
				detect([stored(row)], [shown({ run: row.run ?? OLD })], {
					...BASELINE,
					lastDue: (id) => (id === '1' ? due : undefined),
				}),
			);
			return { missedAt, ranSinceMissed };
		};
		const NOTHING = { missedAt: undefined, ranSinceMissed: undefined };

		test('if no success followed', () => {
			const due = success + 60_001;
			expect(missed(due)).toEqual({ missedAt: due, ranSinceMissed: false });
		});

		test('but not if one did, give or take a minute', () => {
			expect(missed(success + 60_000)).toEqual(NOTHING);
		});

		test('but not without a schedule, a success or a later miss', () => {
			expect(missed(undefined)).toEqual(NOTHING);
			expect(missed(NOW, { missedAt: NOW - HOUR, missedText: 'x' }).missedAt).toBe(NOW - HOUR);
		});

		test('but not for a task without a success', () => {
			const { missedAt } = tracked(
				detect([], [shown(FAILED)], { ...BASELINE, lastDue: () => NOW - HOUR }),
			);
			expect(missedAt).toBeUndefined();
		});

		test('and whether a run has ended since', () => {
			const due = wallAsUtc(NEW.end)!;
			const ranSince = (at: number, toLocalTime = wallAsUtc) =>
				tracked(
					detect([stored()], [shown({ ...FAILED, run: NEW })], {
						...BASELINE,
						lastDue: () => at,
						toLocalTime,
					}),
				).ranSinceMissed;
			expect(ranSince(due)).toBe(true);
			expect(ranSince(due + 1)).toBe(false);
			expect(ranSince(due, () => undefined)).toBe(false);
		});
	});
});

describe('the last success', () => {
	const after = (
		row: Partial<TaskSnapshot>,
		extra: Partial<DetectionInput> = {},
		before = stored(),
	) => {
		const { success, successAt } = tracked(detect([before], [shown(row)], extra));
		return { success, successAt };
	};
	const at = wallAsUtc(NEW.end)!;

	test('that was seen counts from now', () => {
		expect(after({ run: NEW })).toEqual({ success: NEW.end, successAt: NOW });
	});

	test('that status knows of is when DSM says', () => {
		const details = new Map([['1', { success: NEW.end }]]);
		expect(after(FAILED, { details })).toEqual({ success: NEW.end, successAt: at });
	});

	test('is never later than now', () => {
		const details = new Map([['1', { success: '2026/11/01 13:00:00' }]]);
		expect(after(FAILED, { details }).successAt).toBe(NOW);
	});

	test('is not known to the moment where the clock cannot be read', () => {
		const details = new Map([['1', { success: NEW.end }]]);
		const toLocalTime = () => undefined;
		const { successAt } = stored();
		expect(after(FAILED, { details, toLocalTime })).toEqual({ success: NEW.end, successAt });
	});

	test('that was read by one clock is not read again by another', () => {
		const toLocalTime = () => NOW - 1;
		expect(after({ next: '2026/11/05 02:00' }, { toLocalTime }).successAt).toBe(stored().successAt);
	});

	test.each<[string, Partial<TaskSnapshot>]>([
		['the result is none of a success', FAILED],
		['the task is under way', { ...LIVE, result: 'success' }],
		['the task shows no times', { run: NO_TIMES, next: '' }],
		['the documented API shows an error', { result: undefined, resultWord: '', status: 'error' }],
	])('stays what it was if %s', (_what, row) => {
		expect(after(row).success).toBe(END);
		const first = tracked(detect([], [shown(row)], BASELINE));
		expect(first.success).toBeUndefined();
		expect(first.successAt).toBeUndefined();
	});

	test('of an idle task in the documented API is its last run', () => {
		const row = { result: undefined, resultWord: '' };
		expect(tracked(detect([], [shown(row)], BASELINE)).success).toBe(END);
	});
});

describe('what a response leaves out', () => {
	test('is kept from before', () => {
		const row: Partial<TaskSnapshot> = {
			result: 'unknown',
			resultWord: '',
			phase: 'unclear',
			run: NO_TIMES,
			next: '',
		};
		expect(tracked(detect([stored()], [shown(row)]))).toMatchObject({
			result: 'success',
			resultWord: 'done',
			run: OLD,
			phase: 'unclear',
		});
	});

	test('is not kept from nowhere', () => {
		const row: Partial<TaskSnapshot> = { result: 'unknown', resultWord: '', run: NO_TIMES };
		expect(tracked(detect([], [shown(row)], BASELINE))).toMatchObject(row);
	});
});

describe('the last result that counts', () => {
	const settled = (row: Partial<TaskSnapshot>) =>
		tracked(detect([stored({ settledResult: 'canceled' })], [shown({ name: 'x', ...row })]))
			.settledResult;

	test.each(['failed', 'check_failed', 'rotation_failed'] as const)('is %s', (result) => {
		expect(settled({ result })).toBe(result);
		expect(settled({ result, phase: 'queued' })).toBe(result);
	});

	test('is that the task has never run', () => {
		const row = shown({ result: 'never', run: NO_TIMES });
		expect(tracked(detect([], [row], BASELINE)).settledResult).toBe('never');
	});

	test.each<Partial<TaskSnapshot>>([
		{ result: 'unknown' },
		{ result: 'pending' },
		{ result: undefined },
		{ result: 'failed', phase: 'pending' },
		{ result: 'failed', phase: 'live' },
	])('is the one before while the task shows %j', (row) => {
		expect(settled(row)).toBe('canceled');
	});
});

describe('a deletion of old versions belongs to a run that was reported', () => {
	const after = (before: TrackedTask | undefined, row: Partial<TaskSnapshot>, baseline = false) =>
		tracked(detect(before ? [before] : [], [shown(row)], { baseline })).rotatesReported;

	test('if that ended with it', () => {
		expect(after(stored({ ...LIVE, open: { since: 5 } }), { ...ROTATING, run: NEW })).toBe(true);
	});

	test('if it did at the last poll', () => {
		const before = stored({ ...ROTATING, rotatesReported: true });
		expect(after(before, { ...ROTATING, name: 'x' })).toBe(true);
	});

	test('if nothing is known of before', () => {
		expect(after(undefined, ROTATING, true)).toBe(true);
	});

	test.each<[string, Row, Partial<TaskSnapshot>]>([
		['it began by itself', {}, ROTATING],
		['it began by itself before', ROTATING, { ...ROTATING, name: 'x' }],
		['it is over', { ...ROTATING, rotatesReported: true }, {}],
		['another one did', { rotatesReported: true }, ROTATING],
		['the run has only begun', {}, LIVE],
	])('but not if %s', (_what, before, row) => {
		expect(after(stored(before), row)).toBeUndefined();
	});
});

describe('a scheduled time and the runs since', () => {
	const due = { text: '2026/11/01 10:00', at: NOW - 2 * HOUR };
	const ran = (row: Partial<TaskSnapshot>) =>
		tracked(detect([stored({ due })], [shown({ next: '2026/11/02 10:00', ...row })]))
			.ranSinceMissed;

	test('none has run', () => {
		expect(ran({})).toBe(false);
	});

	test('one has run and failed', () => {
		expect(ran({ ...FAILED, run: NEW })).toBe(true);
	});
});

describe('a response that is not believed yet', () => {
	test('changes nothing but that it is counted', () => {
		const before = stored({ ...LIVE, open: { since: 5 }, missing: 2, offset: 3600 });
		const detection = detect([before], [shown({ ...UNCLEAR, name: 'Other' })]);
		expect(detection.events).toEqual([]);
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
		expect(names(detect([], [shown()], { complete: false }))).toEqual([]);
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
			expect(detection.events).toEqual([]);
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
		expect(names(detection)).toEqual([]);
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
