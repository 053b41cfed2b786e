import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DsmVersion, Nas, NasOptions, TaskSpec } from '../../simulator';
import type { Level } from '../../simulator/past/EventLog';
import { ActiveTrigger, runNode, testEvent, type RunOptions } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const lastRun = { result: 'done', endedAt: START - 3_600_000 };
const NIGHTLY: TaskSpec = { id: 1, name: 'Nightly', durationSeconds: 600, lastRun };
const WEEKLY: TaskSpec = { ...NIGHTLY, id: 2, name: 'Weekly' };
const LUN: TaskSpec = {
	id: 'vm',
	name: 'vm',
	type: 'loclunbkp',
	lastRun: { ...lastRun, result: 'success' },
};

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

/** A NAS whose log has these rows, the oldest first, one a minute. */
async function given(
	rows: Array<[level: Level, event: string]> = [],
	options: NasOptions = {},
): Promise<{ nas: Nas; credentials: ReturnType<typeof credentialsFor> }> {
	const { nas, credentials } = await givenNas({ tasks: [NIGHTLY, WEEKLY, LUN], ...options });
	nas.log.rotate(0);
	for (const [index, [level, event]] of rows.entries()) {
		const at = START + index * 60_000;
		nas.log.rows.push({ at, level, event, user: 'SYSTEM', taskId: 1 });
	}
	return { nas, credentials };
}

const ROWS: Array<[Level, string]> = [
	['info', '[Local][Nightly] Backup task started.'],
	['warn', '[Local][Nightly] Exception occurred while backing up data. [/volume1/a]'],
	['warn', '[Local][Nightly] Backup task partially completed.'],
	['err', '[Local][Weekly] Failed to run backup task.'],
	['info', 'Setting of backup task [vm] was modified'],
];

const getMany = async (
	credentials: ReturnType<typeof credentialsFor>,
	parameters: IDataObject = {},
	options: RunOptions = {},
) =>
	await runNode(
		credentials,
		{ resource: 'log', operation: 'getAll', ...parameters } as INodeParameters,
		options,
	);

const events = (items: Array<{ json: IDataObject }>): string[] =>
	items.map(({ json }) => String(json.event));

describe.each(KINDS)('Log: Get Many on a NAS with the %s dialect and DSM %s', (dialect, dsm) => {
	const options = { dialect, dsm };

	test('gives one item for each entry, the newest first', async () => {
		const { credentials } = await given(ROWS, options);
		const { items, error } = await getMany(credentials);
		expect(error).toBeUndefined();
		expect(events(items)).toEqual(ROWS.map(([, event]) => event).reverse());
		expect(items[3]!.json).toMatchObject({
			level: 'warn',
			kind: 'item_skipped',
			message: "Task 'Nightly': Exception occurred while backing up data. [/volume1/a]",
			name: 'Nightly',
			task_id: '1',
			path: '/volume1/a',
			logged_time: START / 1000 + 60,
			logged_at: '2026-11-24T08:01:00+00:00',
			nas: 'NAS',
		});
		expect(items[0]!.json).toMatchObject({ kind: 'task_changed', name: 'vm', task_id: 'vm' });
	});

	test.each(['Nightly', 'nightly', '1'])('of one task, by %s', async (task) => {
		const { credentials } = await given(ROWS, options);
		const { items } = await getMany(credentials, { filters: { task } });
		expect(events(items)).toEqual([2, 1, 0].map((index) => ROWS[index]![1]));
	});

	test('of a task that is not there: a sentence with those that are', async () => {
		const { credentials } = await given(ROWS, options);
		const { error } = await getMany(credentials, { filters: { task: 'Gone' } });
		expect(error!.message).toContain("There is no task 'Gone' on this NAS");
		expect(error!.description).toContain("'Nightly' (ID 1)");
	});

	test('as the NAS sends it, without Simplify', async () => {
		const { credentials } = await given(ROWS, options);
		const { items } = await getMany(credentials, { simplify: false, limit: 1 });
		expect(items[0]!.json).toEqual({
			event: 'Setting of backup task [vm] was modified',
			level: 'info',
			time: '2026/11/24 08:04:00',
			user: 'SYSTEM',
		});
	});

	test('costs one request once the session, the APIs and the clock are known', async () => {
		const { nas, credentials } = await given(ROWS, options);
		for (let time = 0; time < 2; time++) await getMany(credentials);
		nas.resetRequests();
		await getMany(credentials, { filters: { task: '1', level: 'warn' } });
		expect(nas.requests).toHaveLength(dialect === 'dsm' ? 1 : 2);
	});
});

