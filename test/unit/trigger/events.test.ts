import { detectEvents } from '../../../nodes/HyperBackup/trigger/detectEvents';
import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import { withShiftedTimes } from '../../../nodes/HyperBackup/trigger/shiftedTimes';
import type { Limits } from '../../../nodes/HyperBackup/trigger/thresholds';
import { NO_LIMITS, poll, story, type Words } from './story';

const IDLE: Words = {};
const RUNNING: Words = { status: 'backup', result: 'backingup' };
const after = (result: string): Words => ({
	result,
	ended: '2026/11/02 02:10:00',
	next: '2026/11/03 02:00',
});

describe('the runs of a task', () => {
	test.each([
		['the run that ended last', '2026/11/02 02:10:00', 'backupSucceeded'],
		[
			'a run before the one that ended last, which failed',
			'2026/11/02 01:10:00',
			'backupOutcomeUnknown',
		],
		['no run', undefined, 'backupOutcomeUnknown'],
	])(
		'the next run is under way already, and status knows of the success of %s: %s',
		(_which, success, event) => {
			const now = { ...RUNNING, ended: '2026/11/02 02:10:00' };
			const [, events] = story(
				poll([IDLE]),
				poll([IDLE], { details: new Map([['1', { success: '2026/11/01 02:10:00' }]]) }),
				poll([now], { details: new Map([['1', { success }]]) }),
			);
			expect(events).toEqual(['statusChanged', 'backupStarted', event, 'backupStarted']);
		},
	);

	test.each([
		['done', 'backupSucceeded'],
		['partial', 'backupPartial'],
		['failed', 'backupFailed'],
		['dest_missing', 'backupFailed'],
		['cancel', 'backupCanceled'],
		['suspend', 'backupSuspended'],
	])('a run that is detected and ends as %s: %s', (result, event) => {
		const events = story(
			poll([IDLE]),
			poll([RUNNING]),
			poll([after(result)]),
			poll([after(result)]),
		);
		expect(events[0]).toEqual(['statusChanged', 'backupStarted']);
		expect(events[1]).toEqual(['statusChanged', event]);
		expect(events[2]).toEqual([]);
	});

	test.each([
		['done', ['statusChanged', 'backupStarted', 'backupSucceeded']],
		['failed', ['statusChanged', 'backupStarted', 'backupFailed']],
	])('a run between two polls that ended as %s is reported', (result, events) => {
		expect(story(poll([IDLE]), poll([after(result)]))).toEqual([events]);
	});

	test('a failure after a failure is reported again', () => {
		expect(story(poll([{ result: 'failed' }]), poll([after('failed')]))[0]).toEqual([
			'statusChanged',
			'backupStarted',
			'backupFailed',
		]);
	});

	test('on a NAS with minutes only, a second run within the minute shows in its result', () => {
		expect(story(poll([IDLE]), poll([{ result: 'failed' }]))[0]).toContain('backupFailed');
	});

	test('a run that was in progress at the first poll is reported when it ends', () => {
		expect(story(poll([RUNNING]), poll([after('failed')]))[0]).toContain('backupFailed');
	});

	test('a run that ends while the next one starts is reported with an unknown outcome', () => {
		expect(
			story(
				poll([RUNNING]),
				poll([{ ...RUNNING, ended: '2026/11/02 02:10:00' }]),
				poll([{ ...after('done'), ended: '2026/11/02 03:00:00' }]),
			),
		).toEqual([
			['statusChanged', 'backupOutcomeUnknown', 'backupStarted'],
			['statusChanged', 'backupSucceeded', 'backupRecovered'],
		]);
	});

	test('suspended and resumed', () => {
		expect(
			story(
				poll([RUNNING]),
				poll([after('suspend')]),
				poll([{ ...after('resuming'), status: 'backup' }]),
				poll([{ result: 'done', ended: '2026/11/02 05:00:00' }]),
			),
		).toEqual([
			['statusChanged', 'backupSuspended'],
			['statusChanged', 'backupResumed'],
			['statusChanged', 'backupSucceeded'],
		]);
	});

	test('queued is not started', () => {
		expect(story(poll([IDLE]), poll([{ status: 'waiting' }]), poll([RUNNING]))).toEqual([
			['statusChanged'],
			['backupStarted'],
		]);
	});

	test('rotation after a run: the run has succeeded, once', () => {
		expect(
			story(
				poll([RUNNING]),
				poll([{ ...after('done'), status: 'version_deleting' }]),
				poll([after('done')]),
			),
		).toEqual([['backupSucceeded'], ['statusChanged']]);
	});

	test('canceling is not yet canceled', () => {
		expect(
			story(
				poll([RUNNING]),
				poll([{ status: 'canceling', result: 'backingup' }]),
				poll([after('cancel')]),
			),
		).toEqual([[], ['statusChanged', 'backupCanceled']]);
	});

	test('"idle" and "running now" at once: one more poll, then reported as unknown', () => {
		const unclear: Words = { result: 'backingup' };
		expect(story(poll([RUNNING]), poll([unclear]), poll([after('done')]))).toEqual([
			[],
			['statusChanged', 'backupSucceeded'],
		]);
		expect(story(poll([RUNNING]), poll([unclear]), poll([unclear]))[1]).toEqual([
			'statusChanged',
			'backupOutcomeUnknown',
		]);
	});

	test('the first run ever', () => {
		expect(
			story(poll([{ result: 'none', ended: '' }]), poll([{ ...RUNNING, ended: '' }]), poll([IDLE])),
		).toEqual([
			['statusChanged', 'backupStarted'],
			['statusChanged', 'backupSucceeded'],
		]);
	});
});

