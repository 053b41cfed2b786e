import { PollContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_ACCOUNT, type DsmVersion, type Nas, type TaskSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

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
const weekly: TaskSpec = {
	id: 2,
	name: 'Weekly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 7_200_000 },
};

const EVERYTHING = {
	events: [
		'statusChanged',
		'backupStarted',
		'backupSucceeded',
		'backupPartial',
		'backupFailed',
		'backupCanceled',
		'backupSuspended',
		'backupResumed',
		'taskAdded',
		'taskRemoved',
		'taskRenamed',
		'destinationProblem',
		'integrityCheckStarted',
		'integrityCheckPassed',
		'integrityCheckFailed',
	],
};

const reported = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => event as string);
const runToTheEnd = (nas: Nas, id = 1): void => {
	nas.task(id).accept();
	nas.advance({ minutes: 11 });
};

describe('a change of status', () => {
	test('the first poll only records', async () => {
		const { credentials } = await givenNas({ tasks: [nightly(), weekly] });
		expect(await new ActiveTrigger(credentials).poll()).toBeNull();
	});

	test('is reported with the task before and after', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
		const trigger = new ActiveTrigger(credentials);
		await trigger.poll();
		nas.task(1).accept();
		expect(await trigger.poll()).toEqual([
			expect.objectContaining({
				event: 'statusChanged',
				previous: expect.objectContaining({ task_id: '1', status: 'idle' }),
				task: expect.objectContaining({
					task_id: '1',
					name: 'Nightly',
					status: 'running',
					activity: 'backing_up',
				}),
				changed: ['status', 'activity', 'last_result'],
				detected_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			}),
		]);
		expect(await trigger.poll()).toBeNull();
	});

	test.each(['dsm', 'documented'] as const)(
		'a run that started and ended between two polls is reported (%s dialect)',
		async (dialect) => {
			const { nas, credentials } = await givenNas({ dialect, tasks: [nightly()] });
			const trigger = new ActiveTrigger(credentials);
			await trigger.poll();
			runToTheEnd(nas);
			const [item] = (await trigger.poll())!;
			expect(item).toMatchObject({
				event: 'statusChanged',
				previous: { status: 'idle' },
				task: { status: 'idle' },
				changed: expect.arrayContaining(['last_backup_time']),
			});
			expect(await trigger.poll()).toBeNull();
		},
	);

	test.each([
		[{ toStatus: ['error'] }, ['running', 'error']],
		[{ fromStatus: ['running'], toStatus: ['error'] }, ['running', 'error']],
		[{ fromStatus: ['suspended'] }, []],
	])('only what %j selects is reported', async (filter, expected) => {
		const { nas, credentials } = await givenNas({ tasks: [nightly({ nextOutcomes: ['failed'] })] });
		const trigger = new ActiveTrigger(credentials, { events: ['statusChanged'], ...filter });
		await trigger.poll();
		nas.task(1).accept();
		expect(await trigger.poll()).toBeNull();
		nas.advance({ minutes: 11 });
		const items = (await trigger.poll()) ?? [];
		expect(
			items.flatMap(({ previous, task }) => [
				(previous as IDataObject).status,
				(task as IDataObject).status,
			]),
		).toEqual(expected);
	});

	test('a failure that follows a failure between two polls passes the filter for errors', async () => {
		const { nas, credentials } = await givenNas({
			tasks: [
				nightly({
					lastRun: { result: 'failed', endedAt: START - 3_600_000 },
					nextOutcomes: ['failed'],
				}),
			],
		});
		const trigger = new ActiveTrigger(credentials, {
			events: ['statusChanged'],
			toStatus: ['error'],
		});
		await trigger.poll();
		runToTheEnd(nas);
		expect(await trigger.poll()).toHaveLength(1);
	});

	test('of a task that is not watched is not reported', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
		const trigger = new ActiveTrigger(credentials, { events: ['statusChanged'], tasks: ['2'] });
		await trigger.poll();
		nas.task(1).accept();
		expect(await trigger.poll()).toBeNull();
		nas.task(2).accept();
		expect(await trigger.poll()).toHaveLength(1);
	});
});

