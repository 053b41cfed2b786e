import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, Nas, NasOptions, TaskSpec } from '../../simulator';
import { EventLog } from '../../simulator/past/EventLog';
import type { CheckEnd } from '../../simulator/task/checkEnd';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';
import { timePassesOn } from '../support/timePassesOn';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const CHECKED = Date.UTC(2026, 10, 20, 3, 15, 0);

const TARGET = 'SYNO.Backup.Target';
const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });

const nightly = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	checkSeconds: 900,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	lastCheck: { at: CHECKED },
	...more,
});

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

type Credentials = Awaited<ReturnType<typeof givenNas>>['credentials'];

const operate = async (
	credentials: Credentials,
	operation: string,
	more: IDataObject = {},
	options: RunOptions = {},
) =>
	await runNode(
		credentials,
		{ resource: 'integrityCheck', operation, taskId: byId(1), ...more } as never,
		options,
	);

const calls = (nas: Nas, apiMethod: string): number =>
	nas.requests.filter((request) => request.apiMethod === apiMethod).length;

const kinds = (nas: Nas): string[] => nas.history.map(({ kind }) => kind);

/** DSM 6 has another API for the log, whose responses nobody has shown. */
const showsLog = (dsm: DsmVersion): boolean => dsm !== '6.2';

const PROFILES: DsmVersion[] = ['6.2', '7.0', '7.2', '7.4'];

describe.each(PROFILES)('Run and wait (DSM %s)', (dsm) => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) => {
		const given = await givenNas({ dsm, tasks: [nightly(more)], ...options });
		timePassesOn(given.nas);
		return given;
	};
	const wait = async (credentials: Credentials, options: IDataObject = {}) =>
		await operate(credentials, 'run', { waitForCompletion: true, options });

	test('a good check: passed, with the evidence it rests on', async () => {
		const { nas, credentials } = await given();
		const { items, error } = await wait(credentials);
		expect(error).toBeUndefined();
		const ended = START / 1000 + 900;
		if (!showsLog(dsm)) {
			const evidence = { log_phrase: null, last_check_time: ended, last_check_is_new: true };
			expect(items[0]!.json).toMatchObject({ outcome: 'finished', evidence });
			return;
		}
		expect(items[0]!.json).toMatchObject({
			task_id: '1',
			name: 'Nightly',
			nas: 'NAS',
			outcome: 'passed',
			message: "Task 'Nightly': the integrity check passed: no error was found",
			started_time: START / 1000,
			finished_time: ended,
			finished_at: '2026-11-24T08:15:00+00:00',
			duration: 900,
			evidence: {
				task_state: 'backupable',
				task_result: 'done',
				error_code: null,
				log_phrase: 'Backup integrity check is finished. No error was found.',
				logged_time: ended,
				last_check_time: ended,
				last_check_is_new: true,
			},
		});
		expect(kinds(nas)).toEqual(['checkStarted', 'checkFinished']);
	});

	test.each<[CheckEnd, string]>([
		['damaged', 'damaged'],
		['cksum_failed', 'damaged'],
		['failed_checking', 'failed_to_run'],
	])('a check that ends %s: %s, and the node fails', async (nextCheck, outcome) => {
		const { credentials } = await given({ nextCheck });
		const { items, error } = await wait(credentials, { failOn: [] });
		expect(error).toBeUndefined();
		expect(items[0]!.json.outcome).toBe(outcome);
		const failing = await operate(
			credentials,
			'run',
			{ waitForCompletion: true },
			{ onError: 'continueRegularOutput' },
		);
		expect(failing.items[0]!.json).toMatchObject({ outcome, error: expect.any(String) });
	});

	test.each(['keep', 'error_detect'] as const)(
		'a state that changes during the check is no damage (%s)',
		async (stateDuringCheck) => {
			const { credentials } = await given({ checkDelaySeconds: 60 }, { stateDuringCheck });
			expect((await wait(credentials)).items[0]!.json.outcome).toBe(
				showsLog(dsm) ? 'passed' : 'finished',
			);
		},
	);

	test('without the log nothing proves that a check was good: finished', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 4401, api: LOG });
		expect((await wait(credentials)).items[0]!.json).toMatchObject({
			outcome: 'finished',
			evidence: { log_phrase: null, last_check_is_new: true },
		});
	});

	test('a damaged destination is found without the log', async () => {
		const { nas, credentials } = await given({ nextCheck: 'damaged' });
		nas.fault({ kind: 'code', code: 4401, api: LOG });
		const { items } = await wait(credentials, { failOn: [] });
		expect(items[0]!.json).toMatchObject({
			outcome: 'damaged',
			evidence: { task_state: 'restore_only', error_code: 4467 },
		});
	});

	test('without the time of the last check: finished at best', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 4401, api: TARGET, apiMethod: 'get' });
		expect((await wait(credentials, { failOn: [] })).items[0]!.json).toMatchObject({
			outcome: showsLog(dsm) ? 'finished' : 'unknown',
			evidence: { last_check_time: null, last_check_is_new: false },
		});
	});

	test('neither time nor log: unknown, and the node fails', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 4401, api: TARGET, apiMethod: 'get' });
		nas.fault({ kind: 'code', code: 4401, api: LOG });
		const { error } = await wait(credentials);
		expect(error?.message).toBe("Task 'Nightly': the outcome of the integrity check is unknown");
	});

	test('a good check of another task in the same log proves nothing', async () => {
		const { credentials } = await given();
		// eslint-disable-next-line @typescript-eslint/unbound-method
		const say = EventLog.prototype.say;
		jest.spyOn(EventLog.prototype, 'say').mockImplementation(function (
			this: EventLog,
			task,
			...more
		) {
			say.call(this, { ...task, name: 'Other' }, ...more);
		});
		expect((await wait(credentials)).items[0]!.json.outcome).toBe('finished');
	});
});