describe('what is no event', () => {
	test('nothing changed', () => {
		expect(story(poll([IDLE]), poll([IDLE]), poll([IDLE]))).toEqual([[], []]);
	});

	test('fields that are missing once and come back', () => {
		expect(story(poll([IDLE]), poll([{ result: '', ended: '', next: '' }]), poll([IDLE]))).toEqual([
			[],
			[],
		]);
	});

	test('the next run is planned for another time', () => {
		expect(story(poll([IDLE]), poll([{ next: '2026/11/02 05:00' }]))).toEqual([[]]);
	});

	test('the time zone of the NAS is changed', () => {
		const first = poll([{ id: 1 }, { id: 2, ended: '2026/10/31 23:15:00' }], { baseline: true });
		const before = detectEvents(new Map(), new Map(), first).tracked;
		const moved = poll([
			{ id: 1, ended: '2026/11/01 09:10:00' },
			{ id: 2, ended: '2026/11/01 06:15:00' },
		]);
		const eventsIf = (offset: number, endedSinceLastPoll: boolean) =>
			detectEvents(
				withShiftedTimes(
					before,
					moved.snapshots,
					() => offset,
					() => endedSinceLastPoll,
				),
				new Map(),
				moved,
			).events;
		expect(eventsIf(7 * 3600, true)).toEqual([]);
		expect(eventsIf(8 * 3600, false)).toEqual([]);
		expect(eventsIf(8 * 3600, true)).not.toEqual([]);
		expect(eventsIf(0, false)).not.toEqual([]);
	});
});

describe('tasks', () => {
	test('come, go and are renamed', () => {
		expect(
			story(
				poll([IDLE]),
				poll([IDLE, { id: 2 }]),
				poll([{ ...IDLE, name: 'Weekly' }, { id: 2 }]),
				poll([{ id: 2 }]),
				poll([{ id: 2 }]),
				poll([{ id: 2 }]),
				poll([{ id: 2 }]),
			),
		).toEqual([['taskAdded'], ['taskRenamed'], [], [], [], ['taskRemoved']]);
	});

	test('that are watched for the first time are not new', () => {
		expect(
			story(poll([IDLE], { complete: false }), poll([IDLE, { id: 2 }], { complete: false })),
		).toEqual([[]]);
	});
});

