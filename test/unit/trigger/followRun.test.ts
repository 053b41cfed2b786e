import {
	EVENT_OF,
	followRun,
	isRotating,
	type Detail,
	type Followed,
	type PollMoment,
	type RunEvent,
} from '../../../nodes/HyperBackup/trigger/followRun';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf, wallAsUtc } from './story';

type Row = Partial<TrackedTask>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OLD = { start: '2026/11/01 02:00:00', end: '2026/11/01 02:10:00' };
const NEW = { start: '2026/11/02 02:00:00', end: '2026/11/02 02:10:00' };
const NO_TIMES = { start: '', end: '' };
const END = wallAsUtc(NEW.end)!;
const NOW = END + 5 * MINUTE;

/** A healthy task that does nothing. */
const task = (row: Row): TrackedTask => ({
	...snapshotOf({}),
	run: OLD,
	firstSeen: 0,
	settledResult: 'success',
	...row,
});

const RUNNING: Row = {
	status: 'running',
	activity: 'backing_up',
	result: 'running',
	resultWord: 'backingup',
	phase: 'live',
};
const FAILED: Row = { status: 'error', result: 'failed', resultWord: 'failed' };
const CHECK_FAILED: Row = { status: 'error', result: 'check_failed', resultWord: 'cksum_failed' };
const ROTATING: Row = { status: 'running', activity: 'rotating_versions' };
const PENDING: Row = { ...ROTATING, result: 'pending', resultWord: 'deleting', phase: 'pending' };
/** "Idle" and "running now" at once. */
const UNCLEAR: Row = { ...RUNNING, status: 'unknown', activity: null, phase: 'unclear' };
/** No result at all. */
const BLANK: Row = { result: 'unknown', resultWord: '', phase: 'unclear' };
/** The documented API has no results. */
const DOCUMENTED: Row = { result: undefined, resultWord: '' };
const OPEN = { since: 5 };

const follow = (
	before: Row,
	now: Row,
	detail?: Detail,
	moment: Partial<PollMoment> = {},
): Followed =>
	followRun(task(before), task(now), detail, {
		now: NOW,
		sameZone: true,
		clockShift: 0,
		toLocalTime: wallAsUtc,
		...moment,
	});

const STARTED: RunEvent = { event: 'backupStarted' };
const UNSEEN: RunEvent = { event: 'backupStarted', unseen: true };

