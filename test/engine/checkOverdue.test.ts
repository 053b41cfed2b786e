import type { IDataObject } from 'n8n-workflow';
import type { NasOptions, TaskSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const DAY = 86_400_000;
const TARGET = 'SYNO.Backup.Target';

const task = (id: number | string, days: number | undefined): TaskSpec => ({
	id,
	name: `Task ${id}`,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...(typeof id === 'string' ? { type: 'loclunbkp' } : {}),
	...(days === undefined ? {} : { lastCheck: { at: START - days * DAY } }),
});

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

async function watched(tasks: TaskSpec[], parameters: IDataObject = {}, more: NasOptions = {}) {
	const { nas } = await givenNas({ tasks, ...more });
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentialsFor(nas), {
		events: ['integrityCheckOverdue'],
		...parameters,
	} as never);
	const events = async (): Promise<string[]> =>
		((await trigger.poll()) ?? []).map(
			({ event, message }) => `${event as string}: ${message as string}`,
		);
	/** Requests about destinations, members of compounds included. */
	const reads = (): number =>
		nas.requests.filter(({ params, api }) =>
			[api, params.compound].some((text) => text?.includes(TARGET)),
		).length;
	return { nas, trigger, events, reads };
}

test('a task without a check for 30 days is reported once, and once when it has had one', async () => {
	const { nas, events } = await watched([task(1, 29)]);
	expect(await events()).toEqual([]);
	expect(await events()).toEqual([]);
	nas.advance({ days: 2 });
	expect(await events()).toEqual([
		"integrityCheckOverdue: Task 'Task 1': there has been no integrity check for 31 days",
	]);
	for (let poll = 0; poll < 20; poll++) {
		nas.advance({ hours: 7 });
		expect(await events()).toEqual([]);
	}
	nas.task(1).integrityCheck(600);
	nas.advance({ hours: 7 });
	expect(await events()).toEqual([
		"integrityCheckOverdueEnded: Task 'Task 1': its last integrity check is no longer overdue",
	]);
	nas.advance({ hours: 7 });
	expect(await events()).toEqual([]);
});

test('the limit is in days, and items have the last check', async () => {
	const { trigger } = await watched([task(1, 8)], { options: { checkOverdueDays: 7 } });
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toEqual([
		expect.objectContaining({
			event: 'integrityCheckOverdue',
			task: expect.objectContaining({ task_id: '1', name: 'Task 1' }),
			last_check_time: (START - 8 * DAY) / 1000,
			last_check_at: new Date(START - 8 * DAY).toISOString(),
			days_without_check: 8,
		}),
	]);
});

test('a task that was never checked counts from the first poll', async () => {
	const { nas, events } = await watched([task(1, undefined)]);
	await events();
	nas.advance({ days: 29 });
	expect(await events()).toEqual([]);
	nas.advance({ days: 2 });
	expect(await events()).toEqual([
		"integrityCheckOverdue: Task 'Task 1': no integrity check is known, and the task has been watched for 31 days",
	]);
});

test('requests only when chosen, and only when something may be overdue', async () => {
	const { nas, events, reads } = await watched([task(1, 1), task(2, 2), task('lun', undefined)]);
	for (let day = 0; day < 27; day++) {
		await events();
		nas.advance({ days: 1 });
	}
	expect(reads()).toBe(1);
	const silent = new ActiveTrigger(credentialsFor(nas), { events: ['backupFailed'] } as never);
	for (let poll = 0; poll < 5; poll++) await silent.poll();
	expect(reads()).toBe(1);
});

test('while it is overdue: one request in six hours, however often it polls', async () => {
	const { nas, events, reads } = await watched([task(1, 40)]);
	await events();
	for (let minute = 0; minute < 24 * 60; minute += 5) {
		await events();
		nas.advance({ minutes: 5 });
	}
	expect(reads()).toBe(4);
});

test('many tasks are read a few at a time, and all are reported', async () => {
	const ids = Array.from({ length: 23 }, (_, index) => index + 1);
	const { nas, events, reads } = await watched(ids.map((id) => task(id, 40)));
	const reported: string[] = [];
	for (let poll = 0; poll < 8; poll++) {
		reported.push(...(await events()));
		nas.advance({ minutes: 1 });
	}
	expect(new Set(reported).size).toBe(23);
	expect(reported).toHaveLength(23);
	expect(reads()).toBe(5);
});

test('a restart of n8n and a workflow that is published again repeat nothing', async () => {
	const { nas, trigger, events } = await watched([task(1, 40)]);
	await events();
	expect(await events()).toHaveLength(1);
	newProcess();
	trigger.restart();
	expect(await events()).toEqual([]);
	newProcess();
	trigger.restart('activate');
	nas.advance({ hours: 7 });
	expect(await events()).toEqual([]);
	nas.task(1).integrityCheck(600);
	nas.advance({ hours: 7 });
	expect(await events()).toHaveLength(1);
});

test('a task that is deleted while it is overdue: the condition ends', async () => {
	const { nas, events } = await watched([task(1, 40), task(2, 1)]);
	await events();
	expect(await events()).toHaveLength(1);
	nas.removeTask(1);
	const ended: string[] = [];
	for (let poll = 0; poll < 6; poll++) ended.push(...(await events()));
	expect(ended).toEqual(["integrityCheckOverdueEnded: Task 'Task 1': it is no longer watched"]);
});

test('a task that is missing from one poll is neither ended nor reported again', async () => {
	const { nas, events } = await watched([task(1, 40), task(2, 1)]);
	await events();
	expect(await events()).toHaveLength(1);
	nas.hideTask(1);
	expect(await events()).toEqual([]);
	expect(await events()).toEqual([]);
});

test('a destination that refuses is no check: reported from what is known', async () => {
	const { nas, events } = await watched([task(1, 29)]);
	await events();
	await events();
	nas.fault({ kind: 'code', code: 4401, api: TARGET });
	nas.advance({ days: 2 });
	expect(await events()).toHaveLength(1);
});

test('a NAS without the API holds back no other event, and is reported once', async () => {
	const { nas, trigger } = await watched([task(1, 40)], {
		events: ['integrityCheckOverdue', 'backupStarted'],
	});
	await trigger.poll();
	nas.fault({ kind: 'code', code: 102, api: TARGET });
	nas.task(1).accept();
	nas.advance({ seconds: 5 });
	expect((await trigger.poll())!.map(({ event }) => event)).toEqual(['backupStarted']);
	expect(await trigger.poll()).toBeNull();
	await expect(trigger.poll()).rejects.toThrow(/The integrity checks could not be read in 3 polls/);
	expect(await trigger.poll()).toBeNull();
});

test('a test event shows the task whose check is the longest ago', async () => {
	const { nas } = await givenNas({ tasks: [task(1, 3), task(2, 12)] });
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const { items } = await testEvent(credentialsFor(nas), { events: ['integrityCheckOverdue'] });
	expect(items[0]!.json).toMatchObject({
		event: 'integrityCheckOverdue',
		test: true,
		message: "Task 'Task 2': there has been no integrity check for 12 days",
	});
});

test.each([0, -1, 'many'])('a limit of %j is an error before anything is sent', async (days) => {
	const { nas, trigger } = await watched([task(1, 1)], { options: { checkOverdueDays: days } });
	// Nothing is thrown out of the first poll of a registration.
	await trigger.poll();
	await expect(trigger.poll()).rejects.toThrow(
		"'No Integrity Check After (Days)' must be a number",
	);
	expect(nas.requests).toEqual([]);
});
