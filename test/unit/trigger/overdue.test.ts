import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import type { Limits } from '../../../nodes/HyperBackup/trigger/thresholds';
import { detections, lun, poll, wallAsUtc, type Words } from './story';

const OVERDUE: Limits = { overdue: true, lateHours: 2 };
const SUNDAY = '2026/11/01';

const at = (text: string): number => wallAsUtc(`${text}:00`)!;

/** A poll at a time of the NAS's clock, which is UTC here. */
const pollAt = (time: string, row: Words, extra: Partial<DetectionInput> = {}): DetectionInput =>
	poll([row], { now: at(time), limits: OVERDUE, ...extra });

/** The overdue events of a series of polls, with their reasons. */
const overdue = (...polls: DetectionInput[]): string[] =>
	detections(...polls)
		.flat()
		.filter(({ event }) => event.startsWith('backupOverdue'))
		.map(({ event, reason }) => (reason ? `${event}: ${reason}` : event));

const good = (ended: string, next: string): Words => ({ ended: `${ended}:00`, next });

describe("by default a task's own schedule is followed", () => {
	test('a weekly backup is not overdue between its runs', () => {
		const done = good(`${SUNDAY} 02:10`, '2026/11/08 02:00');
		const days = ['02', '03', '04', '05', '06', '07', '08'];
		const polls = days.map((day) => pollAt(`2026/11/${day} 01:00`, done));
		const next = good('2026/11/08 02:10', '2026/11/15 02:00');
		const after = pollAt('2026/11/08 05:00', next);
		expect(overdue(pollAt(`${SUNDAY} 12:00`, done), ...polls, after)).toEqual([]);
	});

	test('a scheduled backup that did not start: once, and once when a backup has succeeded', () => {
		const missed = good(`${SUNDAY} 02:10`, '2026/11/03 02:00');
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00')),
				pollAt('2026/11/02 03:00', missed),
				pollAt('2026/11/02 04:30', missed),
				pollAt('2026/11/02 05:00', missed),
				pollAt('2026/11/02 06:00', good('2026/11/02 05:50', '2026/11/03 02:00')),
			),
		).toEqual(['backupOverdue: not_started', 'backupOverdueEnded']);
	});

	test('a scheduled backup that failed and was not made good', () => {
		const failed = { ...good('2026/11/02 02:10', '2026/11/03 02:00'), result: 'failed' };
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00')),
				pollAt('2026/11/02 03:00', failed),
				pollAt('2026/11/02 04:30', failed),
			),
		).toEqual(['backupOverdue: no_success']);
	});

	test('a scheduled time that DSM never moves on, though the backup succeeded minutes ago', () => {
		const stale = '2026/11/02 02:00';
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, stale)),
				pollAt('2026/11/02 05:40', good('2026/11/02 05:27', stale)),
				pollAt('2026/11/02 09:00', good('2026/11/02 05:27', stale)),
			),
		).toEqual([]);
	});

	test('a backup that is under way or queued when the time has passed may still make it good', () => {
		const next = '2026/11/03 02:00';
		const running = { ...good(`${SUNDAY} 02:10`, next), status: 'backup', result: 'backingup' };
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00')),
				pollAt('2026/11/02 02:30', { ...good(`${SUNDAY} 02:10`, next), status: 'waiting' }),
				pollAt('2026/11/02 09:00', running),
				pollAt('2026/11/02 20:00', good('2026/11/02 19:50', next)),
			),
		).toEqual([]);
	});

	test('a schedule that is switched off ends what was overdue', () => {
		const missed = good(`${SUNDAY} 02:10`, '2026/11/03 02:00');
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00')),
				pollAt('2026/11/02 05:00', missed),
				pollAt('2026/11/02 06:00', { ...missed, next: '' }),
			),
		).toEqual(['backupOverdue: not_started', 'backupOverdueEnded']);
	});

	test('at the first poll, the last time of the weekly schedule counts', () => {
		const old = good('2026/10/20 02:10', '2026/11/02 02:00');
		const lastDue = () => at(`${SUNDAY} 02:00`);
		expect(overdue(pollAt(`${SUNDAY} 12:00`, old, { lastDue }))).toEqual([
			'backupOverdue: not_started',
		]);
		const recent = good(`${SUNDAY} 02:10`, '2026/11/02 02:00');
		expect(overdue(pollAt(`${SUNDAY} 12:00`, recent, { lastDue }))).toEqual([]);
	});
});

describe('a fixed number of hours', () => {
	const limits: Limits = { ...OVERDUE, overdueHours: 26 };

	test('LUN tasks: a success that was reported counts from when it was detected', () => {
		const running = lun('vm', { status: 'backup', result: 'backingup' });
		const nightly = ['02', '03', '04'].flatMap((day) => [
			pollAt(`2026/11/${day} 02:05`, running, { limits }),
			pollAt(`2026/11/${day} 02:20`, lun('vm'), { limits }),
		]);
		expect(overdue(pollAt(`${SUNDAY} 12:00`, lun('vm'), { limits }), ...nightly)).toEqual([]);
	});

	test('no success for longer: once, with its reason, and once when it is over', () => {
		const old = good(`${SUNDAY} 02:10`, '');
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, old, { limits }),
				pollAt('2026/11/02 04:11', old, { limits }),
				pollAt('2026/11/02 05:00', old, { limits }),
				pollAt('2026/11/02 06:00', good('2026/11/02 05:55', ''), { limits }),
			),
		).toEqual(['backupOverdue: no_success', 'backupOverdueEnded']);
	});

	test('a first backup that has been running for days is not overdue', () => {
		const first: Words = { result: 'backingup', status: 'backup', ended: '', next: '' };
		const polls = [1, 2, 3, 4].map((day) => pollAt(`2026/11/0${day} 12:00`, first, { limits }));
		expect(overdue(...polls)).toEqual([]);
	});
});

