import type { Nas, TaskSpec } from '../../simulator';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const TASK_API = 'SYNO.Backup.Task';
const one = { __rl: true, mode: 'id', value: '1' };
const spec = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});

function timePassesOn(nas: Nas): void {
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	whenPausing((milliseconds) => nas.advance(milliseconds));
}

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

describe.each([
	['dsm', 'status', { cancel: 'cancel', suspend: 'suspend' }],
	['documented', 'List', { cancel: 'Cancel', suspend: 'Suspend' }],
] as const)('at the time limit (%s dialect)', (dialect, reads, wire) => {
	const given = async (more: Partial<TaskSpec> = {}) => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec(more)] });
		await runNode(credentials, { operation: 'getAll' });
		timePassesOn(nas);
		return { nas, credentials };
	};
	type Given = Awaited<ReturnType<typeof given>>;
	const run = async ({ credentials }: Given, options: object, more: RunOptions = {}) =>
		await runNode(
			credentials,
			{ operation: 'run', taskId: one, waitForCompletion: true, options } as never,
			more,
		);
	test.each(['cancel', 'suspend'] as const)(
		'%s refused because the backup has just ended: its outcome is reported',
		async (onTimeLimit) => {
			const setting = await given();
			const { nas } = setting;
			// After each check that is made when the limit is over, the backup is over, too.
			const afterLimit = (): void => {
				if (nas.clock.now() - START > 300_000 && nas.task(1).running) nas.task(1).finish('done');
				else nas.afterNext(TASK_API, reads, afterLimit);
			};
			nas.afterNext(TASK_API, reads, afterLimit);
			const { items, error } = await run(setting, { timeLimit: 5, onTimeLimit });
			expect(error).toBeUndefined();
			expect(items[0]!.json.outcome).toBe('succeeded');
			expect(items[0]!.json).not.toHaveProperty('at_time_limit');
			expect(nas.count(TASK_API, wire[onTimeLimit])).toBe(1);
		},
	);

	test('a step that cannot be suspended: the report says so, and nothing else is lost', async () => {
		const setting = await given({ durationSeconds: 100_000 });
		setting.nas.fault({ kind: 'code', code: 4401, api: TASK_API, apiMethod: wire.suspend });
		const { items, error } = await run(setting, { timeLimit: 5, onTimeLimit: 'suspend' });
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			outcome: 'timed_out',
			message: "Task 'Nightly': the backup was still running at the time limit",
			at_time_limit: 'suspend_failed',
			at_time_limit_error: expect.stringContaining("Task 'Nightly' was not suspended"),
		});
	});

	test('with Fail On, the error carries the report and the failed action', async () => {
		const setting = await given({ durationSeconds: 100_000 });
		setting.nas.fault({ kind: 'reset', api: TASK_API, apiMethod: wire.cancel });
		const options = { timeLimit: 5, onTimeLimit: 'cancel', failOn: ['timed_out'] };
		const { errorItems } = await run(setting, options, { onError: 'continueErrorOutput' });
		expect(errorItems[0]!.json).toMatchObject({
			error: "Task 'Nightly': the backup was still running at the time limit",
			details: { outcome: 'timed_out', at_time_limit: 'cancel_failed' },
		});
	});
});

test.each(['dsm', 'documented'] as const)(
	'a task that is deleted while it is waited for (%s dialect)',
	async (dialect) => {
		const { nas, credentials } = await givenNas({ dialect, tasks: [spec()] });
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
		whenPausing((milliseconds) => {
			nas.advance(milliseconds);
			if (nas.clock.now() - START > 60_000 && nas.tasks.length > 0) nas.removeTask(1);
		});
		const { error } = await runNode(credentials, {
			operation: 'run',
			taskId: one,
			waitForCompletion: true,
		});
		expect(error?.message).toBe("Task 'Nightly' was deleted while the node waited for its backup");
	},
);