describe.each(PROFILES)('without waiting (DSM %s)', (dsm) => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) =>
		await givenNas({ dsm, tasks: [nightly(more)], ...options });

	test('Run starts a check with two requests', async () => {
		const { nas, credentials } = await given();
		await operate(credentials, 'run');
		nas.task(1).cancelCheck();
		nas.resetRequests();
		const { items } = await operate(credentials, 'run');
		expect(items[0]!.json).toEqual({ task_id: '1', name: null, success: true });
		expect(nas.requests.map(({ apiMethod }) => apiMethod)).toEqual(['status', 'error_detect']);
		expect(nas.requests[1]!.params).toMatchObject({
			task_id: '1',
			detect_data: 'true',
			sessId: 'null',
			sessKey: 'null',
		});
		expect(nas.task(1).checking).toBe(true);
	});

	test('of the index alone', async () => {
		const { nas, credentials } = await given();
		await operate(credentials, 'run', { scope: 'index' });
		expect(nas.requests.at(-1)!.params.detect_data).toBe('false');
	});

	test.each<[string, (nas: Nas) => void, string]>([
		['a backup runs', (nas) => nas.task(1).accept(), 'a backup is running'],
		['a check runs', (nas) => nas.task(1).integrityCheck(600), 'an integrity check is running'],
		[
			'old versions are deleted',
			(nas) => nas.task(1).rotate({ seconds: 600 }),
			'old versions are being deleted',
		],
		[
			'the task does something unknown',
			(nas) => Object.assign(nas.task(1).overrides, { status: 'defragmenting' }),
			"its status 'defragmenting' is not known",
		],
	])('Run is refused while %s, and nothing is sent', async (_what, before, reason) => {
		const { nas, credentials } = await given();
		before(nas);
		const { error } = await operate(credentials, 'run');
		expect(error?.message).toBe(`Task '1' was not checked: ${reason}`);
		expect(error?.description).toContain('DSM reports success, and no integrity check takes place');
		expect(calls(nas, 'error_detect')).toBe(0);
	});

	test('Cancel ends a check with two requests', async () => {
		const { nas, credentials } = await given();
		await operate(credentials, 'run');
		nas.resetRequests();
		const { items } = await operate(credentials, 'cancel');
		expect(items[0]!.json).toEqual({ task_id: '1', name: null, success: true });
		expect(nas.requests).toHaveLength(2);
		expect(kinds(nas)).toEqual(['checkStarted', 'checkCanceled']);
	});

	test('Cancel without a check: a sentence, or nothing changed', async () => {
		const { nas, credentials } = await given();
		const { error } = await operate(credentials, 'cancel');
		expect(error?.message).toContain("Task '1': no integrity check is running: it is idle");
		const { items } = await operate(credentials, 'cancel', { options: { ignoreIfDone: true } });
		expect(items[0]!.json).toMatchObject({ success: true, changed: false });
		expect(calls(nas, 'error_detect_cancel')).toBe(0);
	});

	test('Cancel of a check that ends in that moment: what the state shows', async () => {
		const { nas, credentials } = await given();
		nas.task(1).integrityCheck(60);
		nas.afterNext('SYNO.Backup.Task', 'status', () => nas.advance({ seconds: 61 }));
		const { error } = await operate(credentials, 'cancel');
		expect(error?.message).toContain('no integrity check is running');
	});

	test('Get Last is one request', async () => {
		const { nas, credentials } = await given();
		await operate(credentials, 'getLast');
		nas.resetRequests();
		await operate(credentials, 'getLast');
		expect(nas.requests).toHaveLength(1);
	});

	test.each<[string, (nas: Nas) => void, IDataObject]>([
		['never checked', () => undefined, { outcome: 'unknown', last_check_time: null }],
		[
			'checked and good',
			(nas) => nas.task(1).integrityCheck(600, 'passed'),
			{ outcome: showsLog(dsm) ? 'passed' : 'finished', checking: false },
		],
		['damaged', (nas) => nas.task(1).integrityCheck(600, 'damaged'), { outcome: 'damaged' }],
		[
			'failed to run',
			(nas) => nas.task(1).integrityCheck(600, 'failed_checking'),
			{ outcome: 'failed_to_run' },
		],
		[
			'canceled',
			(nas) => {
				nas.task(1).integrityCheck(600);
				nas.advance({ seconds: 30 });
				nas.task(1).cancelCheck();
			},
			{ outcome: showsLog(dsm) ? 'canceled' : 'unknown', last_check_time: null },
		],
	])('Get Last of a task that was %s', async (_what, before, expected) => {
		const { nas, credentials } = await given({ lastCheck: undefined });
		before(nas);
		nas.advance({ minutes: 20 });
		const { items, error } = await operate(credentials, 'getLast');
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ name: 'Nightly', nas: 'NAS', ...expected });
	});

	test('Get Last does not take an older good check for the last one', async () => {
		const { nas, credentials } = await given();
		nas.task(1).integrityCheck(600, 'passed');
		nas.advance({ minutes: 20 });
		jest.spyOn(EventLog.prototype, 'say').mockImplementation(() => undefined);
		nas.task(1).integrityCheck(600, 'passed');
		nas.advance({ minutes: 20 });
		const { items } = await operate(credentials, 'getLast');
		expect(items[0]!.json).toMatchObject({ outcome: 'finished', evidence: { log_phrase: null } });
	});

	test('Get Last of a task that runs a check now says so', async () => {
		const { nas, credentials } = await given();
		nas.task(1).integrityCheck(600);
		const { items } = await operate(credentials, 'getLast');
		expect(items[0]!.json.checking).toBe(true);
		expect(items[0]!.json.message).toContain('another integrity check is under way');
	});
});