test('DSM 6 does not offer the log: the sentence says so', async () => {
	const { credentials } = await given(ROWS, { dsm: '6.2' });
	const { error } = await getMany(credentials);
	expect(error!.message).toBe(`Hyper Backup on this NAS does not offer '${LOG}'`);
	expect(error!.description).toContain('Update Hyper Backup in Package Center');
});

describe('Log: Get Many', () => {
	test.each([
		['info', 5],
		['warn', 3],
		['err', 1],
	])('at or above %s: %i entries', async (level, count) => {
		const { credentials } = await given(ROWS);
		expect((await getMany(credentials, { filters: { level } })).items).toHaveLength(count);
	});

	test('an entry of an unknown level is shown at every level, as unknown', async () => {
		const { credentials } = await given([['fatal' as Level, '[Local][Nightly] Something new.']]);
		const { items } = await getMany(credentials, { filters: { level: 'err' } });
		expect(items[0]!.json).toMatchObject({ level: 'unknown', kind: 'other' });
	});

	test.each([
		['2026-11-24T08:01:00Z', '2026-11-24T08:02:00Z', 'UTC'],
		['2026-11-24T09:01:00', '2026-11-24T09:02:30', 'Europe/Berlin'],
		['2026-11-24T09:01:00+01:00', '2026-11-24 03:02', 'America/New_York'],
	])('from %s to %s in a workflow in %s', async (since, until, timezone) => {
		const { credentials } = await given(ROWS);
		const filters = { since, until };
		const { items, error } = await getMany(credentials, { filters }, { timezone });
		expect(error).toBeUndefined();
		expect(events(items)).toEqual([ROWS[2]![1], ROWS[1]![1]]);
	});

	test('with a keyword, by which the NAS filters', async () => {
		const { nas, credentials } = await given(ROWS);
		const { items } = await getMany(credentials, { filters: { keyword: '/volume1/a' } });
		expect(events(items)).toEqual([ROWS[1]![1]]);
		expect(JSON.stringify(nas.requests.map(({ params }) => params))).toContain('filter_keyword');
	});

	test('page by page: to the end, and up to a limit', async () => {
		const rows = Array.from({ length: 1234 }, (_, index): [Level, string] => [
			index % 2 ? 'info' : 'err',
			`[Local][Nightly] Entry ${index}.`,
		]);
		const { nas, credentials } = await given(rows);
		const all = await getMany(credentials, { returnAll: true });
		expect(events(all.items)).toEqual(rows.map(([, event]) => event).reverse());
		nas.resetRequests();
		const some = await getMany(credentials, { limit: 300, filters: { level: 'err' } });
		expect(some.items).toHaveLength(300);
		expect(new Set(events(some.items)).size).toBe(300);
		expect(nas.requests).toHaveLength(2);
	});

	test('entries that are written while it is read come once', async () => {
		const rows = Array.from({ length: 700 }, (_, index): [Level, string] => [
			'info',
			`Entry ${index}.`,
		]);
		const { nas, credentials } = await given(rows);
		const add = (event: string) =>
			nas.log.rows.push({ at: nas.believed, level: 'info', event, user: 'SYSTEM', taskId: 1 });
		nas.afterNext('SYNO.Entry.Request', 'request', () => ['x', 'y', 'z'].forEach(add));
		const { items } = await getMany(credentials, { returnAll: true });
		expect(events(items)).toEqual(rows.map(([, event]) => event).reverse());
	});

	test('an empty log gives no item', async () => {
		const { credentials } = await given();
		const { items, error } = await getMany(credentials);
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});

	test.each<[IDataObject, RegExp]>([
		[{ limit: 0 }, /'Limit' must be a number/],
		[{ filters: { level: 'fatal' } }, /'Minimum Level' does not know "fatal"/],
		[{ filters: { since: 'yesterday' } }, /'Since' must be a date and time/],
		[{ filters: { until: true } }, /'Until' must be a date and time/],
		[{ filters: { keyword: { a: 1 } } }, /'Keyword' must be a text/],
		[{ filters: { since: '2026-11-25', until: '2026-11-24' } }, /'Since' is later than 'Until'/],
	])('%j is refused before anything is sent', async (parameters, message) => {
		const { nas, credentials } = await given(ROWS);
		const { error } = await getMany(credentials, parameters);
		expect(error!.message).toMatch(message);
		expect(nas.requests).toHaveLength(0);
	});

	test.each([
		[105, /privilege|permission|may not|administrators/i],
		[120, /parameter/i],
		[4400, /4400|refused/i],
		[4401, /4401|refused/i],
	])('code %i is an error, with Continue On Fail an item', async (code, message) => {
		const { nas, credentials } = await given(ROWS);
		nas.fault({ kind: 'code', api: LOG, code });
		const { error } = await getMany(credentials);
		expect(`${error!.message} ${error!.description}`).toMatch(message);
		const { items } = await getMany(credentials, {}, { onError: 'continueRegularOutput' });
		expect(items[0]!.json.error).toBe(error!.message);
	});

	test.each(['hang', 'html', 'truncated', 'empty200', 'otherJson', 'reset'] as const)(
		'%s is an error, never an empty log',
		async (kind) => {
			const { nas, credentials } = await given(ROWS);
			await getMany(credentials);
			nas.fault({ kind });
			const { error, items } = await getMany(credentials);
			expect(error).toBeDefined();
			expect(items).toEqual([]);
		},
	);

	test('on a NAS without Hyper Backup, the package is named', async () => {
		const { credentials } = await given(ROWS, { hyperBackup: 'missing' });
		const { error } = await getMany(credentials);
		expect(error!.message).toMatch(/Hyper Backup is not installed on this NAS/);
	});

	test('is allowed with a read-only credential', async () => {
		const { nas } = await given(ROWS);
		newProcess();
		const { items, error } = await getMany(credentialsFor(nas, { readOnly: true }));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(5);
	});
});

