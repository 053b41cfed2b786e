import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import { wallAsUtc } from './story';
import {
	type Row,
	HOUR,
	END,
	NOW,
	OLD,
	NEW,
	NO_TIMES,
	shown,
	stored,
	LIVE,
	FAILED,
	reports,
	detect,
	names,
	tracked,
	BASELINE,
} from './storedTask';

describe('the first poll', () => {
	test('records and compares nothing', () => {
		const detection = detect([stored()], [shown(FAILED)], BASELINE);
		expect(detection.events).toStrictEqual([]);
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
	])('continues with a run that was reported as started: it %s', (_what, row, open) => {
		const before = stored({ ...LIVE, open: { since: 5 } });
		expect(tracked(detect([before], [shown(row)], BASELINE)).open).toEqual(open);
	});

	test('of a workflow that is published again continues with what was measured', () => {
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
			ranSinceMissed: false,
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

	test('that was detected counts from now', () => {
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
	])('is still the same if %s', (_what, row) => {
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