describe('waiting', () => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) =>
		await givenNas({ tasks: [nightly(more)], ...options });
	const wait = async (
		credentials: Credentials,
		operation = 'run',
		options: IDataObject = {},
		more: RunOptions = {},
	) => await operate(credentials, operation, { waitForCompletion: true, options }, more);

	test('Wait for Completion: a check that was started elsewhere', async () => {
		const { nas, credentials } = await given();
		timePassesOn(nas);
		nas.task(1).integrityCheck(900, 'passed');
		nas.advance({ minutes: 5 });
		const { items } = await wait(credentials, 'waitForCompletion');
		expect(items[0]!.json).toMatchObject({ outcome: 'passed', finished_time: START / 1000 + 900 });
		expect(calls(nas, 'error_detect')).toBe(0);
	});

	test('Wait for Completion without a check: not started', async () => {
		const { nas, credentials } = await given();
		timePassesOn(nas);
		const { items } = await wait(credentials, 'waitForCompletion', { startTimeout: 3 });
		expect(items[0]!.json).toMatchObject({ outcome: 'not_started', started_time: null });
	});

	test('a check that a user cancels: canceled', async () => {
		const { nas, credentials } = await given();
		timePassesOn(nas, () => nas.clock.now() - START > 300_000 && nas.task(1).cancelCheck());
		expect((await wait(credentials)).items[0]!.json.outcome).toBe('canceled');
	});

	test('DSM accepts the start and does nothing: the log says so', async () => {
		const { nas, credentials } = await given();
		timePassesOn(nas);
		// A backup begins between the reading and the start.
		nas.afterNext('SYNO.Entry.Request', 'request', () => nas.task(1).accept());
		const { error } = await wait(credentials);
		expect(error?.message).toBe("Task 'Nightly': the integrity check could not be carried out");
	});

	test('a check that takes longer than the time limit is left, or canceled', async () => {
		const { nas, credentials } = await given({ checkSeconds: 36_000 });
		timePassesOn(nas);
		const left = await wait(credentials, 'run', { timeLimit: 5 });
		expect(left.items[0]!.json).toMatchObject({ outcome: 'timed_out', finished_time: null });
		expect(nas.task(1).checking).toBe(true);
		const canceled = await wait(credentials, 'waitForCompletion', {
			timeLimit: 5,
			onTimeLimit: 'cancel',
		});
		expect(canceled.items[0]!.json).toMatchObject({
			outcome: 'timed_out',
			at_time_limit: 'canceled',
		});
		expect(nas.task(1).checking).toBe(false);
	});

	test.each(['leave', 'cancel'] as const)('Stop with On Stop set to %s', async (onStop) => {
		const { nas, credentials } = await given({ checkSeconds: 36_000 });
		let stop = (): void => undefined;
		timePassesOn(nas, () => nas.clock.now() - START > 60_000 && stop());
		await wait(credentials, 'run', { onStop }, { withStop: (how) => (stop = how) });
		expect(kinds(nas)).toEqual(
			onStop === 'cancel' ? ['checkStarted', 'checkCanceled'] : ['checkStarted'],
		);
	});

	test('Stop before the start: nothing is started', async () => {
		const { nas, credentials } = await given();
		let stop = (): void => undefined;
		nas.afterNext('SYNO.Backup.Task', 'status', () => stop());
		await operate(credentials, 'run', {}, { withStop: (how) => (stop = how) });
		expect(kinds(nas)).toEqual([]);
	});

	test.each([
		['fail', undefined],
		['skip', 'skipped'],
		['wait', 'passed'],
	])('a check runs already, If Already Running set to %s', async (ifAlreadyRunning, outcome) => {
		const { nas, credentials } = await given();
		timePassesOn(nas);
		nas.task(1).integrityCheck(600);
		const { items, error } = await wait(credentials, 'run', { ifAlreadyRunning });
		expect(items[0]?.json.outcome).toBe(outcome);
		if (outcome === undefined)
			expect(error?.message).toBe(
				"Task 'Nightly' was not checked: an integrity check is already running",
			);
		expect(calls(nas, 'error_detect')).toBe(0);
	});

	test('an outage during the wait is waited out', async () => {
		const { nas, credentials } = await given();
		timePassesOn(nas, () => {
			const passed = nas.clock.now() - START;
			if (passed > 100_000 && passed < 130_000) nas.fault({ kind: 'reset' });
			if (passed > 300_000) nas.clearFaults();
		});
		expect((await wait(credentials)).items[0]!.json.outcome).toBe('passed');
	});

	test('Retry On Fail starts no second check', async () => {
		const { nas, credentials } = await given();
		let failed = false;
		timePassesOn(nas, () => {
			if (failed || nas.clock.now() - START < 100_000) return;
			failed = true;
			nas.fault({
				kind: 'code',
				code: 105,
				api: 'SYNO.Backup.Task',
				apiMethod: 'status',
				times: 1,
			});
		});
		const { items } = await wait(credentials, 'run', {}, { maxTries: 3 });
		expect(items[0]!.json.outcome).toBe('passed');
		expect(calls(nas, 'error_detect')).toBe(1);
	});
});

