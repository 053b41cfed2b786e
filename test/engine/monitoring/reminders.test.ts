import type { Nas } from '../../../simulator';
import type { ActiveTrigger } from '../../../testing/engine';
import { closeAll, newProcess } from '../../../testing/nas';
import { activated, nightly, reported, runToTheEnd } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
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
