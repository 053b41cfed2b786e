import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TaskSpec } from '../../../simulator';
import { testEvent } from '../../../testing/engine';
import { closeAll, givenNas } from '../../../testing/nas';
import { activated, nightly, reported } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
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
