import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DsmVersion, Nas, Outcome, TaskSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const nightly = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});

const reported = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => event as string);

async function activated(
	spec: TaskSpec | TaskSpec[],
	parameters: INodeParameters,
	more: { dialect?: 'dsm' | 'documented'; dsm?: DsmVersion } = {},
) {
	const tasks = Array.isArray(spec) ? spec : [spec];
	const { nas, credentials } = await givenNas({ tasks, ...more });
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentials, parameters);
	await trigger.poll();
	return { nas, trigger };
}

/** A run that nobody sees under way. */
function runToTheEnd(nas: Nas, id: number | string = 1): void {
	nas.task(id).accept();
	nas.advance({ minutes: 61 });
}

describe('Backup Recovered', () => {
	const RUNS = ['backupFailed', 'backupSucceeded', 'backupRecovered'];

	test.each(['dsm', 'documented'] as const)('names what it ends (%s dialect)', async (dialect) => {
		const task = nightly({ nextOutcomes: ['failed', 'failed', 'done', 'done'] });
		const { nas, trigger } = await activated(task, { events: RUNS }, { dialect });
		const failures = [];
		for (let run = 0; run < 2; run++) {
			runToTheEnd(nas);
			failures.push(...(await trigger.poll())!);
		}
		expect(failures.map(({ run }) => (run as IDataObject).failures_in_a_row)).toEqual([1, 2]);
		runToTheEnd(nas);
		const [succeeded, recovered] = (await trigger.poll())!;
		expect(succeeded).toMatchObject({ event: 'backupSucceeded', run: { failures_in_a_row: 0 } });
		expect(recovered).toMatchObject({
			event: 'backupRecovered',
			message:
				"Task 'Nightly': the backup completed successfully again after 2 failures in a row " +
				'(2 hours 2 minutes)',
			ended: {
				event: 'backupFailed',
				outcome: 'failed',
				since: expect.stringMatching(/^2026-11-24T\d\d:\d\d:/),
				failures: 2,
				duration: 7320,
			},
			task: { task_id: '1', status: 'idle' },
			run: { outcome: 'succeeded', failures_in_a_row: 0 },
		});
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded']);
	});

	test('alone is reported with the times of its run, for one more request', async () => {
		const task = nightly({ nextOutcomes: ['failed', 'done', 'done'] });
		const { nas, trigger } = await activated(task, { events: ['backupRecovered'] });
		runToTheEnd(nas);
		expect(await trigger.poll()).toBeNull();
		runToTheEnd(nas);
		expect(await trigger.poll()).toEqual([
			expect.objectContaining({ run: expect.objectContaining({ duration: 600 }) }),
		]);
		const requests = nas.requests.length;
		expect(await trigger.poll()).toBeNull();
		expect(nas.requests.length).toBe(requests + 1);
	});

	test('comes after a restart of n8n, once', async () => {
		const task = nightly({ nextOutcomes: ['failed', 'done', 'done'] });
		const { nas, trigger } = await activated(task, { events: RUNS });
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
		trigger.restart();
		newProcess();
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded', 'backupRecovered']);
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded']);
	});

	test('comes for a LUN task', async () => {
		const lun = nightly({ id: 'vm', type: 'loclunbkp', nextOutcomes: ['failed', 'done'] });
		const { nas, trigger } = await activated({ ...lun, name: 'vm' }, { events: RUNS });
		runToTheEnd(nas, 'vm');
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
		runToTheEnd(nas, 'vm');
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded', 'backupRecovered']);
	});

	test('ends an overdue backup', async () => {
		const events = ['backupOverdue', 'backupRecovered'];
		const { nas, trigger } = await activated(nightly(), { events, options: { overdueHours: 26 } });
		nas.advance({ hours: 30 });
		expect(reported(await trigger.poll())).toEqual(['backupOverdue']);
		runToTheEnd(nas);
		const items = (await trigger.poll())!;
		expect(reported(items)).toEqual(['backupRecovered', 'backupOverdueEnded']);
		expect(items[0]).toMatchObject({
			message: expect.stringContaining('again after it was overdue (1 day 8 hours)'),
			ended: { event: 'backupOverdue', outcome: null, failures: 0 },
		});
	});
});

test('what is stored of a healthy task takes at most 150 bytes', async () => {
	const tasks = Array.from({ length: 40 }, (_, index) =>
		nightly({ id: index + 1, name: `Nightly to USB ${index}`, schedule: { hour: 2, minute: 0 } }),
	);
	const { trigger } = await activated(tasks, {
		events: ['backupFailed', 'backupOverdue', 'backupRecovered'],
	});
	expect(JSON.stringify(trigger.staticData).length / tasks.length).toBeLessThanOrEqual(150);
});

