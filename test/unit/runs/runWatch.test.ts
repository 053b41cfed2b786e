import { RunWatch, type WatchOptions } from '../../../nodes/HyperBackup/hyperBackup/runs/RunWatch';
import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';

const LIMIT = 60_000;
const OLD = { start: '2026/11/01 02:00:00', end: '2026/11/01 02:10:00' };
const NEW = { start: '2026/11/02 02:00:00', end: '2026/11/02 02:10:00' };

/** A healthy task that does nothing. */
const BEFORE: TaskSnapshot = {
	id: '1',
	name: 'Nightly',
	status: 'idle',
	activity: null,
	result: 'success',
	resultWord: 'done',
	problem: null,
	phase: 'settled',
	run: OLD,
	next: '',
	version: '7',
	target: 'nas_1.hbk',
};

type Row = Partial<TaskSnapshot>;

const LIVE: Row = { status: 'running', phase: 'live', result: 'running', resultWord: 'backingup' };
const QUEUED: Row = { status: 'running', phase: 'queued', activity: 'queued' };
const FAILED: Row = { status: 'error', result: 'failed', resultWord: 'failed' };
const ROTATING: Row = { status: 'running', activity: 'rotating_versions' };
const PENDING: Row = { ...ROTATING, phase: 'pending', result: 'pending', resultWord: 'deleting' };
/** "Idle" and "running now" at once. */
const UNCLEAR: Row = { status: 'unknown', phase: 'unclear', result: 'running' };
/** A response without a result. */
const BLANK: Row = { status: 'idle', phase: 'unclear', result: 'unknown', resultWord: '' };

function watch(before: Row = {}, options: Partial<WatchOptions> = {}) {
	const all = { startTimeout: LIMIT, withRotation: false, underWay: false, ...options };
	const run = new RunWatch({ ...BEFORE, ...before }, all, 0);
	return { run, observe: (row: Row, now = 1000) => run.observe({ ...BEFORE, ...row }, now) };
}

describe('before the run has begun', () => {
	test('a task that does nothing is waited for until the start timeout has passed', () => {
		const { run, observe } = watch();
		expect(observe({}, LIMIT)).toBeUndefined();
		expect(observe({}, LIMIT + 1)).toBe('not_started');
		expect(run.hasBegun).toBe(false);
		expect(run.wasQueued).toBe(false);
	});

	test('the timeout counts from the last response that shows the task in the queue', () => {
		const { run, observe } = watch();
		expect(observe(QUEUED, LIMIT + 1)).toBeUndefined();
		expect(observe({}, 2 * LIMIT + 1)).toBeUndefined();
		expect(observe({}, 2 * LIMIT + 2)).toBe('not_started');
		expect(run.wasQueued).toBe(true);
		expect(run.hasBegun).toBe(false);
	});

	test('a rotation of versions is not the run', () => {
		const { observe } = watch();
		expect(observe(ROTATING, LIMIT + 1)).toBe('not_started');
	});

	test('responses without a result are believed when the start timeout has passed', () => {
		const { observe } = watch();
		expect(observe(BLANK, LIMIT)).toBeUndefined();
		expect(observe(BLANK, LIMIT + 1)).toBe('unknown');
	});

	test('responses without a result are waited for anew after one that shows it in the queue', () => {
		const { observe } = watch();
		observe(QUEUED, LIMIT);
		expect(observe(BLANK, 2 * LIMIT)).toBeUndefined();
		expect(observe(BLANK, 2 * LIMIT + 1)).toBe('unknown');
	});
});

describe('a run that is detected in progress', () => {
	test('has begun with the first response that shows it', () => {
		const { run, observe } = watch();
		expect(run.hasBegun).toBe(false);
		expect(observe(LIVE, 2000)).toBeUndefined();
		expect(observe(LIVE, 3000)).toBeUndefined();
		expect(run.hasBegun).toBe(true);
		expect(run.runningSince).toBe(2000);
	});

	test('ends with its result, even if the times and the words are those of the run before', () => {
		const { observe } = watch(FAILED);
		observe(LIVE);
		expect(observe(FAILED)).toBe('failed');
	});

	test('that was under way already when the watch began has begun', () => {
		const { run, observe } = watch({}, { underWay: true });
		expect(run.runningSince).toBe(0);
		expect(observe({ run: NEW })).toBe('succeeded');
	});

	test.each([
		['with a new version: succeeded', '8', 'succeeded'],
		['with the version of the run before: unknown', '7', 'unknown'],
		['without a version: unknown', undefined, 'unknown'],
	])('and whose result a check hides, %s', (_what, version, outcome) => {
		const { observe } = watch();
		observe(LIVE);
		expect(observe({ result: 'check_failed', resultWord: 'cksum_failed', version })).toBe(outcome);
	});

	test.each([
		['a new time: succeeded', NEW, 'succeeded'],
		['the time of the run before: unknown', OLD, 'unknown'],
	])('in the documented API, which has no results, ends idle with %s', (_what, times, outcome) => {
		const { observe } = watch({ result: undefined });
		observe(LIVE);
		expect(observe({ result: undefined, run: times })).toBe(outcome);
	});
});

