import type { IDataObject } from 'n8n-workflow';
import type { Outcome, TaskSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const nightly: TaskSpec = {
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
};
const weekly: TaskSpec = { ...nightly, id: 2, name: 'Weekly' };
const partial: Outcome = { result: 'partial', skipped: ['/volume1/a', '/volume1/b'] };

const EVENTS = ['backupFailed', 'backupPartial', 'logEntry'];

const names = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => String(event));

const texts = (items: IDataObject[] | null): string[] =>
	(items ?? []).flatMap(({ entry }) => (entry ? [String((entry as IDataObject).event)] : []));

const watched = async (parameters: IDataObject = {}, tasks = [nightly]) => {
	const { nas } = await givenNas({ tasks });
	const trigger = new ActiveTrigger(credentialsFor(nas), {
		events: EVENTS,
		...parameters,
	} as never);
	const logRequests = (): number => nas.requests.filter(({ api }) => api === LOG).length;
	const runs = (how: 'failed' | Outcome, id = 1): void => {
		nas.task(id).willEnd(how);
		nas.task(id).accept();
		nas.advance({ minutes: 11 });
	};
	return { nas, trigger, logRequests, runs };
};

describe('a watch that fails', () => {
	test('holds back no event of a task, loses none of its own, and is reported once', async () => {
		const { nas, trigger, runs } = await watched();
		await trigger.poll();
		trigger.save();
		runs(partial);
		nas.fault({ kind: 'code', api: LOG, code: 100 });
		expect(names(await trigger.poll())).toEqual(['backupPartial']);
		expect(await trigger.poll()).toBeNull();
		await expect(trigger.poll()).rejects.toThrow(
			/The log could not be read in 3 polls in a row, so its events are not reported/,
		);
		for (let poll = 0; poll < 5; poll++) expect(await trigger.poll()).toBeNull();
		nas.clearFaults();
		expect(names(await trigger.poll())).toEqual(['logEntry', 'logEntry', 'logEntry']);
		nas.fault({ kind: 'code', api: LOG, code: 100 });
		await trigger.poll();
		await trigger.poll();
		await expect(trigger.poll()).rejects.toThrow(/in 3 polls in a row/);
	});

	test('is reported only when nothing is left to deliver', async () => {
		const { nas, trigger, runs } = await watched();
		await trigger.poll();
		nas.fault({ kind: 'code', api: LOG, code: 100 });
		await trigger.poll();
		await trigger.poll();
		runs('failed');
		expect(names(await trigger.poll())).toEqual(['backupFailed']);
		await expect(trigger.poll()).rejects.toThrow(/could not be read in 4 polls in a row/);
	});

	test.each(['hang', 'html', 'truncated', 'reset', 'http502', 'empty200', 'otherJson'] as const)(
		'by %s: the events of the tasks come in the same poll',
		async (kind) => {
			const { nas, trigger, runs } = await watched();
			await trigger.poll();
			runs('failed');
			nas.fault({ kind, api: LOG });
			expect(names(await trigger.poll())).toEqual(['backupFailed']);
			nas.clearFaults();
			expect(names(await trigger.poll())).toEqual(['logEntry']);
		},
	);

	test('with NAS Unreachable chosen, is no failed poll of the NAS', async () => {
		const { nas, trigger } = await watched({ events: [...EVENTS, 'nasUnreachable'] });
		await trigger.poll();
		nas.fault({ kind: 'code', api: LOG, code: 100 });
		await trigger.poll();
		await trigger.poll();
		await expect(trigger.poll()).rejects.toThrow(/The log could not be read/);
		expect(await trigger.poll()).toBeNull();
	});

	test('after the workflow was published again, begins anew once it works', async () => {
		const { nas, trigger, runs } = await watched();
		await trigger.poll();
		runs('failed');
		trigger.save();
		nas.fault({ kind: 'code', api: LOG, code: 100 });
		trigger.restart('activate');
		await trigger.poll();
		nas.clearFaults();
		expect(await trigger.poll()).toBeNull();
		runs('failed');
		expect(names(await trigger.poll())).toEqual(['backupFailed', 'logEntry']);
	});
});