describe('After Failures in a Row', () => {
	const events = ['backupFailed', 'backupRecovered'];

	async function failuresReported(options: INodeParameters, outcomes: TaskSpec['nextOutcomes']) {
		const { nas, trigger } = await activated(nightly({ nextOutcomes: outcomes }), {
			events,
			options,
		});
		const items: IDataObject[] = [];
		for (let run = 0; run < outcomes!.length; run++) {
			runToTheEnd(nas);
			items.push(...((await trigger.poll()) ?? []));
		}
		return items.map(({ event, run, ended }) =>
			event === 'backupRecovered'
				? ['recovered', (ended as IDataObject).failures]
				: (run as IDataObject).failures_in_a_row,
		);
	}

	test.each<[INodeParameters, number[]]>([
		[{}, [1, 2, 3, 4, 5, 6, 7]],
		[{ failuresInARow: 3 }, [3, 4, 5, 6, 7]],
		[{ failuresInARow: 3, thenEvery: 2 }, [3, 5, 7]],
		[{ failuresInARow: 2, thenEvery: 0 }, [2]],
		[{ thenEvery: 3 }, [1, 4, 7]],
		[{ failuresInARow: '', thenEvery: null as never }, [1, 2, 3, 4, 5, 6, 7]],
	])('%j reports these of seven: %j', async (options, expected) => {
		expect(await failuresReported(options, Array(7).fill('failed'))).toEqual(expected);
	});

	test('partial and canceled runs neither count nor end the row, and a success does', async () => {
		const outcomes: TaskSpec['nextOutcomes'] = ['failed', 'partial', 'failed', 'done', 'failed'];
		expect(await failuresReported({ failuresInARow: 2 }, outcomes)).toEqual([2, ['recovered', 2]]);
	});

	test('Backup Recovered counts failures that were held back', async () => {
		expect(await failuresReported({ failuresInARow: 5 }, ['failed', 'failed', 'done'])).toEqual([
			['recovered', 2],
		]);
	});

	test.each([
		[{ failuresInARow: 0 }, "'After Failures in a Row' must be a whole number of at least 1"],
		[{ failuresInARow: 1.5 }, "'After Failures in a Row' must be a whole number of at least 1"],
		[{ thenEvery: -1 }, "'Then Every (Failures)' must be a whole number of at least 0"],
		[{ thenEvery: 'x' }, "'Then Every (Failures)' must be a whole number of at least 0"],
	])('%j is refused before anything is sent', async (options, message) => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const { error } = await testEvent(credentials, { events, options } as INodeParameters);
		expect(error?.message).toContain(message);
		expect(nas.requests).toEqual([]);
	});
});

