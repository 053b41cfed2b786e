import type { RunTimes } from '../../../nodes/HyperBackup/hyperBackup/runs/runTimes';
import { withShiftedTimes } from '../../../nodes/HyperBackup/trigger/shiftedTimes';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf, wallAsUtc } from './story';

const HOUR = 3600;
const DAY = '2026/11/01';

/** A task whose last run ended at this time. */
const task = (id: number, end: string): TrackedTask => ({
	...snapshotOf({ id, next: `next after ${end}` }),
	run: { start: '', end: end && `${DAY} ${end}` },
	firstSeen: 0,
});

interface Change {
	/**
	 * When the last run of each task ended, as the NAS wrote it at the last poll and writes it now.
	 */
	was: string[];
	is: string[];
	/** Hours by which the clock of the NAS has moved against UTC, for each task. */
	moved: number[];
	endedSince?: boolean;
}

/** The last runs as they are stored then, beside what they were. */
function shifted({ was, is, moved, endedSince = true }: Change) {
	const before = new Map(was.map((end, index) => [String(index), task(index, end)]));
	const now = is.map((end, index) => task(index, end));
	const asked: Array<[string, number, boolean]> = [];
	const after = withShiftedTimes(
		before,
		now,
		({ id }) => moved[Number(id)]! * HOUR,
		(end, by) => {
			asked.push([end, by.moved, by.exact]);
			return endedSince;
		},
	);
	const endOf = ({ run }: { run: RunTimes }): string => run.end.slice(DAY.length + 1);
	return { ends: [...after.values()].map(endOf), after, before, asked };
}

const ends = (change: Change): string[] => shifted(change).ends;

describe('a time zone of the NAS that was changed', () => {
	test.each([
		['forward', '09:10:00', 7],
		['back', '01:10:00', -1.75],
		['by what is no whole hour', '07:55:00', 5.75],
	])('%s writes every time anew: the same run', (_where, is, by) => {
		const was = wallAsUtc(`${DAY} ${is}`)! - by * HOUR * 1000;
		const text = new Date(was).toISOString().slice(11, 19);
		expect(ends({ was: [text], is: [is], moved: [by] })).toEqual([is]);
	});

	test('the next scheduled time goes with it, and nothing else', () => {
		const { after, before } = shifted({ was: ['02:10:00'], is: ['09:10:00'], moved: [7] });
		expect(after.get('0')).toEqual({
			...before.get('0'),
			run: { start: '', end: `${DAY} 09:10:00` },
			next: 'next after 09:10:00',
		});
	});

	test('what is stored is not changed in place', () => {
		const { after, before } = shifted({ was: ['02:10:00'], is: ['09:10:00'], moved: [7] });
		expect(after).not.toBe(before);
		expect(before.get('0')!.run.end).toBe(`${DAY} 02:10:00`);
	});

	test('a run that moved by something else is another one', () => {
		expect(ends({ was: ['02:10:00'], is: ['09:11:00'], moved: [7] })).toEqual(['02:10:00']);
		expect(ends({ was: ['02:10:00'], is: ['09:11:00'], moved: [7], endedSince: false })).toEqual([
			'02:10:00',
		]);
	});

	test('tasks that never ran, or have no times now, change nothing and stand in no way', () => {
		expect(
			ends({
				was: ['02:10:00', '', '03:00:00', ''],
				is: ['09:10:00', '', '', '04:00:00'],
				moved: [7, 7, 7, 7],
			}),
		).toEqual(['09:10:00', '', '03:00:00', '']);
	});

	const MOST_MOVED = {
		was: ['02:10:00', '03:00:00', '04:00:00'],
		is: ['09:10:00', '10:00:00', '04:00:00'],
		moved: [7, 7, 7],
	};

	test('a new run that ended at the time that the one before had is another one', () => {
		expect(ends(MOST_MOVED)).toEqual(['09:10:00', '10:00:00', '']);
	});

	test('a time that stayed, of a run that ended long ago, is that of the same run', () => {
		expect(ends({ ...MOST_MOVED, endedSince: false })).toEqual([
			'09:10:00',
			'10:00:00',
			'04:00:00',
		]);
	});

	test('a task that was not there at the last poll changes nothing', () => {
		expect(ends({ was: ['02:10:00'], is: ['09:10:00', '05:00:00'], moved: [7, 7] })).toEqual([
			'09:10:00',
		]);
	});

	test('a task that is not there now is stored as it was', () => {
		expect(ends({ was: ['02:10:00', '03:00:00'], is: ['09:10:00'], moved: [7, 7] })).toEqual([
			'09:10:00',
			'03:00:00',
		]);
	});
});

describe('a clock that has not moved, or has moved without the times', () => {
	test('a clock that has not moved makes no run the same', () => {
		expect(ends({ was: ['02:10:00'], is: ['03:10:00'], moved: [0], endedSince: false })).toEqual([
			'02:10:00',
		]);
	});

	test('one task whose times stayed shows that the zone is the same', () => {
		expect(
			ends({ was: ['02:10:00', '03:00:00'], is: ['09:10:00', '03:00:00'], moved: [7, 7] }),
		).toEqual(['02:10:00', '03:00:00']);
	});

	test('as many that stayed as moved show that, too', () => {
		expect(
			ends({
				was: ['02:10:00', '03:00:00', '04:00:00', '05:00:00'],
				is: ['09:10:00', '03:00:00', '11:00:00', '05:00:00'],
				moved: [7, 7, 7, 7],
			}),
		).toEqual(['02:10:00', '03:00:00', '04:00:00', '05:00:00']);
	});

	test('but not for a task that was missing meanwhile, for which the clock moved otherwise', () => {
		expect(
			ends({ was: ['02:10:00', '03:00:00'], is: ['09:10:00', '03:00:00'], moved: [7, 1] }),
		).toEqual(['09:10:00', '03:00:00']);
	});

	test('an upgrade of DSM at the same time writes the moved time with seconds', () => {
		const change = { was: ['02:10'], is: ['11:10:17'], moved: [9] };
		expect(ends(change)).toEqual(['11:10:17']);
	});

	test('the same time with seconds has not moved', () => {
		const change = { was: ['02:10'], is: ['02:10:00'], moved: [1], endedSince: false };
		expect(ends(change)).toEqual(['02:10']);
	});

	test('a time that cannot be read has not moved', () => {
		const change = { was: ['soon'], is: ['09:10:00'], moved: [7], endedSince: false };
		expect(ends(change)).toEqual(['soon']);
	});
});

describe('where summer time may have a part in it', () => {
	test.each([
		['a move by just an hour', '03:10:00', 1],
		['a move back by just an hour', '01:10:00', -1],
		['an hour more', '10:10:00', 7],
		['an hour less', '08:10:00', 7],
	])('%s: the same run only if it ended before the last poll', (_what, is, by) => {
		const change = { was: ['02:10:00'], is: [is], moved: [by] };
		const before = shifted({ ...change, endedSince: false });
		expect(before.ends).toEqual([is]);
		expect(before.asked).toEqual([[`${DAY} ${is}`, by * HOUR, Math.abs(by) === 1]]);
		expect(ends({ ...change, endedSince: true })).toEqual(['02:10:00']);
	});

	test.each([
		['two hours more', '11:10:00', 7],
		['two hours less', '07:10:00', 7],
		['half an hour more', '09:40:00', 7],
	])('%s is another run', (_what, is, by) => {
		expect(ends({ was: ['02:10:00'], is: [is], moved: [by], endedSince: false })).toEqual([
			'02:10:00',
		]);
	});
});