describe('the clock of the NAS', () => {
	const limits: Limits = { ...OVERDUE, overdueHours: 26 };
	const unreadable = { toLocalTime: () => undefined, limits: OVERDUE };

	test('cannot be read, and the zones differ: measured from what was detected', () => {
		const polls = [2, 3, 4].flatMap((day) => {
			const next = `2026/11/0${day + 1} 02:00`;
			const before = good(`2026/11/0${day - 1} 02:10`, next);
			return [
				pollAt(
					`2026/11/0${day} 10:01`,
					{ ...before, status: 'backup', result: 'backingup' },
					unreadable,
				),
				pollAt(`2026/11/0${day} 10:15`, good(`2026/11/0${day} 02:10`, next), unreadable),
				pollAt(`2026/11/0${day} 20:00`, good(`2026/11/0${day} 02:10`, next), unreadable),
			];
		});
		const first = pollAt(
			`${SUNDAY} 12:00`,
			good(`${SUNDAY} 02:10`, '2026/11/02 02:00'),
			unreadable,
		);
		expect(overdue(first, ...polls)).toEqual([]);
	});

	test('cannot be read, and a scheduled backup does not start: the change of the scheduled time shows it', () => {
		const missed = good(`${SUNDAY} 02:10`, '2026/11/03 02:00');
		expect(
			overdue(
				pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00'), unreadable),
				pollAt('2026/11/02 10:01', missed, unreadable),
				pollAt('2026/11/02 12:30', missed, unreadable),
			),
		).toEqual(['backupOverdue: not_started']);
	});

	test.each([
		['in 1970', 56 * 365],
		['ten days behind', 10],
	])(
		'is %s at activation: the success counts as now, and becomes overdue from there',
		(_where, days) => {
			const ahead = (text: string) => {
				const time = wallAsUtc(text);
				return time === undefined ? undefined : time + days * 86_400_000;
			};
			const old = good(`${SUNDAY} 02:10`, '');
			const polls = ['01 12:00', '02 13:00', '02 15:00'].map((time) =>
				pollAt(`2026/11/${time}`, old, { limits, toLocalTime: ahead }),
			);
			expect(overdue(...polls)).toEqual(['backupOverdue: no_success']);
		},
	);

	test('goes back an hour in autumn, the zone is not known, and the grace time is short', () => {
		const short: Limits = { overdue: true, lateHours: 0.5 };
		const reader = (offset: number) => {
			const clock = new NasClock('Asia/Tokyo', { offset, skew: 0 });
			return (text: string) => clock.toLocalTime(text);
		};
		const summer = { toLocalTime: reader(7200), limits: short };
		const winter = { toLocalTime: reader(3600), limits: short };
		// 02:30 by the wall clock of Berlin on 25 October 2026 is 00:30 and 01:30 UTC.
		const before = good('2026/10/24 02:40', '2026/10/25 02:30');
		const after = { ...good('2026/10/25 02:40', '2026/10/26 02:30') };
		expect(
			overdue(
				pollAt('2026/10/24 20:00', before, summer),
				pollAt('2026/10/25 00:45', before, summer),
				pollAt('2026/10/25 01:10', before, winter),
				pollAt('2026/10/25 01:45', after, winter),
				pollAt('2026/10/25 03:00', after, winter),
			),
		).toEqual([]);
	});
});

describe('what was reported ends exactly once', () => {
	const missed = good(`${SUNDAY} 02:10`, '2026/11/03 02:00');
	const begun = [
		pollAt(`${SUNDAY} 12:00`, good(`${SUNDAY} 02:10`, '2026/11/02 02:00')),
		pollAt('2026/11/02 05:00', missed),
	];
	const BEGUN = 'backupOverdue: not_started';

	test('the task is deleted', () => {
		const gone = Array.from({ length: 6 }, (_, hour) =>
			poll([], { now: at(`2026/11/02 0${hour + 3}:30`), limits: OVERDUE }),
		);
		expect(overdue(...begun, ...gone)).toEqual([BEGUN, 'backupOverdueEnded: task_removed']);
	});

	test('the workflow is published again: it stands until a backup succeeds', () => {
		expect(
			overdue(
				...begun,
				pollAt('2026/11/02 06:00', missed, { baseline: true }),
				pollAt('2026/11/02 07:00', missed),
				pollAt('2026/11/02 08:00', good('2026/11/02 07:30', '2026/11/03 02:00')),
				pollAt('2026/11/02 09:00', good('2026/11/02 07:30', '2026/11/03 02:00')),
			),
		).toEqual([BEGUN, 'backupOverdueEnded']);
	});

	test('the workflow is published again for another NAS', () => {
		const other = { ...good(`${SUNDAY} 02:10`, '2026/11/03 02:00'), id: 9, name: 'Other' };
		expect(
			overdue(
				...begun,
				pollAt('2026/11/02 06:00', other, { baseline: true }),
				pollAt('2026/11/02 07:00', other),
			),
		).toEqual([BEGUN, 'backupOverdueEnded: task_removed']);
	});
});
