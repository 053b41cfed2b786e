import { measure, type RunMarks } from '../../../nodes/HyperBackup/trigger/thresholds';
import type { PollMoment } from '../../../nodes/HyperBackup/trigger/followRun';
import { wallAsUtc } from './story';
import { type Row, HOUR, NOW, ago, task } from './measured';

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

		test('is ignored if it had passed when it was first detected', () => {
			expect(measured({ now: { next: DUE } }).due).toEqual({ ...due, stale: true });
			expect(measured({ now: { next: DUE }, at: due.at }).due).toEqual(due);
			expect(measured({ before: null, now: { next: DUE } }).due).toEqual({ ...due, stale: true });
		});

		test('is stored without a real time where the clock of the NAS cannot be read', () => {
			const { due: stored } = measured({ now: { next: DUE }, toLocalTime: () => undefined });
			expect(stored).toStrictEqual({ text: DUE, at: undefined });
		});

		test('is still what was stored while the NAS shows the same', () => {
			const stored = { text: NEXT, at: 5, stale: true };
			expect(measured({ before: { due: stored }, now: { next: NEXT } }).due).toBe(stored);
		});

		test('is none without a schedule', () => {
			expect(measured({ before: { due }, now: { next: '' } }).due).toBeUndefined();
		});
	});

	describe('a scheduled time that has passed', () => {
		test.each([
			['after it', '2026/11/02 10:12', undefined],
			['in the same minute', '2026/11/02 10:00:01', undefined],
			['before it', '2026/11/02 09:59', at(DUE)],
			['that cannot be compared', 'soon', at(DUE)],
		])('and a success %s, whose time cannot be read without the clock', (_when, text, missedAt) => {
			expect(missed({ marks: { successUnread: text } }).missedAt).toBe(missedAt);
		});

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

		test('is not missed if it had passed when it was first detected', () => {
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

		test('a success after a time that was read before makes it good', () => {
			const missedBefore: Row = { due: undefined, missedAt: due.at, missedText: DUE };
			const success = (successAt: number) =>
				missed({ before: missedBefore, toLocalTime, marks: { successAt } }).missedAt;
			expect(success(due.at)).toBeUndefined();
			expect(success(due.at - 1)).toBe(due.at);
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
