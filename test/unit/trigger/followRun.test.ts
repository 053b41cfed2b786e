import { isRotating } from '../../../nodes/HyperBackup/trigger/anotherRun';
import { EVENT_OF, type Followed } from '../../../nodes/HyperBackup/trigger/followRun';
import {
	type Row,
	OLD,
	NEW,
	END,
	NOW,
	task,
	RUNNING,
	FAILED,
	CHECK_FAILED,
	ROTATING,
	PENDING,
	DOCUMENTED,
	OPEN,
	follow,
	STARTED,
	UNSEEN,
	names,
} from './followed';

test('every outcome has its event', () => {
	expect(EVENT_OF).toEqual({
		succeeded: 'backupSucceeded',
		partial: 'backupPartial',
		failed: 'backupFailed',
		canceled: 'backupCanceled',
		discarded: 'backupCanceled',
		suspended: 'backupSuspended',
		unknown: 'backupOutcomeUnknown',
	});
});

test.each<[Row, boolean]>([
	[{ phase: 'pending' }, true],
	[ROTATING, true],
	[{ activity: 'deleting' }, false],
	[{}, false],
])('%j: old versions are being deleted: %p', (row, rotating) => {
	expect(isRotating(task(row))).toBe(rotating);
});

describe('a task that is under way', () => {
	test('has started', () => {
		expect(follow({}, RUNNING)).toEqual({ events: [STARTED], state: { open: { since: NOW } } });
	});

	test('continues', () => {
		const followed = follow({ ...RUNNING, open: OPEN }, RUNNING);
		expect(followed).toEqual({ events: [], state: { open: OPEN } });
	});

	test.each<[string, Row, Row]>([
		['DSM says so', { status: 'idle' }, { ...RUNNING, activity: 'resuming' }],
		[
			'it was suspended in the documented API',
			{ status: 'suspended' },
			{ ...RUNNING, ...DOCUMENTED },
		],
	])('was resumed if %s', (_what, before, now) => {
		expect(names(follow(before, now))).toEqual(['backupResumed']);
	});

	test.each<[string, Row, Row]>([
		['DSM does not say so', { status: 'suspended' }, RUNNING],
		['it was idle in the documented API', {}, { ...RUNNING, ...DOCUMENTED }],
	])('was not resumed if %s', (_what, before, now) => {
		expect(names(follow(before, now))).toEqual(['backupStarted']);
	});

	describe('for the second time', () => {
		const running: Row = { ...RUNNING, open: OPEN };
		const again = (outcome: 'unknown' | 'succeeded'): Followed => ({
			events: [{ event: EVENT_OF[outcome], outcome }, STARTED],
			state: { open: { since: NOW } },
		});

		test('since the last poll: the outcome of the first is unknown', () => {
			expect(follow(running, { ...RUNNING, run: NEW })).toEqual(again('unknown'));
		});

		test('and status knows of a success within the first', () => {
			const before = { ...running, success: OLD.end };
			const now = { ...RUNNING, run: NEW };
			expect(follow(before, now, { success: NEW.end })).toEqual(again('succeeded'));
		});

		test('after one whose result was hidden, whose times were shown', () => {
			const before = { ...PENDING, open: { ...OPEN, pending: true } };
			expect(follow(before, RUNNING)).toEqual(again('unknown'));
		});
	});

	test('after a run between two polls: that run started and ended', () => {
		expect(follow({}, { ...RUNNING, run: NEW })).toEqual({
			events: [
				UNSEEN,
				{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: true },
				STARTED,
			],
			state: { open: { since: NOW } },
		});
	});

	test('after a suspended run that was continued and ended unseen: that one had begun before', () => {
		const before: Row = { result: 'suspended' };
		expect(names(follow(before, { ...RUNNING, run: NEW }))).toEqual([
			'backupOutcomeUnknown',
			'backupStarted',
		]);
	});

	test('and shows the times of a run that was reported as ended', () => {
		const followed = follow({ endedEarly: END }, { ...RUNNING, run: NEW });
		expect(followed).toEqual({ events: [STARTED], state: { open: { since: NOW } } });
	});
});

describe('a run whose result is hidden by the deletion of old versions', () => {
	test('is over, and its outcome is waited for', () => {
		const before: Row = { ...RUNNING, open: OPEN, endedEarly: 7 };
		expect(follow(before, PENDING)).toEqual({
			events: [],
			state: { open: { since: 5, pending: true }, endedEarly: 7 },
		});
	});

	test('has begun unseen if its times are new, and ended after the run before', () => {
		expect(follow({}, { ...PENDING, run: NEW })).toEqual({
			events: [UNSEEN],
			state: { open: { since: NOW, pending: true, after: '2026/11/01 02:10:00' } },
		});
	});

	test('is none without new times', () => {
		expect(follow({}, PENDING)).toEqual({ events: [], state: { endedEarly: undefined } });
		expect(follow({ endedEarly: 7 }, PENDING)).toEqual({ events: [], state: { endedEarly: 7 } });
	});

	test('is none if the times are those of a run that was reported as ended', () => {
		const followed = follow({ endedEarly: END }, { ...PENDING, run: NEW });
		expect(followed).toEqual({ events: [], state: { endedEarly: END } });
	});
});