describe.each([
	['dsm', '6.2'],
	['dsm', '7.2'],
] as Array<['dsm', DsmVersion]>)('events (%s dialect, DSM %s)', (dialect, dsm) => {
	test('a run, step by step', async () => {
		const { nas, credentials } = await givenNas({
			dialect,
			dsm,
			tasks: [
				nightly({
					nextOutcomes: [
						'done',
						{
							result: 'failed',
							errorCode: 4467,
							error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
						},
						'partial',
					],
				}),
			],
		});
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		nas.task(1).accept();
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'backupStarted']);
		nas.advance({ minutes: 11 });
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'backupSucceeded']);
		runToTheEnd(nas);
		const failed = (await trigger.poll())!;
		expect(reported(failed)).toEqual(['statusChanged', 'backupStarted', 'backupFailed']);
		expect(failed[2]).toMatchObject({
			run: {
				outcome: 'failed',
				error_code: 4467,
				error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
				message:
					"Task 'Nightly': the backup failed; DSM reports: status target broken; error code 4467",
				duration: dsm === '7.2' ? 600 : null,
				unseen: true,
			},
		});
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual([
			'statusChanged',
			'backupStarted',
			'backupPartial',
		]);
		nas.task(1).accept();
		nas.advance({ minutes: 4 });
		await trigger.poll();
		nas.task(1).suspend();
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'backupSuspended']);
		nas.task(1).resume();
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'backupResumed']);
		nas.task(1).cancel();
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'backupCanceled']);
	});

	test('tasks, destinations and integrity checks', async () => {
		const { nas, credentials } = await givenNas({ dialect, dsm, tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		nas.addTask(weekly);
		expect(reported(await trigger.poll())).toEqual(['taskAdded']);
		nas.task(2).rename('Monthly');
		expect(reported(await trigger.poll())).toEqual(['taskRenamed']);
		nas.removeTask(2);
		for (let kept = 0; kept < 3; kept++) expect(reported(await trigger.poll())).toEqual([]);
		expect(reported(await trigger.poll())).toEqual(['taskRemoved']);
		nas.task(1).integrityCheck(60, 'passed');
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'integrityCheckStarted']);
		nas.advance({ minutes: 2 });
		expect(reported(await trigger.poll())).toEqual(['statusChanged', 'integrityCheckPassed']);
		nas.task(1).integrityCheck(60, 'damaged');
		await trigger.poll();
		nas.advance({ minutes: 2 });
		expect(reported(await trigger.poll())).toEqual([
			'statusChanged',
			'integrityCheckFailed',
			'destinationProblem',
		]);
	});

	test('a run that ends while the next one begins: status knows whether it succeeded', async () => {
		const { nas, credentials } = await givenNas({
			dialect,
			dsm,
			tasks: [nightly({ nextOutcomes: ['done', 'done', 'failed'] })],
		});
		const trigger = new ActiveTrigger(credentials, { events: ['backupSucceeded', 'backupFailed'] });
		await trigger.poll();
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded']);
		nas.task(1).accept();
		await trigger.poll();
		nas.advance({ minutes: 11 });
		nas.task(1).accept();
		expect(reported(await trigger.poll())).toEqual(['backupSucceeded']);
		nas.advance({ minutes: 11 });
		nas.task(1).accept();
		expect(reported(await trigger.poll())).toEqual(['backupOutcomeUnknown']);
	});
});

describe('what a poll costs', () => {
	const many = (count: number): TaskSpec[] =>
		Array.from({ length: count }, (_, index) => ({
			...nightly(),
			id: index + 1,
			name: `Task ${index + 1}`,
		}));

	test.each([1, 10, 1000])('%i unchanged tasks: one request', async (count) => {
		const { nas, credentials } = await givenNas({ tasks: many(count) });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		expect(await trigger.poll()).toBeNull();
		nas.resetRequests();
		expect(await trigger.poll()).toBeNull();
		expect(nas.requests).toHaveLength(1);
	});

	test('1000 tasks of which 3 changed: two requests', async () => {
		const { nas, credentials } = await givenNas({ tasks: many(1000) });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		for (const id of [3, 500, 997]) nas.task(id).accept();
		nas.advance({ minutes: 11 });
		nas.resetRequests();
		expect(
			reported(await trigger.poll()).filter((event) => event === 'backupSucceeded'),
		).toHaveLength(3);
		expect(nas.requests).toHaveLength(2);
	});

	test('polls that overlap: the second gives way', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		runToTheEnd(nas);
		nas.resetRequests();
		const both = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(both.filter((items) => items !== null)).toHaveLength(1);
		expect(nas.count('SYNO.Backup.Task', 'list')).toBe(1);
	});

	test('the destination is left alone', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		runToTheEnd(nas);
		await trigger.poll();
		expect(nas.count('SYNO.Backup.Target')).toBe(0);
		expect(JSON.stringify(nas.requests)).not.toContain('blOnline":true');
	});
});

