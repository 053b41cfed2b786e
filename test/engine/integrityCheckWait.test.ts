import type { IDataObject } from 'n8n-workflow';
import type { NasOptions, TaskSpec } from '../../simulator';
import { EventLog } from '../../simulator/past/EventLog';
import type { CheckEnd } from '../../simulator/task/checkEnd';
import type { CredentialsHelper } from '../../testing/credentialsHelper';
import type { RunOptions } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import {
	START,
	TARGET,
	LOG,
	PROFILES,
	showsLog,
	nightly,
	operate,
	calls,
	kinds,
} from '../support/integrityCheck';
import { whenPausing } from '../support/pauses';
import { timePassesOn } from '../support/timePassesOn';

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

describe.each(PROFILES)('Run and wait (DSM %s)', (dsm) => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) => {
		const given = await givenNas({ dsm, tasks: [nightly(more)], ...options });
		timePassesOn(given.nas);
		return given;
	};
	const wait = async (credentials: CredentialsHelper, options: IDataObject = {}) =>
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
		// Called with its own `this` below.
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

describe('waiting', () => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) =>
		await givenNas({ tasks: [nightly(more)], ...options });
	const wait = async (
		credentials: CredentialsHelper,
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
