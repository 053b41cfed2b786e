import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DsmVersion } from '../../../simulator';
import { closeAll, newProcess } from '../../../testing/nas';
import { activated, nightly, reported } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
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