const names = ({ events }: Followed): string[] => events.map(({ event }) => event);

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

	test('goes on', () => {
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
		const again = (outcome: 'unknown' | 'succeeded', withoutTimes: boolean): Followed => ({
			events: [{ event: EVENT_OF[outcome], outcome, withoutTimes }, STARTED],
			state: { open: { since: NOW } },
		});

		test('since the last poll: the outcome of the first is unknown', () => {
			expect(follow(running, { ...RUNNING, run: NEW })).toEqual(again('unknown', false));
		});

		test('and status knows of a success within the first', () => {
			const before = { ...running, success: OLD.end };
			const now = { ...RUNNING, run: NEW };
			expect(follow(before, now, { success: NEW.end })).toEqual(again('succeeded', false));
		});

		test('after one whose result was hidden, whose times were shown', () => {
			const before = { ...PENDING, open: { ...OPEN, pending: true } };
			expect(follow(before, RUNNING)).toEqual(again('unknown', false));
		});
	});

	test('after a run that nobody saw: that one began and ended', () => {
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

	test('has begun unseen if its times are new', () => {
		expect(follow({}, { ...PENDING, run: NEW })).toEqual({
			events: [UNSEEN],
			state: { open: { since: NOW, pending: true } },
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
		expect(names(follow(was, { ...now, run: LATER }))).toEqual([]);
	});

	test.each<[string, Row, Row]>([
		['with another result', before, FAILED],
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
	});
});

describe('the success that status knows of', () => {
	const now: Row = { ...CHECK_FAILED, run: NEW };
	const outcome = (before: Row, detail?: Detail, moment?: Partial<PollMoment>) =>
		follow(before, now, detail, moment).events.at(-1)!.outcome;

	test.each<[string, Row, Detail]>([
		['another time', { success: OLD.end }, { success: NEW.end }],
		['another version', { version: '7' }, { success: NEW.end, version: '8' }],
	])('is that of the run if it has %s and lies within it', (_what, before, detail) => {
		expect(outcome(before, detail)).toBe('succeeded');
	});

	test.each<[string, Row, Detail | undefined]>([
		['it is not known now', { success: OLD.end, version: '7' }, undefined],
		['its time is not known now', { version: '7' }, { version: '8' }],
		['its time is that of another run', { success: OLD.end }, { success: '2026/11/02 01:00:00' }],
		[
			'it is the one of before',
			{ success: NEW.end, version: '7' },
			{ success: NEW.end, version: '7' },
		],
		['none was known before', {}, { success: NEW.end, version: '8' }],
		['its version is not shown now', { version: '7' }, { success: NEW.end }],
	])('is not that of the run if %s', (_what, before, detail) => {
		expect(outcome(before, detail)).toBe('unknown');
	});

	test('after a change of the zone has another time, which shows nothing; another version does', () => {
		const other = { sameZone: false };
		const before: Row = { success: OLD.end, version: '7' };
		expect(outcome(before, { success: NEW.end, version: '7' }, other)).toBe('unknown');
		expect(outcome(before, { success: NEW.end, version: '8' }, other)).toBe('succeeded');
	});
});

describe('a response that contradicts itself, or shows no result', () => {
	const open: Row = { ...RUNNING, open: OPEN };

	test('in mid-run is waited for once, then believed', () => {
		expect(follow(open, UNCLEAR)).toEqual({
			events: [],
			state: { open: OPEN, endedEarly: undefined, unclear: 1 },
			held: true,
		});
		expect(follow({ ...open, unclear: 1 }, UNCLEAR)).toEqual({
			events: [
				{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: false, withoutTimes: true },
			],
			state: { endedEarly: NOW, unclear: 2 },
		});
	});

	test('in mid-run without a result is waited for once, then believed', () => {
		expect(follow(open, BLANK).held).toBe(true);
		expect(names(follow({ ...open, unclear: 1 }, BLANK))).toEqual(['backupOutcomeUnknown']);
	});

	test('about a run that nobody saw is waited for once, then believed', () => {
		expect(follow({}, UNCLEAR).held).toBe(true);
		expect(follow({ unclear: 1 }, UNCLEAR).events).toEqual([
			UNSEEN,
			{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: true, withoutTimes: true },
		]);
	});

	test('with new times is waited for once, then believed', () => {
		const now: Row = { ...BLANK, run: NEW };
		expect(follow({}, now).held).toBe(true);
		expect(follow({ unclear: 1 }, now).events).toEqual([
			UNSEEN,
			{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: true, withoutTimes: false },
		]);
	});

	test('about no run is only counted', () => {
		expect(follow({}, BLANK)).toEqual({ events: [], state: { unclear: 1 } });
		expect(follow({ unclear: 4 }, BLANK)).toEqual({ events: [], state: { unclear: 5 } });
	});

	test('about a run that was reported as ended is only counted', () => {
		const before: Row = { ...UNCLEAR, endedEarly: END, unclear: 2 };
		expect(follow(before, UNCLEAR)).toEqual({
			events: [],
			state: { endedEarly: END, unclear: 3 },
		});
	});

	test('about a run after one that was reported as ended is waited for', () => {
		const before: Row = { endedEarly: END - HOUR };
		expect(follow(before, { ...UNCLEAR, run: NEW })).toEqual({
			events: [],
			state: { endedEarly: END - HOUR, unclear: 1 },
			held: true,
		});
	});
});

describe('what shows up after a run was reported as ended', () => {
	const shows = (before: Row, now: Row, moment?: Partial<PollMoment>) =>
		follow({ endedEarly: END, ...before }, now, undefined, moment);

	test('its times: nothing more is waited for', () => {
		expect(shows({}, { run: NEW })).toEqual({ events: [], state: { endedEarly: undefined } });
	});

	test('nothing yet: it is waited for', () => {
		expect(shows({}, {})).toEqual({ events: [], state: { endedEarly: END } });
		expect(shows({}, { run: NO_TIMES })).toEqual({ events: [], state: { endedEarly: END } });
	});

	test('an end up to a minute later belongs to it', () => {
		expect(names(shows({ endedEarly: END - MINUTE }, { run: NEW }))).toEqual([]);
		expect(names(shows({ endedEarly: END - MINUTE - 1 }, { run: NEW }))).toEqual([
			'backupStarted',
			'backupSucceeded',
		]);
	});

	test('an end up to as much later belongs to it as the clock of the NAS was set', () => {
		const changed = { clockShift: HOUR };
		const early = END - MINUTE - HOUR;
		expect(names(shows({ endedEarly: early }, { run: NEW }, changed))).toEqual([]);
		expect(names(shows({ endedEarly: early - 1 }, { run: NEW }, changed))).not.toEqual([]);
	});

	test('an end that cannot be read, or lies in the future, measures nothing', () => {
		const before: Row = { endedEarly: END - HOUR };
		expect(names(shows(before, { run: NEW }, { toLocalTime: () => undefined }))).toEqual([]);
		expect(names(shows(before, { run: NEW }, { now: END - MINUTE - 1 }))).toEqual([]);
		expect(names(shows(before, { run: NEW }, { now: END - MINUTE }))).not.toEqual([]);
	});

	test('another result than the one reported is that of another run', () => {
		expect(names(shows({}, { ...FAILED, run: NEW }))).toEqual(['backupStarted', 'backupFailed']);
	});

	test('another result with the same times is that of another run', () => {
		expect(names(shows({}, FAILED))).toEqual(['backupStarted', 'backupFailed']);
	});

	describe('of a run that died', () => {
		const died: Row = { ...UNCLEAR, endedEarly: END - HOUR };

		test.each<[string, Row]>([
			['a failure, whenever DSM notices', { ...FAILED, run: NEW }],
			['a failure without times', FAILED],
		])('%s', (_what, now) => {
			expect(names(shows(died, now))).toEqual([]);
		});

		test('no success: that is another run', () => {
			expect(names(shows(died, { run: NEW }))).toEqual(['backupStarted', 'backupSucceeded']);
		});

		test('a success in time after all', () => {
			expect(names(shows({ ...died, endedEarly: END }, { run: NEW }))).toEqual([]);
		});

		test('not the times of the next run, which is under way', () => {
			expect(names(shows(died, { ...RUNNING, run: NEW }))).toHaveLength(3);
		});
	});

	test('after a response without a result: a failure an hour later is another run', () => {
		const before: Row = { ...BLANK, endedEarly: END - HOUR };
		expect(names(shows(before, { ...FAILED, run: NEW }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});

	test('after a run that was only seen running: a failure an hour later is another run', () => {
		const before: Row = { ...UNCLEAR, phase: 'queued', endedEarly: END - HOUR };
		expect(names(shows(before, { ...FAILED, run: NEW }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});
});

describe('the same times and another result', () => {
	const MINUTES = { start: '', end: '2026/11/01 02:10' };
	const GOOD: Row = {};

	test('are a run that nobody saw, and whose times may follow', () => {
		expect(follow({}, FAILED)).toEqual({
			events: [UNSEEN, { event: 'backupFailed', outcome: 'failed', unseen: true }],
			state: { endedEarly: NOW },
		});
	});

	test.each<[string, Row, Row]>([
		['a task that had never run', { result: 'never', resultWord: 'none' }, FAILED],
		['a task in the queue', {}, { ...FAILED, phase: 'queued' }],
		['a task that was in the queue', { phase: 'queued' }, FAILED],
		['a task without a result before', { result: undefined, resultWord: '' }, FAILED],
		['a good run to the minute after a failed one', { ...FAILED, run: MINUTES }, { run: MINUTES }],
		[
			'a good run without times after a failed one',
			{ ...FAILED, run: NO_TIMES },
			{ run: NO_TIMES },
		],
		['another word for the same result', FAILED, { ...FAILED, resultWord: 'fail' }],
	])('%s', (_what, before, now) => {
		expect(names(follow(before, now)).slice(0, 1)).toEqual(['backupStarted']);
	});

	test.each<[string, Row, Row]>([
		['a good result where times have seconds', FAILED, GOOD],
		['a result that is none of a backup', {}, CHECK_FAILED],
		['a failure after a check that failed', CHECK_FAILED, FAILED],
		['a response in the middle of something before', { phase: 'live' }, FAILED],
		['a response in the middle of a deletion before', { phase: 'pending' }, FAILED],
	])('are no run: %s', (_what, before, now) => {
		expect(follow(before, now)).toEqual({ events: [], state: {} });
	});
});
