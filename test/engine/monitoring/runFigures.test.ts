import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, Nas, Outcome, TaskSpec } from '../../../simulator';
import { closeAll } from '../../../testing/nas';
import { activated, nightly, runToTheEnd } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
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
