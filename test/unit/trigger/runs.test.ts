import { detections, lun, poll, story, wallAsUtc, type Words } from './story';

const IDLE: Words = { started: '2026/11/01 02:00:00' };
const RUNNING: Words = { ...IDLE, status: 'backup', result: 'backingup' };
const NEW_TIMES = { started: '2026/11/02 02:00:00', ended: '2026/11/02 02:10:00' };
const DONE: Words = { ...NEW_TIMES, result: 'done' };

const START = wallAsUtc('2026/11/02 02:15:00')!;

/** The run events of a story: changes of status are beside the point here. */
const runs = (...rows: Words[]): string[][] =>
	story(...rows.map((row, minute) => poll([row], { now: START + minute * 60_000 }))).map((events) =>
		events.filter((event) => event !== 'statusChanged'),
	);

const flat = (...rows: Words[]): string[] => runs(...rows).flat();

const ROTATION_WORDS = ['preparing_version_delete', 'version_deleting', 'deleting'];

describe('the deletion of old versions after a run hides its result', () => {
	const steps: Array<[string, (word: string) => Words[]]> = [
		['the result last', (word) => [{ ...NEW_TIMES, status: word, result: word }, DONE]],
		[
			'the times last',
			(word) => [{ ...IDLE, status: word, result: word }, { ...IDLE, result: word }, DONE],
		],
		[
			'the status first',
			(word) => [
				{ ...IDLE, status: word, result: 'backingup' },
				{ ...NEW_TIMES, status: word },
				DONE,
			],
		],
		[
			'the status before the result',
			(word) => [{ ...NEW_TIMES, status: word }, { ...NEW_TIMES, result: word }, DONE],
		],
		['the result before the times', (word) => [{ ...IDLE, status: word }, { ...IDLE }, DONE]],
	];
	const cases = steps.flatMap(([order, make]) =>
		ROTATION_WORDS.map((word): [string, string, Words[]] => [order, word, make(word)]),
	);

	test.each(cases)(
		'a run that was detected, %s (%s): one start, one success',
		(_order, _word, rows) => {
			expect(flat(IDLE, RUNNING, ...rows, DONE)).toEqual(['backupStarted', 'backupSucceeded']);
		},
	);

	test.each(cases)(
		'a run between two polls, %s (%s): one start, one success',
		(_order, _word, rows) => {
			expect(flat(IDLE, ...rows, DONE)).toEqual(['backupStarted', 'backupSucceeded']);
		},
	);

	test.each(ROTATION_WORDS)('%s by itself is no run', (word) => {
		const rotating = { ...IDLE, status: word, result: word };
		expect(flat(IDLE, rotating, { ...IDLE, result: word }, IDLE)).toEqual([]);
	});

	test('DSM may write the end of the run anew', () => {
		const rewritten = { ...DONE, ended: '2026/11/02 02:25:00' };
		const rotating = { ...DONE, status: 'version_deleting' };
		expect(flat(RUNNING, rotating, rewritten, rewritten)).toEqual(['backupSucceeded']);
	});

	describe('a later end after the deletion, where DSM shows no start, is that of another run', () => {
		const running: Words = { status: 'backup', result: 'backingup' };
		const rotating: Words = { ended: '2026/11/02 02:10', status: 'version_deleting' };
		const later: Words = { ended: '2026/11/02 02:25' };
		const reported = (row: Words): string[] => flat({}, running, rotating, row, later, later);

		test('not if nothing else shows', () => {
			expect(reported(later)).toEqual(['backupStarted', 'backupSucceeded']);
		});

		test.each<[string, Words]>([
			['if versions are being deleted again', { ...later, status: 'preparing_version_delete' }],
			['if that hides its result', { ...later, status: 'deleting', result: 'deleting' }],
			['if a scheduled time has passed', { ...later, next: '2026/11/04 02:00' }],
		])('%s', (_when, row) => {
			const run = ['backupStarted', 'backupSucceeded'];
			expect(reported(row)).toEqual([...run, ...run]);
		});
	});

	test('a run that failed after the deletion is another one', () => {
		const rotating = { ...DONE, status: 'version_deleting' };
		const failed: Words = { result: 'failed', ended: '2026/11/03 02:10:00' };
		expect(flat(RUNNING, rotating, failed)).toEqual([
			'backupSucceeded',
			'backupStarted',
			'backupFailed',
		]);
	});

	test('a deletion that fails is reported as that, not as a failed backup', () => {
		const failed = { ...DONE, result: 'version_delete_failed' };
		const detail = new Map([['1', { success: NEW_TIMES.ended, version: '8' }]]);
		const known = new Map([['1', { success: '2026/11/01 02:10:00', version: '7' }]]);
		const events = story(
			poll([IDLE], { details: known }),
			poll([RUNNING]),
			poll([failed], { details: detail }),
			poll([DONE]),
		);
		expect(events).toEqual([
			['statusChanged', 'backupStarted'],
			['statusChanged', 'backupSucceeded', 'versionRotationFailed'],
			['statusChanged'],
		]);
	});
});

