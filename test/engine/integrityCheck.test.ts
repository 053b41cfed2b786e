import type { IDataObject } from 'n8n-workflow';
import type { Nas, NasOptions, TaskSpec } from '../../simulator';
import { EventLog } from '../../simulator/past/EventLog';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';
import {
	START,
	TARGET,
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