describe('DSM may write the end of the last run anew while it deletes old versions', () => {
	const LATER = { ...OLD, end: '2026/11/01 02:30:00' };
	const before: Row = { ...ROTATING, rotatesReported: true };

	test.each<[string, Row, Row]>([
		['once it is done', before, {}],
		['while it goes on', { ...PENDING, rotatesReported: true }, { ...PENDING }],
		['while the next check runs', before, { ...ROTATING, phase: 'pending', result: 'failed' }],
	])('%s: the same run', (_when, was, now) => {
		expect(names(follow(was, { ...now, run: LATER }))).toStrictEqual([]);
	});

	test.each<[string, Row, Row]>([
		['with another result', before, FAILED],
		[
			'with a good result after a failed one',
			{ ...FAILED, ...before, settledResult: 'failed' },
			{},
		],
		['if the deletion belongs to no run that was reported', { ...ROTATING }, {}],
		['without a deletion', { rotatesReported: true }, {}],
	])('but %s it is another run', (_what, was, now) => {
		expect(names(follow(was, { ...now, run: LATER }))).toContain('backupStarted');
	});
});

describe('a run that has ended', () => {
	const running: Row = { ...RUNNING, open: OPEN };

	test('with its times', () => {
		expect(follow(running, { ...FAILED, run: NEW })).toEqual({
			events: [{ event: 'backupFailed', outcome: 'failed', withoutTimes: false }],
			state: { endedEarly: undefined },
		});
	});

	test('before the NAS shows its times, which are waited for', () => {
		expect(follow(running, FAILED)).toEqual({
			events: [{ event: 'backupFailed', outcome: 'failed', withoutTimes: false }],
			state: { endedEarly: NOW },
		});
	});

	test('idle: DSM shows the result at once, so nothing is waited for', () => {
		const canceled: Row = { result: 'canceled', resultWord: 'cancel' };
		expect(follow(running, canceled)).toEqual({
			events: [{ event: 'backupCanceled', outcome: 'canceled', withoutTimes: false }],
			state: { endedEarly: NOW },
		});
	});

	test('without a result and without times', () => {
		expect(follow(running, CHECK_FAILED)).toEqual({
			events: [{ event: 'backupOutcomeUnknown', outcome: 'unknown', withoutTimes: true }],
			state: { endedEarly: NOW },
		});
	});

	test('whose result was hidden until now, and whose times were shown before', () => {
		const before: Row = { ...PENDING, open: { ...OPEN, pending: true } };
		expect(follow(before, CHECK_FAILED)).toEqual({
			events: [{ event: 'backupOutcomeUnknown', outcome: 'unknown', withoutTimes: false }],
			state: { endedEarly: undefined },
		});
	});

	test('between two polls', () => {
		expect(follow({}, { ...FAILED, run: NEW })).toEqual({
			events: [UNSEEN, { event: 'backupFailed', outcome: 'failed', unseen: true }],
			state: { endedEarly: undefined },
		});
	});

	test.each<[string, Row, Row]>([
		['after a suspension', { result: 'suspended' }, { ...FAILED, run: NEW }],
		['because its suspended run was discarded', {}, { result: 'discarded', run: NEW }],
	])('between two polls, %s: it has no beginning of its own', (_what, before, now) => {
		expect(follow(before, now).events).toEqual([expect.objectContaining({ unseen: true })]);
	});

	describe('in the documented API', () => {
		const open: Row = { ...running, ...DOCUMENTED };
		const idle: Row = { ...DOCUMENTED };

		test('well: its time shows it', () => {
			expect(follow(open, { ...idle, run: NEW })).toEqual({
				events: [{ event: 'backupSucceeded', outcome: 'succeeded', withoutTimes: false }],
				state: { endedEarly: undefined },
			});
		});

		test('well: its time is waited for once', () => {
			expect(follow(open, idle)).toEqual({
				events: [],
				state: { open: OPEN, unclear: 1 },
				held: true,
			});
			expect(follow({ ...open, unclear: 1 }, idle)).toEqual({
				events: [{ event: 'backupOutcomeUnknown', outcome: 'unknown', withoutTimes: true }],
				state: { endedEarly: NOW },
			});
		});

		test('in an error: nothing is waited for', () => {
			const error: Row = { ...DOCUMENTED, status: 'error', result: 'failed' };
			expect(names(follow(open, error))).toEqual(['backupFailed']);
		});

		test('in a suspension that shows no result: nothing is waited for', () => {
			expect(names(follow(open, { ...idle, status: 'suspended' }))).toEqual([
				'backupOutcomeUnknown',
			]);
		});

		test('unseen: an error may also be about the destination, so no beginning is made up', () => {
			const error: Row = { ...DOCUMENTED, status: 'error', result: 'failed' };
			expect(names(follow(idle, error))).toEqual(['backupFailed']);
			expect(names(follow(idle, { ...error, run: NEW }))).toEqual([
				'backupStarted',
				'backupFailed',
			]);
		});
	});
});

describe('a task that does nothing', () => {
	test('has no events', () => {
		expect(follow({}, {})).toEqual({ events: [], state: {} });
		expect(follow(FAILED, FAILED)).toEqual({ events: [], state: {} });
		expect(follow(DOCUMENTED, DOCUMENTED)).toEqual({ events: [], state: {} });
	});
});