describe('Remind Every', () => {
	const after = async (trigger: ActiveTrigger, nas: Nas, hours: number) => {
		nas.advance({ hours });
		return (await trigger.poll()) ?? [];
	};

	test('reports a backup that is still overdue again, at the hours of the first report', async () => {
		const { nas, trigger } = await activated(nightly(), {
			events: ['backupOverdue'],
			options: { overdueHours: 26, remindHours: 12 },
		});
		const [first] = await after(trigger, nas, 30);
		expect(first).toMatchObject({ event: 'backupOverdue', since: expect.any(String) });
		expect(first).not.toHaveProperty('reminder');
		expect(await after(trigger, nas, 11)).toEqual([]);
		const [again] = await after(trigger, nas, 2);
		expect(again).toMatchObject({
			event: 'backupOverdue',
			reminder: true,
			since: first!.since,
			message: expect.stringMatching(/^Reminder: Task 'Nightly': there has been no successful/),
			task: { task_id: '1' },
		});
		expect(await after(trigger, nas, 10)).toEqual([]);
		expect(reported(await after(trigger, nas, 1))).toEqual(['backupOverdue']);
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupOverdueEnded']);
		expect(await after(trigger, nas, 13)).toEqual([]);
	});

	test('comes once, however long n8n was down, and again after a restart', async () => {
		const { nas, trigger } = await activated(nightly({ lastRun: null }), {
			events: ['backupNeverRan'],
			options: { remindHours: 5 },
		});
		expect(reported(await after(trigger, nas, 25))).toEqual(['backupNeverRan']);
		trigger.restart();
		newProcess();
		expect(await after(trigger, nas, 23)).toEqual([
			expect.objectContaining({ event: 'backupNeverRan', reminder: true, reason: 'never_ran' }),
		]);
		expect(await after(trigger, nas, 1)).toEqual([]);
		expect(reported(await after(trigger, nas, 1))).toEqual(['backupNeverRan']);
	});

	test('reports a destination problem again until it is over', async () => {
		const { nas, trigger } = await activated(nightly(), {
			events: ['destinationProblem'],
			options: { remindHours: 6 },
		});
		nas.task(1).breakDestination();
		const [first] = (await trigger.poll())!;
		expect(first).not.toHaveProperty('reminder');
		expect(await after(trigger, nas, 6)).toEqual([
			expect.objectContaining({
				event: 'destinationProblem',
				reminder: true,
				since: '2026-11-24T08:00:00+00:00',
				task: expect.objectContaining({ problem: 'destination_restore_only' }),
			}),
		]);
		nas.task(1).setState('backupable');
		expect(await after(trigger, nas, 7)).toEqual([]);
	});

	test('goes on while it is not clear whether the destination problem is over', async () => {
		const { nas, trigger } = await activated(nightly(), {
			events: ['destinationProblem'],
			options: { remindHours: 6 },
		});
		nas.task(1).breakDestination();
		await trigger.poll();
		nas.task(1).setState('relinkable');
		expect(await after(trigger, nas, 6)).toEqual([
			expect.objectContaining({ event: 'destinationProblem', reminder: true }),
		]);
		nas.task(1).setState('backupable');
		expect(await after(trigger, nas, 7)).toEqual([]);
	});

	test('reports a problem that was there at the first poll, since nobody has heard of it', async () => {
		const { nas, trigger } = await activated(nightly({ state: 'broken' }), {
			events: ['destinationProblem'],
			options: { remindHours: 6 },
		});
		expect(await after(trigger, nas, 5)).toEqual([]);
		expect(reported(await after(trigger, nas, 1))).toEqual(['destinationProblem']);
	});

	test('reports a NAS that is still unreachable again', async () => {
		const { nas, trigger } = await activated(nightly(), {
			events: ['nasUnreachable'],
			options: { unreachableAfter: 2, remindHours: 3 },
		});
		nas.fault({ kind: 'http502' });
		expect(await after(trigger, nas, 0)).toEqual([]);
		const [first] = await after(trigger, nas, 0);
		expect(first).not.toHaveProperty('reminder');
		expect(await after(trigger, nas, 2)).toEqual([]);
		expect(await after(trigger, nas, 1)).toEqual([
			expect.objectContaining({
				event: 'nasUnreachable',
				reminder: true,
				since: '2026-11-24T08:00:00.000Z',
				message: expect.stringMatching(/^Reminder: the backups are not being watched/),
			}),
		]);
		expect(await after(trigger, nas, 2)).toEqual([]);
		nas.clearFaults();
		expect(reported(await after(trigger, nas, 4))).toEqual(['nasReachable']);
		expect(await after(trigger, nas, 4)).toEqual([]);
	});

	test('of 0 never reports again, and costs no request in any case', async () => {
		const options = { overdueHours: 26, remindHours: 0 };
		const { nas, trigger } = await activated(nightly(), { events: ['backupOverdue'], options });
		expect(await after(trigger, nas, 30)).toHaveLength(1);
		expect(await after(trigger, nas, 200)).toEqual([]);
		trigger.choose({ events: ['backupOverdue'], options: { overdueHours: 26, remindHours: 1 } });
		expect(await after(trigger, nas, 1)).toEqual([]);
		const before = nas.requests.length;
		expect(await after(trigger, nas, 2)).toHaveLength(1);
		// The session is too old by then, so that the list is requested twice.
		const requests = nas.requests.slice(before).filter(({ api }) => api.startsWith('SYNO.Backup'));
		expect(new Set(requests.map(({ apiMethod }) => apiMethod))).toEqual(new Set(['list']));
	});
});