describe('a run between two checks shows by its result', () => {
	test.each<[string, Row, string]>([
		['new times', { ...FAILED, run: NEW }, 'failed'],
		['a new version', { version: '8' }, 'succeeded'],
		['another result', FAILED, 'failed'],
	])('%s', (_what, row, outcome) => {
		expect(watch().observe(row)).toBe(outcome);
	});

	test.each<[string, Row, Row]>([
		['a version that is not shown any more', {}, { version: undefined }],
		['a result that is not shown any more', {}, { resultWord: '' }],
		[
			'another result after a response in the middle of a run',
			{ phase: 'live', resultWord: 'backingup' },
			FAILED,
		],
		[
			'a later end of the run before, while versions were being deleted',
			ROTATING,
			{ run: { ...OLD, end: '2026/11/01 02:20:00' } },
		],
		[
			'a later end of the run before, while its result was pending',
			{ phase: 'pending' },
			{ run: { ...OLD, end: '2026/11/01 02:20:00' } },
		],
		['another result, while versions were being deleted', ROTATING, FAILED],
	])('but not by %s', (_what, before, row) => {
		const { observe } = watch(before);
		expect(observe(row, LIMIT)).toBeUndefined();
		expect(observe(row, LIMIT + 1)).toBe('not_started');
	});

	test('a later end with the same start is a new run if no versions were being deleted', () => {
		expect(watch().observe({ run: { ...OLD, end: '2026/11/01 02:20:00' } })).toBe('succeeded');
	});
});

describe('the deletion of old versions after the run', () => {
	test('does not delay the outcome that DSM shows', () => {
		const { observe } = watch();
		observe(LIVE);
		expect(observe({ ...ROTATING, run: NEW })).toBe('succeeded');
	});

	test('counts as part of the run if the user wants it', () => {
		const { observe } = watch({}, { withRotation: true });
		observe(LIVE);
		expect(observe({ ...ROTATING, run: NEW })).toBeUndefined();
		expect(observe({ ...PENDING, run: NEW, version: '8' })).toBeUndefined();
		expect(observe({ run: NEW, version: '8' })).toBe('succeeded');
	});

	test('hides the result: the run is watched until DSM shows it', () => {
		const { observe } = watch();
		observe(LIVE);
		expect(observe({ ...PENDING, run: NEW })).toBeUndefined();
		expect(observe({ ...FAILED, run: NEW })).toBe('failed');
	});

	test('hides the result, but a new version proves the success', () => {
		const { observe } = watch();
		observe(LIVE);
		expect(observe({ ...PENDING, run: NEW, version: '8' })).toBe('succeeded');
	});

	test('is the first sign of a short run: it has begun', () => {
		const { run, observe } = watch();
		expect(observe({ ...PENDING, run: NEW }, 2000)).toBeUndefined();
		expect(observe({ ...PENDING, run: NEW }, 3000)).toBeUndefined();
		expect(run.runningSince).toBe(2000);
	});

	test.each<Row>([{ phase: 'pending', activity: null }, ROTATING])(
		'shows in either of two fields: %j',
		(row) => {
			const { observe } = watch({}, { withRotation: true });
			observe(LIVE);
			expect(observe(row)).toBeUndefined();
		},
	);
});

describe('a response that contradicts itself', () => {
	test('is believed at the third time in a row', () => {
		const { observe } = watch();
		observe(LIVE);
		expect([1, 2, 3].map(() => observe(UNCLEAR))).toEqual([undefined, undefined, 'unknown']);
	});

	test.each<[string, Row]>([
		['under way', LIVE],
		['in the queue', QUEUED],
	])('is counted anew after one that shows the task %s', (_where, row) => {
		const { observe } = watch();
		observe(LIVE);
		observe(UNCLEAR);
		observe(UNCLEAR);
		expect(observe(row)).toBeUndefined();
		expect(observe(UNCLEAR)).toBeUndefined();
		expect(observe(UNCLEAR)).toBeUndefined();
		expect(observe(UNCLEAR)).toBe('unknown');
	});

	test('shows that the run has begun if it calls it running', () => {
		const { run, observe } = watch();
		expect(observe(UNCLEAR, LIMIT + 1)).toBeUndefined();
		expect(observe(UNCLEAR, LIMIT + 2)).toBeUndefined();
		expect(run.runningSince).toBe(LIMIT + 1);
		expect(run.hasBegun).toBe(true);
	});
});
