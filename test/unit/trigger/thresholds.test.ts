import {
	conditionEvents,
	CONDITIONS,
	hasFindings,
	type Limits,
} from '../../../nodes/HyperBackup/trigger/thresholds';
import {
	type Row,
	NOW,
	ago,
	task,
	NO_TIMES,
	OFF,
	SCHEDULE,
	HOURS,
	conditions,
	begun,
} from './measured';

describe('what is measured', () => {
	test.each<[boolean, Partial<Limits>]>([
		[false, {}],
		[true, { overdue: true, overdueHours: 26 }],
		[false, { overdueHours: 26 }],
		[false, { overdue: true, overdueHours: 28 }],
		[true, { rules: [{ pattern: '*', limits: { ...HOURS, overdueHours: 26 } }] }],
	])('tells at once whether anything is found: %p for %j', (found, limits) => {
		const late = task({ successAt: ago(27) });
		expect(hasFindings(late, NOW, { ...OFF, ...limits })).toBe(found);
		const { holding } = conditionEvents(late, undefined, NOW, { ...OFF, ...limits });
		expect(holding.size > 0).toBe(found);
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

	test('or, without a success, since the task was first detected', () => {
		expect(begun({ successAt: undefined, firstSeen: ago(26) }, HOURS)).toEqual([]);
		expect(begun({ successAt: undefined, firstSeen: ago(27) }, HOURS)).toEqual(overdue(ago(27)));
	});

	test('though one is under way or queued', () => {
		expect(begun({ successAt: ago(27), open: { since: NOW } }, HOURS)).toEqual(overdue(ago(27)));
		expect(begun({ successAt: ago(27), phase: 'queued' }, HOURS)).toEqual(overdue(ago(27)));
	});

	test('but not if the event is not selected', () => {
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
		[
			'without times and with a result that is not known',
			{ result: 'unknown', run: NO_TIMES, settledResult: undefined },
		],
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

	test('it ends, also when the event is no longer selected', () => {
		const ended = { events: [{ event: 'backupOverdueEnded' }], holding: new Set() };
		expect(conditions({}, HOURS, 'backupOverdue')).toEqual(ended);
		expect(conditions(late, OFF, 'backupOverdue')).toEqual(ended);
	});
});
