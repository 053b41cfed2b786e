import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TaskSpec } from '../../../simulator';
import { ActiveTrigger, testEvent } from '../../../testing/engine';
import { closeAll, givenNas, newProcess } from '../../../testing/nas';
import { activated, nightly, reported, runToTheEnd } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
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