describe('what a watch stores', () => {
	test.each([
		['damaged text', 'no JSON'],
		['another shape', '{"nas":1}'],
		['a state of another kind', '{"nas":"NAS","state":{"times":[[1,2]]}}'],
		['more than any watch stores', 'x'.repeat(200_000)],
	])('%s in its place: a new baseline is taken', async (_what, text) => {
		const { trigger, runs } = await watched();
		await trigger.poll();
		trigger.change((data) => {
			const nas = String(data.nas);
			data.watch_log = text.replace('"NAS"', JSON.stringify(nas));
		});
		runs('failed');
		expect(names(await trigger.poll())).toEqual(['backupFailed']);
		runs('failed');
		expect(names(await trigger.poll())).toEqual(['backupFailed', 'logEntry']);
	});

	test('the NAS under another address: a new baseline is taken', async () => {
		const { nas, trigger, runs } = await watched();
		await trigger.poll();
		runs('failed');
		trigger.move(`${nas.url.replace('127.0.0.1', 'localhost')}`);
		expect(await trigger.poll()).toBeNull();
		runs('failed');
		expect(names(await trigger.poll())).toEqual(['backupFailed', 'logEntry']);
	});

	test('is forgotten when its event is not chosen any more', async () => {
		const { trigger } = await watched();
		await trigger.poll();
		expect(JSON.stringify(trigger.staticData)).toContain('watch_log');
		trigger.choose({ events: ['backupFailed'] });
		await trigger.poll();
		expect(JSON.stringify(trigger.staticData)).not.toContain('watch_log');
	});
});

test('a watch costs a request only where its event is chosen', async () => {
	const { trigger, logRequests } = await watched({ events: ['backupFailed'] });
	for (let poll = 0; poll < 3; poll++) await trigger.poll();
	expect(logRequests()).toBe(0);
	const other = await watched();
	for (let poll = 0; poll < 3; poll++) await other.trigger.poll();
	expect(other.logRequests()).toBe(3);
});

describe('Log Entry', () => {
	test.each([
		['info', 4],
		['warn', 3],
		['err', 0],
	])(
		'at or above %s: %i of the entries of a partial run, the oldest first',
		async (level, count) => {
			const { trigger, runs } = await watched({ events: ['logEntry'], logLevel: level });
			await trigger.poll();
			runs(partial);
			const items = await trigger.poll();
			expect(items ?? []).toHaveLength(count);
			expect(texts(items)).toEqual(
				[
					'[Local][Nightly] Backup task started.',
					'[Local][Nightly] Exception occurred while backing up data. [/volume1/a]',
					'[Local][Nightly] Exception occurred while backing up data. [/volume1/b]',
					'[Local][Nightly] Backup task partially completed.',
				].slice(4 - count),
			);
			expect(await trigger.poll()).toBeNull();
		},
	);

	test('of the tasks that are watched', async () => {
		const tasks = [nightly, weekly];
		const { trigger, runs } = await watched({ events: ['logEntry'], tasks: ['2'] }, tasks);
		await trigger.poll();
		runs('failed', 1);
		expect(await trigger.poll()).toBeNull();
		runs('failed', 2);
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({
			event: 'logEntry',
			message: "Task 'Weekly': Failed to run backup task.",
			task: { task_id: '2', name: 'Weekly' },
			entry: { level: 'err', kind: 'run_failed', name: 'Weekly', task_id: '2' },
		});
	});

	test('of a task that was renamed after the entry was written', async () => {
		const { nas, trigger, runs } = await watched({ events: ['logEntry'], tasks: ['1'] });
		await trigger.poll();
		runs('failed');
		nas.task(1).rename('Every night');
		expect((await trigger.poll())![0]).toMatchObject({ entry: { name: 'Nightly', task_id: '1' } });
	});

	test('none is lost over a restart of n8n', async () => {
		const { trigger, runs } = await watched({ events: ['logEntry'] });
		await trigger.poll();
		trigger.save();
		runs('failed');
		newProcess();
		trigger.restart();
		expect(names(await trigger.poll())).toEqual(['logEntry']);
	});

	test('as a test event, the newest entry at the level, and nothing is stored', async () => {
		const { nas, runs } = await watched();
		runs('failed');
		const { items } = await testEvent(credentialsFor(nas), { events: ['logEntry'] });
		expect(items[0]!.json).toMatchObject({
			event: 'logEntry',
			test: true,
			entry: { level: 'err' },
		});
	});

	test('an unknown level is refused before anything is sent', async () => {
		const { nas, trigger } = await watched({ logLevel: 'fatal' });
		await trigger.poll();
		await expect(trigger.poll()).rejects.toThrow("'Minimum Level' does not know 'fatal'");
		expect(nas.requests).toHaveLength(0);
	});
});