describe('destination and integrity', () => {
	test.each(['restore_only', 'broken', 'unauth', 'endofservice', 'error_detect'])(
		'%s is reported once',
		(state) => {
			expect(story(poll([IDLE]), poll([{ state }]), poll([{ state }]))).toEqual([
				['statusChanged', 'destinationProblem'],
				[],
			]);
		},
	);

	test('offline is reported once', () => {
		expect(
			story(poll([IDLE]), poll([{ state: 'error_detect', status: 'detect_waiting' }]))[0],
		).toEqual(['statusChanged', 'destinationProblem']);
	});

	test('a check that passes', () => {
		expect(story(poll([IDLE]), poll([{ status: 'detect' }]), poll([IDLE]))).toEqual([
			['statusChanged', 'integrityCheckStarted'],
			['statusChanged', 'integrityCheckPassed'],
		]);
	});

	test.each([{ result: 'cksum_failed' }, { state: 'broken' }])(
		'a check that finds damage: %p',
		(words) => {
			expect(story(poll([IDLE]), poll([{ status: 'detect' }]), poll([words]))[1]).toContain(
				'integrityCheckFailed',
			);
		},
	);
});

describe('what lasts too long', () => {
	const HOUR = 3_600_000;
	const start = Date.parse('2026-11-01T12:00:00Z');
	const watching = (words: Words, hours: number, limits: Partial<Limits>): DetectionInput =>
		poll([words], { now: start + hours * HOUR, limits: { ...NO_LIMITS, ...limits } });

	test('no success for 26 hours is reported once, and its end once', () => {
		const limits = { overdue: true, overdueHours: 26 };
		const failed = after('failed');
		expect(
			story(
				watching(IDLE, 0, limits),
				watching(IDLE, 16, limits),
				watching(IDLE, 17, limits),
				watching(IDLE, 18, limits),
				watching(failed, 19, limits),
				watching({ ...after('done'), ended: '2026/11/02 08:00:00' }, 20, limits),
			),
		).toEqual([
			[],
			['backupOverdue'],
			[],
			['statusChanged', 'backupStarted', 'backupFailed'],
			[
				'statusChanged',
				'backupStarted',
				'backupSucceeded',
				'backupRecovered',
				'backupOverdueEnded',
			],
		]);
	});

	test('a scheduled run that does not begin, though DSM shows the next one by then', () => {
		const limits = { overdue: true, lateHours: 2 };
		const skipped: Words = { next: '2026/11/03 02:00' };
		expect(
			story(
				watching(IDLE, 0, limits),
				watching(skipped, 15, limits),
				watching(skipped, 17, limits),
				watching({ ...RUNNING, ...skipped }, 18, limits),
				watching({ ...skipped, ended: '2026/11/02 06:30:00' }, 19, limits),
			),
		).toEqual([
			[],
			['backupOverdue'],
			['statusChanged', 'backupStarted'],
			['statusChanged', 'backupSucceeded', 'backupRecovered', 'backupOverdueEnded'],
		]);
	});

	test('a NAS clock that jumps makes nothing overdue', () => {
		const limits = { overdue: true, overdueHours: 26, lateHours: 2 };
		const jumped: Partial<DetectionInput> = {
			toLocalTime: (text) =>
				Date.parse(`${text.replace(/\//g, '-').replace(' ', 'T')}Z`) - 365 * 24 * HOUR,
		};
		const before = watching(IDLE, 0, limits);
		expect(story(before, { ...watching(IDLE, 1, limits), ...jumped })).toEqual([[]]);
	});

	test('a task that has never run', () => {
		const limits = { neverRanHours: 24 };
		const never: Words = { result: 'none', ended: '', next: '' };
		expect(
			story(
				watching(never, 0, limits),
				watching(never, 23, limits),
				watching(never, 25, limits),
				watching(never, 26, limits),
				watching(IDLE, 27, limits),
			),
		).toEqual([
			[],
			['backupNeverRan'],
			[],
			['statusChanged', 'backupStarted', 'backupSucceeded', 'backupNeverRanEnded'],
		]);
	});

	test('a run that takes too long', () => {
		const limits = { tooLongHours: 4 };
		expect(
			story(
				watching(IDLE, 0, limits),
				watching(RUNNING, 1, limits),
				watching(RUNNING, 4, limits),
				watching(RUNNING, 6, limits),
				watching(RUNNING, 7, limits),
				watching(after('done'), 8, limits),
			),
		).toEqual([
			['statusChanged', 'backupStarted'],
			[],
			['backupTooLong'],
			[],
			['statusChanged', 'backupSucceeded', 'backupTooLongEnded'],
		]);
	});
});
