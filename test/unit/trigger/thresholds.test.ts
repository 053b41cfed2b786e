import {
	conditionEvents,
	CONDITIONS,
	measure,
	nothingIsMeasured,
	type Condition,
	type Limits,
	type RunMarks,
} from '../../../nodes/HyperBackup/trigger/thresholds';
import type { PollMoment } from '../../../nodes/HyperBackup/trigger/followRun';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf, wallAsUtc } from './story';

type Row = Partial<TrackedTask>;

const HOUR = 3_600_000;
const NOW = wallAsUtc('2026/11/02 12:00:00')!;
const ago = (hours: number): number => NOW - hours * HOUR;

/** A healthy task with a success an hour ago. */
const task = (row: Row): TrackedTask => ({
	...snapshotOf({}),
	firstSeen: ago(100),
	successAt: ago(1),
	settledResult: 'success',
	...row,
});

const NO_TIMES = { start: '', end: '' };
const OFF: Limits = { overdue: false, lateHours: 2 };
const SCHEDULE: Limits = { overdue: true, lateHours: 2 };
const HOURS: Limits = { ...SCHEDULE, overdueHours: 26 };

const conditions = (row: Row, limits: Limits, ...reported: Condition[]) =>
	conditionEvents(task(row), new Set(reported), NOW, limits);
const begun = (row: Row, limits: Limits) => conditions(row, limits).events;

describe('what is measured', () => {
	test.each<[boolean, Partial<Limits>]>([
		[true, {}],
		[false, { overdue: true }],
		[false, { neverRanHours: 1 }],
		[false, { tooLongHours: 1 }],
		[true, { overdueHours: 26 }],
	])('is nothing: %p for %j', (nothing, limits) => {
		expect(nothingIsMeasured({ ...OFF, ...limits })).toBe(nothing);
	});

	test('are three conditions', () => {
		expect(CONDITIONS).toEqual(['backupOverdue', 'backupNeverRan', 'backupTooLong']);
	});

	test('of a healthy task nothing is wrong', () => {
		const all = { ...HOURS, neverRanHours: 24, tooLongHours: 4 };
		expect(conditionEvents(task({}), undefined, NOW, all)).toEqual({
			events: [],
			holding: new Set(),
		});
	});
});

describe('a backup is overdue by a number of hours', () => {
	const overdue = (since: number) => [{ event: 'backupOverdue', reason: 'no_success', since }];

	test('once more than these have passed since the last success', () => {
		expect(begun({ successAt: ago(26) }, HOURS)).toEqual([]);
		expect(begun({ successAt: ago(26) - 1 }, HOURS)).toEqual(overdue(ago(26) - 1));
	});

	test('or, without a success, since the task was first seen', () => {
		expect(begun({ successAt: undefined, firstSeen: ago(26) }, HOURS)).toEqual([]);
		expect(begun({ successAt: undefined, firstSeen: ago(27) }, HOURS)).toEqual(overdue(ago(27)));
	});

	test('though one is under way or queued', () => {
		expect(begun({ successAt: ago(27), open: { since: NOW } }, HOURS)).toEqual(overdue(ago(27)));
		expect(begun({ successAt: ago(27), phase: 'queued' }, HOURS)).toEqual(overdue(ago(27)));
	});

	test('but not if nobody wants to know', () => {
		expect(begun({ successAt: ago(27) }, { ...HOURS, overdue: false })).toEqual([]);
	});

	test.each<[string, Row]>([
		['has never run', { result: 'never' }],
		['shows no last backup in the documented API', { result: undefined }],
		['runs for the first time', { result: 'running', settledResult: undefined }],
		['runs for the first time since it was seen', { result: 'running', settledResult: 'never' }],
	])('but not for a task that %s', (_what, row) => {
		expect(begun({ ...row, run: NO_TIMES, successAt: ago(27) }, HOURS)).toEqual([]);
	});

	test.each<[string, Row]>([
		['without times that failed', { result: 'failed', run: NO_TIMES }],
		['without times that runs again', { result: 'running', run: NO_TIMES }],
		['with the time of a run', { result: 'never' }],
	])('for a task %s', (_what, row) => {
		expect(begun({ ...row, successAt: ago(27) }, HOURS)).toEqual(overdue(ago(27)));
	});
});