describe('Rules per Task', () => {
	const rule = (pattern: string, limits: INodeParameters) => ({ pattern, limits });
	const named = (id: number, name: string, more: Partial<TaskSpec> = {}) =>
		nightly({ id, name, ...more });
	const overdueTasks = (items: IDataObject[] | null): string[] =>
		(items ?? []).map(
			({ event, task }) => `${String(event)} ${String((task as IDataObject).name)}`,
		);

	test('the first rule that fits a task holds, and the options for the others', async () => {
		const tasks = [named(1, 'Daily'), named(2, 'Weekly A'), named(3, 'Weekly B'), named(4, 'Old')];
		const { nas, trigger } = await activated(tasks, {
			events: ['backupOverdue'],
			options: {
				overdueHours: 26,
				taskRules: {
					rule: [
						rule('weekly b', { overdueHours: 60 }),
						rule('Weekly*', { overdueHours: 170 }),
						rule('Old', { overdueHours: 0 }),
					],
				},
			},
		});
		nas.advance({ hours: 30 });
		expect(overdueTasks(await trigger.poll())).toEqual(['backupOverdue Daily']);
		nas.advance({ hours: 31 });
		expect(overdueTasks(await trigger.poll())).toEqual(['backupOverdue Weekly B']);
		nas.advance({ hours: 120 });
		expect(overdueTasks(await trigger.poll())).toEqual(['backupOverdue Weekly A']);
		nas.advance({ hours: 1000 });
		expect(await trigger.poll()).toBeNull();
	});

	test('sets the limits of the other events too, for those that are chosen', async () => {
		const tasks = [
			named(1, 'New', { lastRun: null }),
			named(2, 'Big', { durationSeconds: 40 * 3600 }),
		];
		const limits = { neverRanHours: 2, tooLongHours: 4, overdueHours: 1 };
		const { nas, trigger } = await activated(tasks, {
			events: ['backupNeverRan', 'backupTooLong'],
			options: { taskRules: { rule: [rule('*', limits)] } },
		});
		nas.task(2).accept();
		await trigger.poll();
		nas.advance({ hours: 3 });
		expect(overdueTasks(await trigger.poll())).toEqual(['backupNeverRan New']);
		nas.advance({ hours: 2 });
		expect(overdueTasks(await trigger.poll())).toEqual(['backupTooLong Big']);
	});

	test('what a task is no longer watched for is reported as over', async () => {
		const { nas, trigger } = await activated(nightly(), { events: ['backupTooLong'] });
		nas.task(1).willEnd({ result: 'done', durationSeconds: 100 * 3600 });
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ hours: 25 });
		expect(reported(await trigger.poll())).toEqual(['backupTooLong']);
		const options = { taskRules: { rule: [rule('N*', { tooLongHours: 0 })] } };
		trigger.choose({ events: ['backupTooLong'], options });
		expect(reported(await trigger.poll())).toEqual(['backupTooLongEnded']);
	});

	test.each([
		[{ rule: [rule(' ', {})] }, "A rule of 'Rules per Task' has no task name"],
		[
			{ rule: [rule('*', { overdueHours: -1 })] },
			"'Rules per Task > Overdue After (Hours)' must be a number greater than 0",
		],
		[
			{ rule: [rule('*', { lateHours: 0 })] },
			"'Rules per Task > Late After (Hours)' must be a number greater than 0",
		],
	])('%j is refused before anything is sent', async (taskRules, message) => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const { error } = await testEvent(credentials, {
			events: ['backupOverdue'],
			options: { taskRules },
		} as INodeParameters);
		expect(error?.message).toContain(message);
		expect(nas.requests).toEqual([]);
	});
});