describe('an upgrade of DSM writes the same times otherwise', () => {
	const minutes: Words = { ended: '2026/11/22 02:12' };
	const seconds: Words = { started: '2026/11/22 02:00:01', ended: '2026/11/22 02:12:30' };

	test.each(['done', 'failed', 'partial', 'cancel'])('the last run was %s: no event', (result) => {
		expect(flat({ ...minutes, result }, { ...seconds, result })).toEqual([]);
		expect(flat({ ...seconds, result }, { ...minutes, result })).toEqual([]);
	});
});

describe('a list that lacks a task for a poll', () => {
	test.each([1, 2, 3])('%i polls: it is kept, and compared when it returns', (polls) => {
		const gone = Array.from({ length: polls }, () => poll([]));
		expect(story(poll([IDLE]), ...gone, poll([{ ...DONE, result: 'failed' }])).flat()).toEqual([
			'statusChanged',
			'backupStarted',
			'backupFailed',
		]);
	});

	test('four polls: it was deleted', () => {
		expect(story(poll([IDLE]), poll([]), poll([]), poll([]), poll([]), poll([]))).toEqual([
			[],
			[],
			[],
			['taskRemoved'],
			[],
		]);
	});
});

describe('a result that is none of a backup', () => {
	test.each([
		['cksum_failed', ['integrityCheckPassed']],
		['failed_checking', ['integrityCheckPassed']],
		['version_delete_failed', []],
	])('%s turns to done with the same times: no run', (result, events) => {
		expect(flat({ ...IDLE, result }, IDLE)).toEqual(events);
	});

	test('a failed backup turns to done with the same times: no run', () => {
		expect(flat({ ...IDLE, result: 'failed' }, IDLE)).toEqual([]);
	});
});

describe('an unknown, missing or other status word in mid-run', () => {
	test.each([
		['finalizing', 'backingup'],
		['finalizing', 'resuming'],
		['detect', 'backingup'],
		['waiting', 'backingup'],
		['detect_waiting', 'resuming'],
		[undefined, 'backingup'],
		['', 'resuming'],
	])('%s while the result is %s: the run continues', (status, result) => {
		const odd = { ...IDLE, status, result };
		const events = flat(IDLE, RUNNING, odd, odd, odd, RUNNING, DONE);
		expect(events.filter((event) => event !== 'destinationProblem')).toEqual([
			'backupStarted',
			'backupSucceeded',
		]);
	});
});

describe('tasks that differ only by their kind of ID', () => {
	test('a LUN task named 1 beside task 1', () => {
		const rows = [IDLE, lun('1')];
		expect(story(poll(rows), poll(rows), poll(rows)).flat()).toEqual([]);
		const failed = [IDLE, lun('1', { result: 'failed' })];
		const [, events] = detections(poll(rows), poll(failed));
		expect(events!.map(({ event, now }) => [event, now!.id])).toEqual([
			['statusChanged', '"1"'],
			['backupStarted', '"1"'],
			['backupFailed', '"1"'],
		]);
	});

	test.each(['__proto__', 'constructor', '007', '=1+1', ' blank '])(
		'a LUN task named %j',
		(name) => {
			expect(story(poll([IDLE, lun(name)]), poll([IDLE, lun(name)])).flat()).toEqual([]);
		},
	);

	test('a number that is used again by a new task: a new task that never ran', () => {
		const fresh: Words = { name: 'New', result: 'none', ended: '', next: '', target: 'nas_2.hbk' };
		const [, events] = detections(poll([IDLE]), poll([fresh]));
		expect(events!.map(({ event }) => event)).toEqual(['taskRemoved', 'taskAdded']);
		expect(events![1]!.now).toMatchObject({ settledResult: 'never', successAt: undefined });
	});
});