describe('a backup is overdue by its schedule', () => {
	const overdue = (reason: string, since: number) => [{ event: 'backupOverdue', reason, since }];

	test('if none has begun for longer than it may be late', () => {
		expect(begun({ missedAt: ago(2) }, SCHEDULE)).toEqual([]);
		expect(begun({ missedAt: ago(2) - 1 }, SCHEDULE)).toEqual(overdue('not_started', ago(2) - 1));
	});

	test('if one has run and not succeeded', () => {
		const row = { missedAt: ago(3), ranSinceMissed: true };
		expect(begun(row, SCHEDULE)).toEqual(overdue('no_success', ago(3)));
	});

	test('whatever the time since the last success', () => {
		expect(begun({ successAt: ago(1000) }, SCHEDULE)).toEqual([]);
	});

	test('where hours are given as well, only if none has begun', () => {
		expect(begun({ missedAt: ago(3) }, HOURS)).toEqual(overdue('not_started', ago(3)));
		expect(begun({ missedAt: ago(3), ranSinceMissed: true }, HOURS)).toEqual([]);
	});

	test.each<[string, Row]>([
		['under way', { open: { since: NOW } }],
		['queued', { phase: 'queued' }],
	])('but not while one is %s: it may make it good, and what was reported stands', (_what, row) => {
		const late: Row = { ...row, missedAt: ago(3) };
		expect(conditions(late, SCHEDULE)).toEqual({ events: [], holding: new Set() });
		expect(conditions(late, SCHEDULE, 'backupOverdue')).toEqual({
			events: [],
			holding: new Set(['backupOverdue']),
		});
	});
});

describe('a task that has never run', () => {
	const limits: Limits = { ...OFF, neverRanHours: 24 };
	const never: Row = { result: 'never', run: NO_TIMES };

	test('is reported once it has existed for longer than the limit', () => {
		expect(begun({ ...never, firstSeen: ago(24) }, limits)).toEqual([]);
		expect(begun({ ...never, firstSeen: ago(24) - 1 }, limits)).toEqual([
			{ event: 'backupNeverRan', reason: 'never_ran', since: ago(24) - 1 },
		]);
	});

	test('is not reported without a limit, during its first run, or once it has run', () => {
		expect(begun(never, OFF)).toEqual([]);
		expect(begun({ ...never, open: { since: NOW } }, limits)).toEqual([]);
		expect(begun({ result: 'failed' }, limits)).toEqual([]);
	});
});

describe('a backup that takes too long', () => {
	const limits: Limits = { ...SCHEDULE, tooLongHours: 4 };

	test('is reported once it has been running for longer than the limit', () => {
		expect(begun({ open: { since: ago(4) } }, limits)).toEqual([]);
		expect(begun({ open: { since: ago(4) - 1 } }, limits)).toEqual([
			{ event: 'backupTooLong', reason: 'running', since: ago(4) - 1 },
		]);
	});

	test('is not reported without a limit, or while old versions are being deleted', () => {
		expect(begun({ open: { since: ago(5) } }, OFF)).toEqual([]);
		expect(begun({ open: { since: ago(5), pending: true } }, limits)).toEqual([]);
	});
});

describe('each condition is reported once when it begins and once when it ends', () => {
	const late: Row = { successAt: ago(27) };

	test('it begins', () => {
		expect(conditions(late, HOURS)).toEqual({
			events: [{ event: 'backupOverdue', reason: 'no_success', since: ago(27) }],
			holding: new Set(['backupOverdue']),
		});
	});

	test('it lasts', () => {
		expect(conditions(late, HOURS, 'backupOverdue')).toEqual({
			events: [],
			holding: new Set(['backupOverdue']),
		});
	});

	test('it ends, also because nobody wants to know any more', () => {
		const ended = { events: [{ event: 'backupOverdueEnded' }], holding: new Set() };
		expect(conditions({}, HOURS, 'backupOverdue')).toEqual(ended);
		expect(conditions(late, OFF, 'backupOverdue')).toEqual(ended);
	});
});