describe('faults', () => {
	const given = async (options: NasOptions = {}) =>
		await givenNas({ tasks: [nightly()], ...options });

	test.each(['resetAfterAccept', 'hangAfterAccept', 'truncated'] as const)(
		'the response to the start is lost (%s): the state is read, and nothing repeated',
		async (kind) => {
			const { nas, credentials } = await given();
			nas.fault({ kind, api: TARGET, apiMethod: 'error_detect' });
			const { items, error } = await operate(credentials, 'run');
			expect(error).toBeUndefined();
			expect(items[0]!.json).toMatchObject({ success: true, response_lost: true });
			expect(kinds(nas)).toEqual(['checkStarted']);
			expect(calls(nas, 'error_detect')).toBe(1);
		},
	);

	test('the start itself is lost: an error that says so, and nothing repeated', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'reset', api: TARGET, apiMethod: 'error_detect' });
		const { error } = await operate(credentials, 'run');
		expect(error?.message).toContain(
			"Task '1' was not checked: the response of the NAS was lost, and the task shows that",
		);
		expect(calls(nas, 'error_detect')).toBe(1);
	});

	test('start lost, state not to be had: an error that Retry On Fail does not repeat', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'resetAfterAccept', api: TARGET, apiMethod: 'error_detect' });
		nas.afterNext('SYNO.Backup.Task', 'status', () =>
			nas.fault({ kind: 'http500', api: 'SYNO.Backup.Task' }),
		);
		const { error } = await operate(credentials, 'run', {}, { maxTries: 3 });
		expect(error?.message).toContain("it is not known whether the NAS accepted 'integrity check'");
		expect(calls(nas, 'error_detect')).toBe(1);
	});

	test('the response to a cancel is lost: the state is read', async () => {
		const { nas, credentials } = await given();
		nas.task(1).integrityCheck(600);
		nas.fault({ kind: 'resetAfterAccept', api: TARGET, apiMethod: 'error_detect_cancel' });
		const { items } = await operate(credentials, 'cancel');
		expect(items[0]!.json).toMatchObject({ success: true, response_lost: true });
		expect(calls(nas, 'error_detect_cancel')).toBe(1);
	});

	test.each([105, 120, 4400, 4401])('%i at the start is an error', async (code) => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code, api: TARGET, apiMethod: 'error_detect' });
		const { error } = await operate(credentials, 'run');
		expect(error?.message).toMatch(/^Task '1' was not checked\. /);
		expect(calls(nas, 'error_detect')).toBe(1);
	});

	test.each([105, 120, 4400, 4401])('%i from the task is an error of Get Last', async (code) => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code, api: 'SYNO.Backup.Task' });
		const { items, error } = await operate(credentials, 'getLast');
		expect(items).toEqual([]);
		expect(error?.message).toBeTruthy();
	});

	test('a NAS without the API: a sentence', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 102, api: TARGET });
		const { error } = await operate(credentials, 'getLast');
		expect(error?.message).toContain('offer');
	});

	test('bad input is an error before anything is sent', async () => {
		const { nas, credentials } = await given();
		const scope = await operate(credentials, 'run', { scope: 'everything' });
		expect(scope.error?.message).toBe('\'Scope\' does not know "everything"');
		const limit = await operate(credentials, 'waitForCompletion', { options: { failOn: ['bad'] } });
		expect(limit.error?.message).toContain("'Fail On' does not know");
		expect(nas.requests).toEqual([]);
	});

	test('a read-only credential refuses Run and Cancel, and allows the rest', async () => {
		const { nas } = await given();
		const credentials = credentialsFor(nas, { readOnly: true });
		for (const [operation, done] of [
			['run', 'started'],
			['cancel', 'canceled'],
		] as const) {
			const { error } = await operate(credentials, operation);
			expect(error?.message).toBe(
				`The integrity check was not ${done}: the credential is read-only`,
			);
		}
		expect(calls(nas, 'error_detect') + calls(nas, 'error_detect_cancel')).toBe(0);
		expect((await operate(credentials, 'getLast')).error).toBeUndefined();
		timePassesOn(nas);
		const options = { startTimeout: 1 };
		const waited = await operate(credentials, 'waitForCompletion', { options });
		expect(waited.items[0]!.json.outcome).toBe('not_started');
		const acting = await operate(credentials, 'waitForCompletion', {
			options: { onStop: 'cancel' },
		});
		expect(acting.error?.message).toContain('The wait did not begin');
	});
});

describe('on a NAS that speaks the documented API', () => {
	const given = async () => await givenNas({ dialect: 'documented', tasks: [nightly()] });

	test('a check can be started and its last time read; nothing proves that it passed', async () => {
		const { nas, credentials } = await given();
		expect((await operate(credentials, 'run')).items[0]!.json.success).toBe(true);
		nas.advance({ minutes: 20 });
		const { items } = await operate(credentials, 'getLast');
		expect(items[0]!.json).toMatchObject({
			name: 'Nightly',
			outcome: 'finished',
			last_check_time: START / 1000 + 900,
			evidence: { task_state: null },
		});
	});

	test('Run is refused while a backup runs', async () => {
		const { nas, credentials } = await given();
		nas.task(1).accept();
		const { error } = await operate(credentials, 'run');
		expect(error?.message).toBe("Task '1' was not checked: a backup is running");
	});

	test('waiting is refused before anything is started', async () => {
		const { nas, credentials } = await given();
		const { error } = await operate(credentials, 'run', { waitForCompletion: true });
		expect(error?.message).toContain('does not show whether an integrity check is running');
		expect(kinds(nas)).toEqual([]);
	});
});