describe('n8n stops and starts', () => {
	test('a failure while it was down is reported once, and nothing is repeated', async () => {
		const { nas, credentials } = await givenNas({
			tasks: [nightly({ nextOutcomes: ['failed', 'failed'] })],
		});
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		await trigger.poll();
		trigger.save();
		runToTheEnd(nas);
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
		newProcess();
		trigger.restart();
		expect(await trigger.poll()).toBeNull();
		newProcess();
		runToTheEnd(nas);
		trigger.restart();
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
		expect(await trigger.poll()).toBeNull();
	});

	test('what n8n had not saved is detected again', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly({ nextOutcomes: ['failed'] })] });
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		await trigger.poll();
		trigger.save();
		nas.task(1).accept();
		expect(await trigger.poll()).toBeNull();
		newProcess();
		trigger.restart();
		nas.advance({ minutes: 11 });
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
	});

	test('activating again records anew', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly({ nextOutcomes: ['failed'] })] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		trigger.save();
		runToTheEnd(nas);
		trigger.restart('activate');
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	test.each([{ schema: 99 }, { tasks: 'gone' }, { tasks: '[[7]]' }])(
		'damaged or foreign static data (%j) gives a new baseline, and no events',
		async (damage) => {
			const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
			const trigger = new ActiveTrigger(credentials, EVERYTHING);
			await trigger.poll();
			Object.assign(
				(trigger as unknown as { workflow: { staticData: Record<string, object> } }).workflow
					.staticData['node:Trigger']!,
				damage,
			);
			runToTheEnd(nas);
			expect(await trigger.poll()).toBeNull();
			runToTheEnd(nas);
			expect(reported(await trigger.poll())).toContain('backupSucceeded');
		},
	);

	test('another NAS in the credential is a new baseline', async () => {
		const first = await givenNas({ tasks: [nightly()] });
		const second = await givenNas({
			tasks: [nightly({ lastRun: { result: 'failed', endedAt: START } }), weekly],
		});
		const trigger = new ActiveTrigger(first.credentials, EVERYTHING);
		await trigger.poll();
		first.credentials.stored.baseUrl = second.nas.url;
		expect(await trigger.poll()).toBeNull();
	});

	test('static data holds no secret', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		const kept = JSON.stringify(trigger.staticData);
		for (const secret of [
			DEFAULT_ACCOUNT.password,
			DEFAULT_ACCOUNT.name,
			...nas.sessions.open.flatMap(({ sid, token }) => [sid, token]),
		])
			expect(kept).not.toContain(secret);
	});
});

describe('the NAS does not respond', () => {
	test('the first poll of a registration never throws, and nothing is lost', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly({ nextOutcomes: ['failed'] })] });
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		await trigger.poll();
		trigger.save();
		newProcess();
		nas.fault({ kind: 'http502' });
		runToTheEnd(nas);
		trigger.restart();
		expect(await trigger.poll()).toBeNull();
		nas.clearFaults();
		expect(reported(await trigger.poll())).toEqual(['backupFailed']);
	});

	test('an outage is one failed execution, not one a minute, and what happened during it is reported afterwards', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly({ nextOutcomes: ['failed'] })] });
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		await trigger.poll();
		const now = Date.now();
		let minutes = 0;
		const nextMinute = async () => {
			jest.spyOn(Date, 'now').mockReturnValue(now + ++minutes * 60_000);
			return await trigger.poll();
		};
		nas.fault({ kind: 'reset', times: 3 });
		await expect(nextMinute()).rejects.toThrow('closed the connection');
		for (const kind of ['http502', 'html', 'truncated', 'empty200', 'http503'] as const) {
			// A page is no DSM at all, and is not asked again within a poll.
			nas.fault({ kind, times: kind === 'html' ? 1 : 3 });
			expect(await nextMinute()).toBeNull();
		}
		runToTheEnd(nas);
		expect(reported(await nextMinute())).toEqual(['backupFailed']);
		nas.fault({ kind: 'http502', times: 3 });
		await expect(nextMinute()).rejects.toThrow('HTTP 502');
	});

	test('with NAS Unreachable chosen: one event after three polls, one when it is back, no failed execution', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, { events: ['nasUnreachable'] });
		await trigger.poll();
		nas.fault({ kind: 'http502' });
		const events: string[][] = [];
		for (let i = 0; i < 6; i++) events.push(reported(await trigger.poll()));
		expect(events).toEqual([[], [], ['nasUnreachable'], [], [], []]);
		newProcess();
		trigger.restart();
		for (let i = 0; i < 4; i++) expect(await trigger.poll()).toBeNull();
		nas.clearFaults();
		expect(reported(await trigger.poll())).toEqual(['nasReachable']);
		expect(await trigger.poll()).toBeNull();
	});

	test('a wrong password makes one failed execution and one login', async () => {
		const { nas } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentialsFor(nas, { password: 'wrong' }), EVERYTHING);
		const now = Date.now();
		expect(await trigger.poll()).toBeNull();
		jest.spyOn(Date, 'now').mockReturnValue(now + 30_000);
		await expect(trigger.poll()).rejects.toThrow('the password is wrong');
		expect(await trigger.poll()).toBeNull();
		expect(nas.sessions.attempts).toHaveLength(1);
	});

	test('a dead session costs one login', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		nas.sessions.expire(119);
		nas.resetRequests();
		expect(await trigger.poll()).toBeNull();
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
	});

	test('a list that was cut short is no deletion of tasks', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
		const trigger = new ActiveTrigger(credentials, EVERYTHING);
		await trigger.poll();
		nas.fault({ kind: 'otherJson', times: 1 });
		await expect(trigger.poll()).rejects.toThrow();
		expect(await trigger.poll()).toBeNull();
	});
});