const one = { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly' };
const partial = { result: 'partial', skipped: ['/volume1/a', '/volume1/b'] } as {
	result: 'partial';
	skipped: string[];
};
const failed = { result: 'failed', reason: 'The backup destination does not exist.' } as const;
const PARTIAL_REASON = '2 items were skipped: /volume1/a, /volume1/b';

describe.each(['7.0', '7.2', '7.4'] as const)('Include Log (DSM %s)', (dsm) => {
	const ran = async (how: typeof partial | typeof failed) => {
		const { nas, credentials } = await givenNas({ dsm, tasks: [NIGHTLY, WEEKLY] });
		nas.task(2).willEnd({ result: 'failed', reason: 'Something else.' });
		nas.task(2).accept();
		nas.task(1).willEnd(how);
		return { nas, credentials };
	};

	test.each([
		['partial', partial, PARTIAL_REASON],
		['failed', failed, failed.reason],
	] as const)('Run with waiting: why a run is %s', async (outcome, how, reason) => {
		const { nas, credentials } = await ran(how);
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
		whenPausing((milliseconds) => nas.advance(milliseconds));
		const { items, error } = await runNode(credentials, {
			operation: 'run',
			taskId: one,
			waitForCompletion: true,
			options: { includeLog: true, failOn: ['canceled'] },
		} as never);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ outcome, log: { reason, complete: true } });
		expect(nas.requests.filter(({ api }) => api === LOG)).toHaveLength(1);
	});

	test.each([true, false])(
		'Run with waiting: the counts of a good run, with the log alone (%p)',
		async (includeLog) => {
			const figures = { new: 30, modified: 12, deleted: 3, unchanged: 958 };
			const { nas, credentials } = await givenNas({ tasks: [{ ...NIGHTLY, files: 1000 }] });
			nas.task(1).willEnd({ result: 'done', durationSeconds: 600, figures });
			jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
			whenPausing((milliseconds) => nas.advance(milliseconds));
			const parameters = { operation: 'run', taskId: one, waitForCompletion: true };
			const { items } = await runNode(credentials, {
				...parameters,
				options: { includeLog },
			} as never);
			const counts = includeLog
				? { files: 1000, files_new: 30, files_modified: 12, files_changed: 42 }
				: { files_new: null, files_modified: null, files_changed: null };
			const unknown = { bytes: null, files_deleted: null, source_size: null };
			expect(items[0]!.json).toMatchObject({ outcome: 'succeeded', ...counts, ...unknown });
			expect(items[0]!.json.started_time).toEqual(expect.any(Number));
			expect(nas.requests.filter(({ api }) => api === LOG)).toHaveLength(includeLog ? 1 : 0);
		},
	);

	test('Get: why the last run is what it is, in the same request', async () => {
		const { nas, credentials } = await ran(partial);
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		const parameters = { operation: 'get', taskId: one, options: { include: ['log'] } };
		const { items } = await runNode(credentials, parameters as never);
		expect(items[0]!.json).toMatchObject({
			name: 'Nightly',
			last_result: 'partial',
			log: { reason: PARTIAL_REASON, skipped_count: 2 },
		});
		nas.resetRequests();
		await runNode(credentials, parameters as never);
		expect(nas.requests).toHaveLength(1);
	});

	test.each([
		['backupPartial', partial, PARTIAL_REASON],
		['backupFailed', failed, failed.reason],
	] as const)('the trigger: %s', async (event, how, reason) => {
		const { nas, credentials } = await ran(how);
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
		const trigger = new ActiveTrigger(credentials, {
			events: ['backupPartial', 'backupFailed'],
			tasks: ['1'],
			options: { includeLog: true },
		});
		await trigger.poll();
		nas.task(1).accept();
		nas.advance({ minutes: 12 });
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({ event, log: { reason, complete: true } });
		expect(nas.requests.filter(({ api }) => api === LOG)).toHaveLength(1);
	});
});

