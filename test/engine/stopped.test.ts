import type { IDataObject } from 'n8n-workflow';
import type { Nas, NasOptions, TaskSpec } from '../../simulator';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';
import { timePassesOn } from '../support/timePassesOn';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const TASK_API = 'SYNO.Backup.Task';
const byItem = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const one = { __rl: true, mode: 'id', value: '1' };

const spec = (id: number, more: Partial<TaskSpec> = {}): TaskSpec => ({
	id,
	name: `Task ${id}`,
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const itemsOf = (count: number): IDataObject[] => numbers(count).map((id) => ({ id }));

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

const kinds = (nas: Nas): string[] => nas.history.map(({ kind, taskId }) => `${kind} ${taskId}`);

describe.each([
	['dsm', { run: 'backup', resume: 'resume', cancel: 'cancel' }],
	['documented', { run: 'Run', resume: 'Resume', cancel: 'Cancel' }],
] as const)('once the execution is stopped (%s dialect)', (dialect, wire) => {
	let stop: () => void;
	const given = async (options: NasOptions) => await givenNas({ dialect, ...options });
	const withStop: RunOptions = { withStop: (how) => (stop = how) };

	test('Run with 40 items, stopped at the third: no other backup is started', async () => {
		const { nas, credentials } = await given({ tasks: numbers(40).map((id) => spec(id)) });
		for (const last of [false, false, true])
			nas.afterNext(TASK_API, wire.run, () => last && stop());
		await runNode(
			credentials,
			{ operation: 'run', taskId: byItem },
			{ items: itemsOf(40), ...withStop },
		);
		expect(kinds(nas)).toEqual(['started 1', 'started 2', 'started 3']);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'Run and wait with %s, stopped during the first: the other items are not started',
		async (onError) => {
			const { nas, credentials } = await given({ tasks: numbers(5).map((id) => spec(id)) });
			timePassesOn(nas, () => nas.clock.now() - START > 60_000 && stop());
			await runNode(
				credentials,
				{ operation: 'run', taskId: byItem, waitForCompletion: true },
				{ items: itemsOf(5), onError, ...withStop },
			);
			expect(kinds(nas)).toEqual(['started 1']);
		},
	);

	test('Run and wait with On Stop set to Cancel It: only the backup under way is canceled', async () => {
		const { nas, credentials } = await given({ tasks: numbers(5).map((id) => spec(id)) });
		timePassesOn(nas, () => nas.clock.now() - START > 60_000 && stop());
		await runNode(
			credentials,
			{
				operation: 'run',
				taskId: byItem,
				waitForCompletion: true,
				options: { onStop: 'cancel' },
			},
			{ items: itemsOf(5), onError: 'continueRegularOutput', ...withStop },
		);
		expect(kinds(nas)).toEqual(['started 1', 'canceled 1']);
	});

	test('Retry On Fail starts nothing either', async () => {
		const { nas, credentials } = await given({ tasks: [spec(1), spec(2)] });
		timePassesOn(nas, () => nas.history.length > 0 && stop());
		await runNode(
			credentials,
			{ operation: 'run', taskId: byItem, waitForCompletion: true },
			{ items: itemsOf(2), maxTries: 3, ...withStop },
		);
		expect(kinds(nas)).toEqual(['started 1']);
	});

	test.each(['run', 'resume'] as const)(
		'a %s that has to log in again first is not sent in the new session',
		async (operation) => {
			const lastRun: TaskSpec['lastRun'] = {
				result: operation === 'resume' ? 'suspend' : 'done',
				endedAt: START - 3_600_000,
			};
			const { nas, credentials } = await given({ tasks: [spec(1, { lastRun })] });
			await runNode(credentials, { operation: 'getAll' });
			nas.fault({ kind: 'code', code: 119, api: TASK_API, apiMethod: wire[operation], times: 1 });
			nas.afterNext('SYNO.API.Auth', 'login', () => stop());
			const { error } = await runNode(credentials, { operation, taskId: one }, { ...withStop });
			void error;
			expect(nas.count('SYNO.API.Auth', 'login')).toBe(2);
			expect(kinds(nas)).toEqual([]);
		},
	);

	test('stopped between the reading and the start of Run and wait: nothing is started', async () => {
		const { nas, credentials } = await given({ tasks: [spec(1)] });
		await runNode(credentials, { operation: 'getAll' });
		timePassesOn(nas);
		nas.afterNext(TASK_API, dialect === 'dsm' ? 'status' : 'List', () => stop());
		await runNode(
			credentials,
			{ operation: 'run', taskId: one, waitForCompletion: true },
			{ ...withStop },
		);
		expect(nas.count(TASK_API, wire.run)).toBe(0);
	});

	test.each([
		['begins 20 s later', { startDelaySeconds: 20 }, {}],
		['waits in the queue behind another', {}, { parallel: 1, tasks: [spec(1), spec(2)] }],
	])(
		'On Stop: Cancel It also cancels a backup that was accepted and %s',
		async (_what, task, more) => {
			const { nas, credentials } = await given({ tasks: [spec(1, task)], ...more });
			if ('parallel' in more) nas.task(2).accept();
			timePassesOn(nas, () => nas.clock.now() - START > 3000 && stop());
			await runNode(
				credentials,
				{
					operation: 'run',
					taskId: one,
					waitForCompletion: true,
					options: { onStop: 'cancel', startTimeout: 15 },
				},
				{ ...withStop },
			);
			nas.advance({ minutes: 30 });
			expect(kinds(nas).filter((what) => what.endsWith(' 1'))).toContain('canceled 1');
			expect(kinds(nas)).not.toContain('finished 1');
		},
	);

	test('On Stop: Cancel It cancels a backup whose acceptance was under way when the stop came', async () => {
		const { nas, credentials } = await given({ tasks: [spec(1, { startDelaySeconds: 20 })] });
		timePassesOn(nas);
		nas.afterNext(TASK_API, wire.run, () => stop());
		nas.fault({ kind: 'resetAfterAccept', api: TASK_API, apiMethod: wire.run, times: 1 });
		await runNode(
			credentials,
			{
				operation: 'run',
				taskId: one,
				waitForCompletion: true,
				options: { onStop: 'cancel' },
			},
			{ ...withStop },
		);
		nas.advance({ minutes: 30 });
		expect(kinds(nas)).toEqual(['started 1', 'canceled 1']);
	});

	test('a backup that never begins is given up after the start timeout', async () => {
		const { nas, credentials } = await given({ tasks: [spec(1, { startDelaySeconds: 10_000 })] });
		timePassesOn(nas, () => nas.count(TASK_API, wire.run) > 0 && stop());
		await runNode(
			credentials,
			{
				operation: 'run',
				taskId: one,
				waitForCompletion: true,
				options: { onStop: 'cancel', startTimeout: 1 },
			},
			{ ...withStop },
		);
		expect(nas.clock.now() - START).toBeGreaterThan(60_000);
		expect(nas.clock.now() - START).toBeLessThan(90_000);
	});
});

describe.each(['dsm', 'documented'] as const)(
	'Run, then Cancel at once (%s dialect)',
	(dialect) => {
		test('the backup is canceled as soon as it begins', async () => {
			const { nas, credentials } = await givenNas({
				dialect,
				tasks: [spec(1, { startDelaySeconds: 20 })],
			});
			timePassesOn(nas);
			await runNode(credentials, { operation: 'run', taskId: one });
			const { error } = await runNode(credentials, { operation: 'cancel', taskId: one });
			expect(error).toBeUndefined();
			expect(kinds(nas)).toEqual(['started 1', 'canceled 1']);
		});

		test('a task without an accepted start is not waited for', async () => {
			const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
			timePassesOn(nas);
			const { error } = await runNode(credentials, { operation: 'cancel', taskId: one });
			expect(error?.message).toContain("Task '1' was not canceled: no backup is running");
			expect(nas.clock.now() - START).toBeLessThan(1000);
		});

		test('nor is one whose backup has ended since', async () => {
			const { nas, credentials } = await givenNas({
				dialect,
				tasks: [spec(1, { durationSeconds: 7 })],
			});
			timePassesOn(nas);
			await runNode(credentials, { operation: 'run', taskId: one, waitForCompletion: true });
			const ended = nas.clock.now();
			const { error } = await runNode(credentials, { operation: 'cancel', taskId: one });
			expect(error?.message).toContain("Task '1' was not canceled: no backup is running");
			expect(nas.clock.now()).toBe(ended);
		});
	},
);

describe.each(['dsm', 'documented'] as const)(
	'Parallel Items, where the first item fails (%s dialect)',
	(dialect) => {
		test('no other item begins, and those under way are awaited before the node fails', async () => {
			const tasks = numbers(6).map((id) =>
				spec(id, id === 1 ? { nextOutcomes: ['failed'], durationSeconds: 100 } : {}),
			);
			const { nas, credentials } = await givenNas({ dialect, tasks });
			timePassesOn(nas);
			const { error } = await runNode(
				credentials,
				{
					operation: 'run',
					taskId: byItem,
					waitForCompletion: true,
					options: { parallelItems: 2 },
				},
				{ items: itemsOf(6) },
			);
			expect(error?.message).toContain("Task 'Task 1': the backup failed");
			expect(kinds(nas).sort()).toEqual(['finished 1', 'finished 2', 'started 1', 'started 2']);
			expect(nas.history.at(-1)?.kind).toBe('finished');
		});
	},
);