describe('clocks', () => {
	test.each([-86_400_000, -3_600_000, 3_600_000, 30 * 86_400_000])(
		"the NAS's clock is set by %i ms: no event",
		async (wrong) => {
			const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
			const trigger = new ActiveTrigger(credentials, {
				events: [...EVERYTHING.events, 'backupOverdue'],
			});
			await trigger.poll();
			nas.setClockWrongBy(wrong);
			expect(await trigger.poll()).toBeNull();
		},
	);

	test("the NAS's time zone is changed: no event", async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
		const trigger = new ActiveTrigger(credentials, {
			events: [...EVERYTHING.events, 'backupOverdue'],
		});
		await trigger.poll();
		nas.setTimeZone('Asia/Tokyo');
		expect(await trigger.poll()).toBeNull();
	});

	test("the times of a run are right if the NAS's time zone is not n8n's", async () => {
		const { nas, credentials } = await givenNas({ timeZone: 'Asia/Tokyo', tasks: [nightly()] });
		const trigger = new ActiveTrigger(
			credentials,
			{ events: ['backupSucceeded'] },
			'America/New_York',
		);
		await trigger.poll();
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		const [item] = (await trigger.poll())!;
		expect(item!.run).toMatchObject({
			started_time: START / 1000,
			started_at: '2026-11-24T17:00:00+09:00',
			finished_time: START / 1000 + 600,
			finished_at: '2026-11-24T17:10:00+09:00',
			duration: 600,
		});
	});
});

describe('Fetch Test Event', () => {
	test('shows a real task without a change and without remembering anything', async () => {
		const { nas, credentials } = await givenNas({ tasks: [nightly(), weekly] });
		const { items } = await testEvent(credentials, { events: ['statusChanged'] });
		expect(items).toHaveLength(1);
		expect(items[0]!.json).toMatchObject({
			event: 'statusChanged',
			task: { name: 'Nightly', status: 'idle' },
			previous: expect.any(Object),
		});
		expect(nas.task(1).result).toBe('done');
	});

	test('prefers a task that fits what was chosen', async () => {
		const { credentials } = await givenNas({
			tasks: [nightly(), { ...weekly, lastRun: { result: 'failed', endedAt: START - 9_000_000 } }],
		});
		const { items } = await testEvent(credentials, { events: ['backupFailed'] });
		expect(items[0]!.json).toMatchObject({
			event: 'backupFailed',
			task: { name: 'Weekly' },
			run: { outcome: 'failed' },
		});
	});

	test.each([
		['a wrong password', { password: 'wrong' }, /password is wrong/],
		['no address', { baseUrl: '' }, /is empty/],
	])('%s is reported at once', async (_what, more, expected) => {
		const { nas } = await givenNas({ tasks: [nightly()] });
		expect(
			(await testEvent(credentialsFor(nas, more), { events: ['statusChanged'] })).error?.message,
		).toMatch(expected);
	});

	test('a NAS without tasks says so', async () => {
		const { credentials } = await givenNas({ tasks: [] });
		expect((await testEvent(credentials, { events: ['statusChanged'] })).error?.message).toBe(
			'There is no backup task to show',
		);
	});
});

describe('the parameters', () => {
	const readInSecondPoll = async (parameters: Record<string, unknown>): Promise<string[]> => {
		const { credentials } = await givenNas({ tasks: [nightly()] });
		const trigger = new ActiveTrigger(credentials, parameters as never);
		await trigger.poll();
		const read = jest.spyOn(PollContext.prototype, 'getNodeParameter');
		expect(await trigger.poll()).toBeNull();
		return read.mock.calls.map(([name]) => name);
	};

	test('are read once for all polls of a registration', async () => {
		expect(await readInSecondPoll({ ...EVERYTHING, options: { remindHours: 3 } })).toEqual([]);
	});

	test.each([
		['in a list', { events: '={{ ["backupFailed"] }}' }, 'events'],
		['in an option', { options: { remindHours: '={{ 3 }}' } }, 'options.remindHours'],
		[
			'deep in an option',
			{ options: { muteTasks: { tasks: [{ pattern: '*', until: '={{ "2026-11-20" }}' }] } } },
			'options.muteTasks',
		],
	])('with an expression %s in each poll', async (_where, parameters, name) => {
		expect(await readInSecondPoll({ ...EVERYTHING, ...parameters })).toContain(name);
	});
});