describe('Unusual Run', () => {
	const lasting = (minutes: number) => ({ result: 'done' as const, durationSeconds: minutes * 60 });

	/** Runs one after the other, each seen in progress every `between` minutes. */
	async function runs(
		minutes: number[],
		{ options, between = 10, events = ['unusualRun'], ...nas }: Settings = {},
	) {
		const nextOutcomes = minutes.map(lasting);
		const given = await activated(nightly({ nextOutcomes }), { events, options }, nas);
		const items: IDataObject[] = [];
		for (const duration of minutes) {
			given.nas.task(1).accept();
			for (let passed = 0; passed <= duration + between; passed += between) {
				items.push(...((await given.trigger.poll()) ?? []));
				given.nas.advance({ minutes: between });
			}
			items.push(...((await given.trigger.poll()) ?? []));
		}
		return { items, ...given };
	}

	interface Settings {
		options?: INodeParameters;
		between?: number;
		events?: string[];
		dialect?: 'dsm' | 'documented';
		dsm?: DsmVersion;
	}

	const USUAL = [30, 31, 29, 30, 32, 30, 28];

	test.each<[string, Settings]>([
		['that shows when it began (DSM 7.2)', { dsm: '7.2' }],
		['that shows its end alone (DSM 6.2)', { dsm: '6.2' }],
		['of the documented dialect', { dialect: 'documented' }],
	])('reports a run that takes far longer, on a NAS %s', async (_what, settings) => {
		const { items } = await runs([...USUAL, 120, 30], settings);
		expect(items).toEqual([
			expect.objectContaining({
				event: 'unusualRun',
				message: expect.stringMatching(
					/^Task 'Nightly': the backup took 2 hours( \d minutes?)?, longer than usual \(3\d minutes\)$/,
				),
				run: expect.objectContaining({ outcome: 'succeeded' }),
				unusual: expect.objectContaining({ field: 'duration', runs: 7 }),
			}),
		]);
	});

	test('reports one that is far shorter, by the threshold', async () => {
		const { items } = await runs([...USUAL, 8], { options: { deviationThreshold: 5 } });
		expect(items.map(({ message }) => message)).toEqual([
			"Task 'Nightly': the backup took 8 minutes, less than usual (30 minutes)",
		]);
		expect((await runs([...USUAL, 8], { options: { deviationThreshold: 9 } })).items).toEqual([]);
	});

	test('says nothing of the first seven runs, or of a failed one', async () => {
		expect((await runs([5, 60, 5, 60, 5, 60, 5])).items).toEqual([]);
		const { nas, trigger } = await runs(USUAL);
		nas.task(1).willEnd({ result: 'failed', durationSeconds: 9 * 3600 });
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ hours: 10 });
		expect(await trigger.poll()).toBeNull();
	});

	test('polls that are hours apart do not measure minutes', async () => {
		const { items } = await runs([...USUAL, 90], { dsm: '6.2', between: 120 });
		expect(items).toEqual([]);
	});

	test('survives a restart, costs no request, and at most 100 bytes per task', async () => {
		const events = ['unusualRun', 'backupSucceeded'];
		const { nas, trigger } = await runs([...USUAL, ...USUAL], { events });
		const bytes = JSON.stringify(trigger.staticData).length;
		trigger.restart();
		newProcess();
		nas.task(1).willEnd(lasting(240));
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ hours: 5 });
		expect(reported(await trigger.poll())).toContain('unusualRun');
		trigger.choose({ events: ['backupSucceeded'] });
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ hours: 1 });
		await trigger.poll();
		expect(bytes - JSON.stringify(trigger.staticData).length).toBeLessThanOrEqual(100);
	});

	test('alone makes no other request than the list', async () => {
		const { nas, trigger } = await runs(USUAL);
		nas.task(1).willEnd(lasting(240));
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ hours: 5 });
		const before = nas.requests.length;
		expect(await trigger.poll()).toHaveLength(1);
		const backup = nas.requests.slice(before).filter(({ api }) => api.startsWith('SYNO.Backup'));
		expect(new Set(backup.map(({ apiMethod }) => apiMethod))).toEqual(new Set(['list']));
	});
});