describe('what is measured from poll to poll', () => {
	const DUE = '2026/11/02 10:00';
	const NEXT = '2026/11/03 10:00';
	const at = (text: string): number => wallAsUtc(text)!;
	const due = { text: DUE, at: at(DUE) };

	interface Given {
		/** `null`: the first poll. */
		before?: Row | null;
		now?: Row;
		marks?: Partial<RunMarks>;
		toLocalTime?: PollMoment['toLocalTime'];
		at?: number;
	}

	const measured = ({ before = {}, now = {}, marks, toLocalTime = wallAsUtc, at: time }: Given) =>
		measure(
			before === null ? undefined : task({ successAt: undefined, ...before }),
			task(now),
			{ ran: false, ...marks },
			{ now: time ?? NOW, sameZone: true, clockShift: 0, toLocalTime },
		);

	/** A scheduled time that has passed without a run. */
	const missed = (given: Given = {}) =>
		measured({ ...given, before: { due, ...given.before }, now: { next: NEXT, ...given.now } });

	describe('the next scheduled time', () => {
		test('is stored as the NAS writes it and in real time', () => {
			expect(measured({ now: { next: NEXT } }).due).toEqual({ text: NEXT, at: at(NEXT) });
		});

		test('is nothing to wait for if it had passed when it was first seen', () => {
			expect(measured({ now: { next: DUE } }).due).toEqual({ ...due, stale: true });
			expect(measured({ now: { next: DUE }, at: due.at }).due).toEqual(due);
			expect(measured({ before: null, now: { next: DUE } }).due).toEqual({ ...due, stale: true });
		});

		test('is stored without a real time where the clock of the NAS cannot be read', () => {
			const { due: stored } = measured({ now: { next: DUE }, toLocalTime: () => undefined });
			expect(stored).toStrictEqual({ text: DUE, at: undefined });
		});

		test('stays as it was stored while the NAS shows the same', () => {
			const stored = { text: NEXT, at: 5, stale: true };
			expect(measured({ before: { due: stored }, now: { next: NEXT } }).due).toBe(stored);
		});

		test('is none without a schedule', () => {
			expect(measured({ before: { due }, now: { next: '' } }).due).toBeUndefined();
		});
	});

	describe('a scheduled time that has passed', () => {
		test('is missed until a success', () => {
			expect(missed()).toEqual({
				due: { text: NEXT, at: at(NEXT) },
				missedAt: due.at,
				missedText: DUE,
				ranSinceMissed: false,
				successAt: undefined,
			});
		});

		test('has passed in its very moment and not before', () => {
			expect(missed({ at: due.at }).missedAt).toBe(due.at);
			expect(missed({ at: due.at - 1 }).missedAt).toBeUndefined();
		});

		test('is accounted for once, though the NAS still shows it', () => {
			expect(missed({ now: { next: DUE } })).toMatchObject({
				due: { ...due, stale: true },
				missedAt: due.at,
			});
		});

		test('is not missed if it had passed when it was first seen', () => {
			expect(missed({ before: { due: { ...due, stale: true } } }).missedAt).toBeUndefined();
		});

		test('is not missed at the first poll', () => {
			expect(measured({ before: null, now: { next: NEXT } })).toEqual({
				due: { text: NEXT, at: at(NEXT) },
				successAt: undefined,
			});
		});

		test('is not missed if there was none', () => {
			expect(measured({ now: { next: NEXT } }).missedAt).toBeUndefined();
		});

		test('is not missed any more once the schedule is switched off', () => {
			const before: Row = { missedAt: ago(5), missedText: DUE };
			expect(missed({ now: { next: '' } })).toEqual({ due: undefined, successAt: undefined });
			expect(measured({ before, now: { next: '' } })).toEqual({
				due: undefined,
				successAt: undefined,
			});
		});

		test('counts from the first one without a success', () => {
			const before: Row = { missedAt: ago(26), missedText: '2026/11/01 10:00' };
			expect(missed({ before })).toMatchObject({
				missedAt: ago(26),
				missedText: '2026/11/01 10:00',
			});
		});
	});

	describe('a clock of the NAS that cannot be read', () => {
		const toLocalTime = () => undefined;
		const before: Row = { due: { text: DUE } };

		test('a later scheduled time shows that the one before has passed', () => {
			expect(missed({ before, toLocalTime })).toMatchObject({ missedAt: NOW, missedText: DUE });
		});

		test.each([DUE, '2026/11/01 10:00'])('%s does not show it', (next) => {
			expect(missed({ before, now: { next }, toLocalTime }).missedAt).toBeUndefined();
		});

		test('a time that was read before still counts', () => {
			expect(missed({ toLocalTime }).missedAt).toBe(due.at);
		});
	});

	describe('a change of the clocks gives a scheduled time two readings', () => {
		const readAs = (time: number) => (text: string) => (text === DUE ? time : wallAsUtc(text));

		test('while the NAS still shows the time, the later one counts', () => {
			const now: Row = { next: DUE };
			expect(missed({ now, toLocalTime: readAs(NOW + 1) }).missedAt).toBeUndefined();
			expect(missed({ now, toLocalTime: readAs(ago(5)) }).missedAt).toBe(due.at);
		});

		test('once the NAS shows the next time, one of them has passed', () => {
			const before: Row = { due: { text: DUE, at: NOW + 1 } };
			expect(missed({ before, toLocalTime: readAs(ago(1)) }).missedAt).toBe(ago(1));
			expect(missed({ toLocalTime: readAs(due.at + HOUR) }).missedAt).toBe(due.at + HOUR);
		});

		test.each([
			['an hour later', due.at + HOUR, due.at + HOUR],
			['more than an hour later', due.at + HOUR + 1, due.at],
			['earlier', due.at - HOUR, due.at],
		])('what was missed and is read as %s', (_when, reading, expected) => {
			const before: Row = { due: undefined, missedAt: due.at, missedText: DUE };
			expect(missed({ before, toLocalTime: readAs(reading) }).missedAt).toBe(expected);
		});

		test('a success after either of them makes it good', () => {
			const before: Row = { due: undefined, missedAt: due.at, missedText: DUE };
			const toLocalTime = readAs(due.at - HOUR);
			const success = (successAt: number) => missed({ before, toLocalTime, marks: { successAt } });
			expect(success(due.at - HOUR).missedAt).toBeUndefined();
			expect(success(due.at - HOUR - 1).missedAt).toBe(due.at);
		});
	});

	describe('a success', () => {
		test.each([
			['after the scheduled time makes it good', due.at, undefined],
			['before it does not', due.at - 1, due.at],
		])('%s', (_what, successAt, missedAt) => {
			expect(missed({ marks: { successAt } })).toMatchObject({ successAt });
			expect(missed({ marks: { successAt } }).missedAt).toBe(missedAt);
			expect(missed({ before: { successAt } }).missedAt).toBe(missedAt);
		});

		test('that is later than the one before is stored, and the other way round', () => {
			const success = (before?: number, now?: number) =>
				measured({ before: { successAt: before }, marks: { successAt: now } }).successAt;
			expect(success(1, 2)).toBe(2);
			expect(success(2, 1)).toBe(2);
			expect(success(1)).toBe(1);
			expect(success(undefined, 2)).toBe(2);
			expect(success()).toBeUndefined();
		});
	});

	describe('whether a run has begun since a scheduled time was missed', () => {
		test.each<[string, boolean, Given]>([
			['none', false, {}],
			['one that was seen to begin or to end', true, { marks: { ran: true } }],
			['one that is under way', true, { now: { phase: 'live' } }],
			['one that was under way at the last poll', true, { before: { open: { since: 0 } } }],
			['one before that was seen', true, { before: { missedAt: 5, ranSinceMissed: true } }],
			['none since another time was missed', false, { before: { missedAt: 5 } }],
			['one that belongs to an earlier miss', false, { before: { ranSinceMissed: true } }],
		])('%s: %p', (_what, ran, given) => {
			expect(missed(given).ranSinceMissed).toBe(ran);
		});
	});
});