describe('a run that died', () => {
	const died = { ...IDLE, result: 'backingup' };

	test.each([
		['the same times', { ...IDLE, result: 'failed' }],
		['new times', { ...NEW_TIMES, result: 'failed' }],
	])('is reported once, though DSM writes failed later with %s', (_times, later) => {
		expect(flat(IDLE, RUNNING, died, died, died, later, later)).toEqual([
			'backupStarted',
			'backupOutcomeUnknown',
		]);
	});

	test('is reported without the times of the run before', () => {
		const events = detections(poll([RUNNING]), poll([died]), poll([died])).flat();
		expect(events.find(({ outcome }) => outcome === 'unknown')).toMatchObject({
			withoutTimes: true,
		});
	});

	test('between two polls is reported too', () => {
		expect(flat(IDLE, died, died)).toEqual(['backupStarted', 'backupOutcomeUnknown']);
	});

	test('does not hide the next run', () => {
		const next = { ended: '2026/11/02 06:10:00', result: 'done' };
		const hours = [0, 1, 2, 5].map((hour) => ({ now: START + hour * 3_600_000 }));
		const rows = [RUNNING, died, died, next];
		const events = story(...rows.map((row, index) => poll([row], hours[index]))).flat();
		expect(events.filter((event) => event !== 'statusChanged')).toEqual([
			'backupOutcomeUnknown',
			'backupStarted',
			'backupSucceeded',
			'backupRecovered',
		]);
	});
});

describe('LUN tasks, which show no times', () => {
	test.each([
		['success', 'failed', 'backupFailed'],
		['failed', 'success', 'backupSucceeded'],
		['none', 'success', 'backupSucceeded'],
	])('%s to %s between two polls', (from, to, event) => {
		const recovers = from === 'failed' && to === 'success' ? ['backupRecovered'] : [];
		expect(flat(lun('vm', { result: from }), lun('vm', { result: to }))).toEqual([
			'backupStarted',
			event,
			...recovers,
		]);
	});

	test('a second failure between two polls shows no difference: nothing can be reported', () => {
		expect(flat(lun('vm', { result: 'failed' }), lun('vm', { result: 'failed' }))).toEqual([]);
	});

	test('a second failure that was detected in progress is reported', () => {
		const running = lun('vm', { status: 'backup', result: 'backingup' });
		const failed = lun('vm', { result: 'failed' });
		expect(flat(failed, running, failed)).toEqual(['backupStarted', 'backupFailed']);
	});
});

test('the end of a run is reported before DSM shows its times, once', () => {
	const now = wallAsUtc('2026/11/02 02:10:30');
	const events = story(
		poll([RUNNING]),
		poll([{ ...IDLE, result: 'failed' }], { now }),
		poll([{ ...NEW_TIMES, result: 'failed' }], { now: now! + 60_000 }),
		poll([{ result: 'failed', ended: '2026/11/02 03:00:00' }], { now: now! + 3_600_000 }),
	);
	expect(events).toEqual([
		['statusChanged', 'backupFailed'],
		[],
		['statusChanged', 'backupStarted', 'backupFailed'],
	]);
});

describe('times that arrive after the result was reported', () => {
	const HOUR = 3_600_000;
	const FAILED: Words = { ...IDLE, result: 'failed' };
	const reported = (later: Words, clockShift: number, read: (text: string) => number | undefined) =>
		story(
			poll([IDLE], { now: START }),
			poll([FAILED], { now: START }),
			poll([later], { now: START + 2 * HOUR, clockShift, toLocalTime: read }),
		)
			.map((events) => events.filter((event) => event !== 'statusChanged'))
			.flat();
	const times = { started: '2026/11/02 02:10:00', ended: '2026/11/02 02:14:00' };

	test('belong to the run that was reported', () => {
		expect(reported({ ...times, result: 'failed' }, 0, wallAsUtc)).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});

	test.each([1, 3])('also if the clock of the NAS was set back by %i hours since', (hours) => {
		const late = (text: string) => wallAsUtc(text)! + hours * HOUR;
		const now = { ...times, result: 'failed' };
		expect(reported(now, hours * HOUR, late)).toEqual(['backupStarted', 'backupFailed']);
	});

	test('of a run that ended later are those of a second one', () => {
		const again = { started: '2026/11/02 03:00:00', ended: '2026/11/02 03:10:00' };
		expect(reported({ ...again, result: 'failed' }, 0, wallAsUtc)).toEqual([
			'backupStarted',
			'backupFailed',
			'backupStarted',
			'backupFailed',
		]);
	});
});