describe('The figures of a run', () => {
	const FIGURES = { new: 30, modified: 12, deleted: 3, unchanged: 958, sourceSize: 4_000_000 };
	const EVENTS = ['backupSucceeded', 'backupPartial', 'unusualRun'];
	const night = (figures: Outcome['figures'] = {}): Outcome => ({
		result: 'done',
		durationSeconds: 600,
		figures: { ...FIGURES, ...figures },
	});

	async function nights(
		outcomes: Outcome[],
		{ spec = { files: 1000 }, events = EVENTS, between = () => {}, ...nas }: Nights = {},
	) {
		const task = nightly({ nextOutcomes: outcomes, ...spec });
		const given = await activated(task, { events }, nas);
		const items: IDataObject[] = [];
		for (let run = 0; run < outcomes.length; run++) {
			runToTheEnd(given.nas);
			between(given.nas, run);
			items.push(...((await given.trigger.poll()) ?? []));
			given.nas.clearFaults();
		}
		return { items, ...given };
	}

	interface Nights {
		spec?: Partial<TaskSpec>;
		events?: string[];
		between?: (nas: Nas, run: number) => void;
		dialect?: 'dsm' | 'documented';
		dsm?: DsmVersion;
	}

	const STATISTIC = 'SYNO.SDS.Backup.Client.Common.Statistic';
	const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
	const figuresOf = ({ run }: IDataObject) => {
		const { files, bytes, source_size, size_unit, ...counts } = run as IDataObject;
		const { files_new, files_modified, files_deleted, files_changed } = counts;
		const changes = [files_new, files_modified, files_deleted, files_changed];
		return { files, bytes, source_size, size_unit, changes };
	};

	test.each<[string, Nights, ReturnType<typeof figuresOf>]>([
		[
			'of log and statistics',
			{},
			{
				files: 1000,
				bytes: null,
				source_size: 4_000_000,
				size_unit: 'KiB (inferred)',
				changes: [30, 12, 3, 45],
			},
		],
		[
			'of the log alone, where the destination keeps no statistics',
			{ spec: { files: 1000, capability: { statistics: false } } },
			{
				files: 1000,
				bytes: null,
				source_size: null,
				size_unit: 'KiB (inferred)',
				changes: [30, 12, null, 42],
			},
		],
		[
			'of the statistics alone, where the log has no counts',
			{ spec: {}, dsm: '7.1' },
			{
				files: null,
				bytes: null,
				source_size: 4_000_000,
				size_unit: 'KiB (inferred)',
				changes: [30, 12, 3, 45],
			},
		],
		[
			'are null in the documented dialect, whose list has none',
			{ dialect: 'documented' },
			{
				files: null,
				bytes: null,
				source_size: null,
				size_unit: 'KiB (inferred)',
				changes: [null, null, null, null],
			},
		],
	])('%s', async (_what, settings, expected) => {
		const { items } = await nights([night()], settings);
		expect(items.map(figuresOf)).toEqual([expected]);
	});

	test('come in the one request for details of an ended run, and refusals cost nothing', async () => {
		const ofSession = (api: string): boolean => api.startsWith('SYNO.API.');
		const requests = async (settings: Nights) => {
			const { nas, trigger } = await activated(nightly({ nextOutcomes: [night()], files: 1000 }), {
				events: settings.events!,
			});
			runToTheEnd(nas);
			settings.between?.(nas, 0);
			nas.resetRequests();
			await trigger.poll();
			// The session is too old by then, so that the list is requested twice.
			const first = new Set(nas.requests.map(({ api }) => api).filter((api) => !ofSession(api)));
			nas.resetRequests();
			await trigger.poll();
			return [[...first], nas.requests.length];
		};
		const refuse = (nas: Nas): void => {
			for (const api of [STATISTIC, LOG]) nas.fault({ kind: 'code', code: 4401, api });
		};
		const detailed = [['SYNO.Backup.Task', 'SYNO.Entry.Request'], 1];
		expect(await requests({ events: EVENTS })).toEqual(detailed);
		expect(await requests({ events: EVENTS, between: refuse })).toEqual(detailed);
		expect(await requests({ events: ['backupSucceeded'] })).toEqual(detailed);
		expect(await requests({ events: ['unusualRun'] })).toEqual(detailed);
		expect(await requests({ events: ['taskRenamed'] })).toEqual([['SYNO.Backup.Task'], 1]);
	});

	test('hold back nothing: where they hang, the details of the run are requested without them', async () => {
		const { nas, trigger } = await activated(nightly({ nextOutcomes: [night()], files: 1000 }), {
			events: ['backupSucceeded'],
		});
		runToTheEnd(nas);
		nas.fault({ kind: 'hang', api: STATISTIC });
		const timeouts = jest.spyOn(AbortSignal, 'timeout').mockImplementation((limit) => {
			const within = limit <= 10_000 && limit > 1000;
			return within ? AbortSignal.abort() : new AbortController().signal;
		});
		try {
			const [item] = (await trigger.poll())!;
			expect(item).toMatchObject({ event: 'backupSucceeded', run: { files: null, version: '2' } });
		} finally {
			timeouts.mockRestore();
		}
	});

	test('are not those of another run: a failed one has none, and the next its own', async () => {
		const { items } = await nights(
			[night(), { result: 'partial', figures: { new: 1 } }, night({ new: 7 })],
			{ spec: { files: 1000 } },
		);
		expect(items.map(figuresOf).map(({ files, changes }) => [files, changes[0]])).toEqual([
			[1000, 30],
			[null, 1],
			[977, 7],
		]);
		const failed = await nights([night(), { result: 'failed' }], { events: ['backupFailed'] });
		expect(failed.items.map(figuresOf)[0]).toMatchObject({ files: null, source_size: null });
	});

	const SEVEN = Array.from({ length: 7 }, () => night());
	const unusual = (items: IDataObject[]): IDataObject[] =>
		items.filter(({ event }) => event === 'unusualRun');

	test('are compared: a source that has shrunk to a third is unusual', async () => {
		const { items } = await nights([...SEVEN, night({ sourceSize: 1_200_000 }), night()]);
		expect(unusual(items)).toEqual([
			expect.objectContaining({
				message:
					"Task 'Nightly': its source takes 1.1 GiB (inferred unit), less than usual (3.8 GiB)",
				unusual: {
					field: 'source_size',
					value: 1_200_000,
					usual: 4_000_000,
					unit: 'KiB (inferred)',
					deviation: -7,
					runs: 7,
					also: [],
				},
				run: expect.objectContaining({ source_size: 1_200_000 }),
			}),
		]);
	});

	test('are compared: far more changed files, and what else is unusual of the same run', async () => {
		const odd = night({ modified: 900, deleted: 40, sourceSize: 9_000_000 });
		const { items } = await nights([...SEVEN, odd]);
		expect(unusual(items)).toEqual([
			expect.objectContaining({
				message:
					"Task 'Nightly': 970 files changed, more than usual (45 files); " +
					'its source takes 8.6 GiB (inferred unit), more than usual (3.8 GiB)',
				unusual: expect.objectContaining({
					field: 'files_changed',
					value: 970,
					usual: 45,
					unit: 'files',
					also: [expect.objectContaining({ field: 'source_size', value: 9_000_000 })],
				}),
			}),
		]);
	});

	test.each<[string, (nas: Nas) => void]>([
		['could not be read', (nas) => nas.fault({ kind: 'code', code: 4401, api: STATISTIC })],
		[
			'came with no request at all',
			(nas) => nas.fault({ kind: 'http500', api: 'SYNO.Entry.Request' }),
		],
	])('that %s are no spike, and neither is the first that comes again', async (_what, fault) => {
		const { items } = await nights([...SEVEN, night(), night(), night()], {
			spec: {},
			between: (nas, run) => {
				if (run === 7 || run === 8) fault(nas);
			},
		});
		expect(items).toHaveLength(10);
		expect(figuresOf(items[7]!)).toMatchObject({ source_size: null });
		expect(figuresOf(items[9]!)).toMatchObject({ source_size: 4_000_000 });
		expect(unusual(items)).toEqual([]);
	});

	test('that were missing all the time are not compared when they show up', async () => {
		const { items } = await nights([...SEVEN, night({ modified: 900, sourceSize: 9 })], {
			spec: {},
			between: (nas, run) => {
				if (run < 7) nas.fault({ kind: 'code', code: 4401, api: STATISTIC });
			},
		});
		expect(unusual(items)).toEqual([]);
	});

	test('without deleted files are not compared with figures that count them', async () => {
		const many = night({ new: 5, modified: 5, deleted: 800 });
		const { items } = await nights([...Array.from({ length: 7 }, () => many), many, many], {
			between: (nas, run) => {
				if (run === 7) nas.fault({ kind: 'code', code: 4401, api: STATISTIC });
			},
		});
		expect(figuresOf(items[7]!).changes).toEqual([5, 5, null, 10]);
		expect(unusual(items)).toEqual([]);
	});

	test('of fourteen runs take at most 250 bytes for each task', async () => {
		const names = Array.from({ length: 12 }, (_, index) => `Nightly to USB ${index}`);
		const tasks = names.map((name, index) =>
			nightly({ id: index + 1, name, files: 1000, schedule: { hour: 2, minute: 0 } }),
		);
		const { nas, trigger } = await activated(tasks, { events: [...EVENTS, 'backupOverdue'] });
		for (let day = 0; day < 15; day++) {
			for (const { id } of tasks) nas.task(id).willEnd(night({ sourceSize: 3e9 + day * 1e7 }));
			nas.advance({ hours: 24 });
			await trigger.poll();
		}
		const bytes = JSON.stringify(trigger.staticData).length;
		trigger.choose({ events: ['backupSucceeded', 'backupOverdue'] });
		for (const { id } of tasks) nas.task(id).accept();
		nas.advance({ hours: 4 });
		await trigger.poll();
		const without = JSON.stringify(trigger.staticData).length;
		expect(without / tasks.length).toBeLessThanOrEqual(150);
		expect(bytes / tasks.length).toBeLessThanOrEqual(250);
		expect((bytes - without) / tasks.length).toBeGreaterThan(95);
	});
});

