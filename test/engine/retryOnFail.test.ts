import type { Nas, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';
import { timePassesOn } from '../support/timePassesOn';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const TASK_API = 'SYNO.Backup.Task';
const byItem = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const items = [{ id: 1 }, { id: 2 }];

const spec = (id: number, more: Partial<TaskSpec> = {}): TaskSpec => ({
	id,
	name: `Task ${id}`,
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

const kinds = (nas: Nas): string[] => nas.history.map(({ kind, taskId }) => `${kind} ${taskId}`);

describe.each([
	['dsm', 'backup', 'status'],
	['documented', 'Run', 'List'],
] as const)('Retry On Fail (%s dialect)', (dialect, run, reads) => {
	test.each([undefined, 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'Run and wait, On Error %s: neither the good nor the failed backup is started again',
		async (onError) => {
			const tasks = [spec(1), spec(2, { nextOutcomes: ['failed'] })];
			const { nas, credentials } = await givenNas({ dialect, tasks });
			timePassesOn(nas);
			const {
				error,
				errorItems,
				items: out,
			} = await runNode(
				credentials,
				{ operation: 'run', taskId: byItem, waitForCompletion: true },
				{ items, onError, maxTries: 3 },
			);
			expect(kinds(nas)).toEqual(['started 1', 'finished 1', 'started 2', 'finished 2']);
			const sentence = [
				error?.message,
				...[...out, ...errorItems].map(({ json }) => json.error as string),
			].find((text) => typeof text === 'string');
			expect(sentence).toContain("Task 'Task 2': the backup failed");
		},
	);

	test('a failed first item becomes the item with its report, after three tries', async () => {
		const { nas, credentials } = await givenNas({
			dialect,
			tasks: [spec(1, { nextOutcomes: ['failed'] })],
		});
		timePassesOn(nas);
		const { items: out } = await runNode(
			credentials,
			{ operation: 'run', taskId: byItem, waitForCompletion: true },
			{ items: items.slice(0, 1), onError: 'continueRegularOutput', maxTries: 3 },
		);
		expect(out[0]!.json).toMatchObject({
			outcome: 'failed',
			error: expect.stringContaining("Task 'Task 1'"),
		});
		expect(kinds(nas)).toEqual(['started 1', 'finished 1']);
	});

	test('a wait that an outage ended continues with the same backup', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
		let failing = false;
		timePassesOn(nas, () => {
			if (failing || nas.clock.now() - START < 60_000) return;
			failing = true;
			nas.fault({ kind: 'http502', api: TASK_API, apiMethod: reads, times: 3 });
		});
		const { items: out, error } = await runNode(
			credentials,
			{
				operation: 'run',
				taskId: byItem,
				waitForCompletion: true,
				options: { outageTolerance: 0 },
			},
			{ items: items.slice(0, 1), maxTries: 2 },
		);
		expect(error).toBeUndefined();
		expect(out[0]!.json.outcome).toBe('succeeded');
		expect(kinds(nas)).toEqual(['started 1', 'finished 1']);
	});

	test('Wait for Completion reports the failed backup again, and waits for no other', async () => {
		const tasks = [spec(1, { nextOutcomes: ['failed'] })];
		const { nas, credentials } = await givenNas({ dialect, tasks });
		timePassesOn(nas);
		nas.task(1).accept();
		const { error } = await runNode(
			credentials,
			{ operation: 'waitForCompletion', taskId: byItem },
			{ items: items.slice(0, 1), maxTries: 3 },
		);
		expect(error?.message).toContain("Task 'Task 1': the backup failed");
	});

	test('Run: what the NAS has accepted is not sent again when another item fails', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
		const { error } = await runNode(
			credentials,
			{ operation: 'run', taskId: byItem },
			{ items, maxTries: 3 },
		);
		expect(error?.message).toContain("There is no task with ID '2'");
		expect(nas.count(TASK_API, run)).toBe(4);
		expect(kinds(nas)).toEqual(['started 1']);
	});

	test('Run: a response lost with an unknown outcome is final', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({ kind: 'resetAfterAccept', api: TASK_API, apiMethod: run, times: 1 });
		nas.fault({
			kind: 'reset',
			api: TASK_API,
			apiMethod: dialect === 'dsm' ? 'status' : 'GetStatus',
		});
		const { error } = await runNode(
			credentials,
			{ operation: 'run', taskId: byItem },
			{ items: items.slice(0, 1), maxTries: 3 },
		);
		expect(error?.message).toContain('it is not known whether the NAS accepted');
		expect(nas.count(TASK_API, run)).toBe(1);
	});

	test('a start that the NAS refused is tried again', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
		nas.fault({ kind: 'code', code: 117, api: TASK_API, apiMethod: run, times: 1 });
		const { error } = await runNode(
			credentials,
			{ operation: 'run', taskId: byItem },
			{ items: items.slice(0, 1), maxTries: 2 },
		);
		expect(error).toBeUndefined();
		expect(nas.count(TASK_API, run)).toBe(2);
	});

	test('the next execution starts its own backup', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(1)] });
		timePassesOn(nas);
		for (let execution = 0; execution < 2; execution++) {
			await runNode(
				credentials,
				{ operation: 'run', taskId: byItem, waitForCompletion: true },
				{ items: items.slice(0, 1), maxTries: 3 },
			);
		}
		expect(kinds(nas)).toEqual(['started 1', 'finished 1', 'started 1', 'finished 1']);
	});
});
