import type { IDataObject } from 'n8n-workflow';
import { closeAll, newProcess } from '../../../testing/nas';
import { activated, nightly, reported, runToTheEnd } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

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