describe('Mute Between and Mute Tasks Until', () => {
	const EVENTS = ['backupFailed', 'backupSucceeded', 'backupRecovered', 'nasUnreachable'];
	const window = (from: string, to: string, days: number[] = []) => ({
		muteBetween: { window: [{ from, to, days }] },
	});

	test.each(['dsm', 'documented'] as const)(
		'hold what happens, and deliver it once at the end (%s dialect)',
		async (dialect) => {
			const task = nightly({ nextOutcomes: ['failed', 'failed', 'done'] });
			const options = window('08:00', '12:00');
			const { nas, trigger } = await activated(task, { events: EVENTS, options }, { dialect });
			for (let run = 0; run < 3; run++) {
				runToTheEnd(nas);
				expect(await trigger.poll()).toBeNull();
			}
			nas.advance({ hours: 1 });
			const items = (await trigger.poll())!;
			expect(items.map(({ event, muted }) => [event, (muted as IDataObject).count])).toEqual([
				['backupFailed', 2],
				['backupSucceeded', 1],
				['backupRecovered', 1],
			]);
			expect(items[0]).toMatchObject({
				run: { failures_in_a_row: 2 },
				message: expect.stringMatching(/the backup failed \(while muted: 2 such events\)$/),
				muted: { since: expect.stringMatching(/^20.*Z$/) },
			});
			expect(await trigger.poll()).toBeNull();
		},
	);

	test("go by the NAS's clock", async () => {
		const { nas, credentials } = await givenNas({
			tasks: [nightly({ nextOutcomes: ['failed'] })],
			timeZone: 'Asia/Tokyo',
		});
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
		const options = window('18:00', '19:00');
		const trigger = new ActiveTrigger(credentials, { events: EVENTS, options });
		await trigger.poll();
		runToTheEnd(nas);
		expect(await trigger.poll()).toBeNull();
		nas.advance({ hours: 1 });
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
	});

	test('hold an outage too, and deliver it though the NAS is still away', async () => {
		const options = { ...window('08:00', '10:00'), unreachableAfter: 1 };
		const { nas, trigger } = await activated(nightly(), { events: EVENTS, options });
		nas.fault({ kind: 'http502' });
		expect(await trigger.poll()).toBeNull();
		nas.advance({ hours: 3 });
		expect(await trigger.poll()).toEqual([
			expect.objectContaining({
				event: 'nasUnreachable',
				muted: { count: 1, since: expect.any(String) },
			}),
		]);
	});

	test('deliver what was held before an outage that is no event, after its failed execution', async () => {
		const events = ['backupFailed'];
		const task = nightly({ nextOutcomes: ['failed'] });
		const { nas, trigger } = await activated(task, { events, options: window('08:00', '10:00') });
		runToTheEnd(nas);
		expect(await trigger.poll()).toBeNull();
		nas.fault({ kind: 'http502' });
		nas.advance({ hours: 1 });
		await expect(trigger.poll()).rejects.toThrow();
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
	});

	test('of some tasks until a time, given by an expression', async () => {
		const failing = { nextOutcomes: ['failed', 'failed'] as TaskSpec['nextOutcomes'] };
		const tasks = [nightly(failing), nightly({ ...failing, id: 2, name: 'Weekly' })];
		const options = {
			muteTasks: { tasks: [{ pattern: 'week*', until: '={{ "2026-11-24T" + "11:00" }}' }] },
		};
		const { nas, trigger } = await activated(tasks, { events: EVENTS, options });
		nas.task(2).accept();
		runToTheEnd(nas);
		const names = (items: IDataObject[] | null) =>
			(items ?? []).map(({ task }) => (task as IDataObject).name);
		expect(names(await trigger.poll())).toEqual(['Nightly']);
		nas.advance({ hours: 2 });
		expect(names(await trigger.poll())).toEqual(['Weekly']);
	});

	test('survive polls that n8n does not save, as with its durable scheduler', async () => {
		const task = nightly({ nextOutcomes: ['failed', 'done'] });
		const options = window('08:00', '12:00');
		const { nas, trigger } = await activated(task, { events: EVENTS, options });
		const poll = async () => {
			trigger.restart('update');
			return reported(await trigger.poll());
		};
		for (let run = 0; run < 2; run++) {
			runToTheEnd(nas);
			expect(await poll()).toEqual([]);
		}
		nas.advance({ hours: 3 });
		expect(await poll()).toEqual(['backupFailed', 'backupSucceeded', 'backupRecovered']);
		expect(await poll()).toEqual([]);
	});

	test('survive a restart that saved what was held', async () => {
		const task = nightly({ nextOutcomes: ['failed', 'done'] });
		const options = window('08:00', '12:00');
		const { nas, trigger } = await activated(task, { events: EVENTS, options });
		runToTheEnd(nas);
		await trigger.poll();
		trigger.save();
		trigger.restart();
		newProcess();
		runToTheEnd(nas);
		expect(await trigger.poll()).toBeNull();
		nas.advance({ hours: 3 });
		expect(reported(await trigger.poll())).toEqual([
			'backupFailed',
			'backupSucceeded',
			'backupRecovered',
		]);
	});

	test.each([
		[window('8', '10:00'), "'Mute Between > From' must be a time of day"],
		[window('08:00', '25:00'), "'Mute Between > To' must be a time of day"],
		[window('08:00', '10:00', [7]), "'Mute Between > Days' must be numbers from 0"],
		[
			{ muteTasks: { tasks: [{ pattern: '*', until: 'tomorrow' }] } },
			"'Mute Tasks Until > Until' must be a date and time",
		],
	])('%j is refused before anything is sent', async (options, message) => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const parameters = { events: EVENTS, options } as INodeParameters;
		const { error } = await testEvent(credentials, parameters);
		expect(error?.message).toContain(message);
		expect(nas.requests).toEqual([]);
	});
});