test('Include Log: a test event of a failed run has it too', async () => {
	const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
	nas.task(1).willEnd(failed);
	nas.task(1).accept();
	nas.advance({ minutes: 11 });
	const { items } = await testEvent(credentials, {
		events: ['backupFailed'],
		options: { includeLog: true },
	});
	expect(items[0]!.json).toMatchObject({ test: true, log: { reason: failed.reason } });
});

describe('a log that cannot be read', () => {
	test('on DSM 6, which does not offer it, Get says so in the item', async () => {
		const { credentials } = await givenNas({ dsm: '6.2', tasks: [NIGHTLY] });
		const options = { include: ['log'] };
		const { items } = await runNode(credentials, {
			operation: 'get',
			taskId: one,
			options,
		} as never);
		expect(items[0]!.json).toMatchObject({
			name: 'Nightly',
			log: null,
			log_error: `Hyper Backup on this NAS does not offer '${LOG}'`,
		});
	});

	test.each(['code', 'hang', 'html', 'truncated', 'empty200', 'reset'] as const)(
		'by %s: the event comes all the same, and says why it has no log',
		async (kind) => {
			const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
			const trigger = new ActiveTrigger(credentials, {
				events: ['backupFailed'],
				options: { includeLog: true },
			});
			await trigger.poll();
			nas.task(1).willEnd('failed');
			nas.task(1).accept();
			nas.advance({ minutes: 11 });
			nas.fault({ kind, api: LOG, ...(kind === 'code' ? { code: 105 } : {}) });
			const [item] = (await trigger.poll())!;
			expect(item).toMatchObject({ event: 'backupFailed', log: null });
			expect(String(item!.log_error)).toMatch(/\w+ .+/);
			nas.clearFaults();
			expect(await trigger.poll()).toBeNull();
		},
	);

	test('Get gives its item without it', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		nas.fault({ kind: 'code', api: LOG, code: 4401 });
		const options = { include: ['log'] };
		const { items } = await runNode(credentials, {
			operation: 'get',
			taskId: one,
			options,
		} as never);
		expect(items[0]!.json).toMatchObject({ name: 'Nightly', log: null });
		expect(items[0]!.json.log_error).toEqual(expect.any(String));
	});

	test('Include Log that is neither true nor false is refused before anything is sent', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		const options = { includeLog: 'maybe' };
		const { error } = await runNode(credentials, {
			operation: 'run',
			waitForCompletion: true,
			taskId: one,
			options,
		} as never);
		expect(error!.message).toMatch(/'Include Log' must be true or false/);
		expect(nas.requests).toHaveLength(0);
	});
});
