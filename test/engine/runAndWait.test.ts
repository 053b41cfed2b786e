import type { IDataObject } from 'n8n-workflow';
import type { Nas, TaskSpec } from '../../simulator';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

const START = Date.UTC(2026, 10, 24, 8, 0, 0);

/** An hour that the node pauses is an hour on the clocks of the NAS and of n8n. */
function onClockOf(nas: Nas, at: Array<[seconds: number, what: () => void]> = []): void {
	const todo = [...at];
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	whenPausing((milliseconds) => {
		nas.advance(milliseconds);
		while (todo.length > 0 && nas.clock.now() - START >= todo[0]![0] * 1000) todo.shift()![1]();
	});
}

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const task = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	bytes: 600_000 * 1024,
	files: 60,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});
const one = { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly' };

async function run(
	nas: Nas,
	credentials: Awaited<ReturnType<typeof givenNas>>['credentials'],
	options: IDataObject = {},
	more: RunOptions & { operation?: string } = {},
) {
	void nas;
	const { operation = 'run', ...rest } = more;
	return await runNode(
		credentials,
		{ operation, taskId: one, waitForCompletion: true, options } as never,
		rest,
	);
}

describe.each(['6.2', '7.4'] as const)('Run with Wait for Completion (DSM %s)', (dsm) => {
	const given = async (
		spec: Partial<TaskSpec> = {},
		at: Array<[number, (nas: Nas) => void]> = [],
		more: object = {},
	) => {
		const { nas, credentials } = await givenNas({ dsm, tasks: [task(spec)], ...more });
		onClockOf(
			nas,
			at.map(([seconds, what]) => [seconds, () => what(nas)]),
		);
		return { nas, credentials };
	};

	test('a run that succeeds: what it came to, in numbers', async () => {
		const { nas, credentials } = await given();
		const { items, error } = await run(nas, credentials);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			task_id: '1',
			name: 'Nightly',
			outcome: 'succeeded',
			processed_size: 600_000,
			size_unit: 'KiB (inferred)',
			files: expect.any(Number),
			error: null,
			error_code: null,
			version: dsm === '7.4' ? '2' : null,
			message: "Task 'Nightly': the backup completed successfully",
		});
		expect(items[0]!.json.finished_time).toBe(START / 1000 + 600);
		expect(Math.abs((items[0]!.json.duration as number) - 600)).toBeLessThanOrEqual(
			dsm === '7.4' ? 0 : 35,
		);
		expect(items[0]!.json.polls).toBeLessThan(50);
	});

	test.each([
		['that begins 20 s after it was accepted', { startDelaySeconds: 20 }, 'succeeded'],
		['that ends within a minute', { durationSeconds: 7 }, 'succeeded'],
		['that ends incomplete', { nextOutcomes: ['partial' as const] }, 'partial'],
		['with a rotation of an hour afterwards', { rotationSeconds: 3600 }, 'succeeded'],
	])('a run %s', async (_what, spec, outcome) => {
		const { nas, credentials } = await given(spec);
		const { items } = await run(nas, credentials);
		expect(items[0]!.json.outcome).toBe(outcome);
		expect(nas.clock.now() - START).toBeLessThan(1_000_000);
	});

	test('the rotation is waited for if it counts as part of the run', async () => {
		const { nas, credentials } = await given({ rotationSeconds: 3600 });
		expect((await run(nas, credentials, { withRotation: true })).items[0]!.json.outcome).toBe(
			'succeeded',
		);
		expect(nas.clock.now() - START).toBeGreaterThan(4_000_000);
	});

	test('a run that fails makes the node fail, in words; or becomes an item with everything known', async () => {
		const failing = {
			nextOutcomes: [
				{ result: 'failed' as const, errorCode: 4467, error: 'x:error:status_target_broken' },
			],
		};
		const { nas, credentials } = await given(failing);
		const { error } = await run(nas, credentials);
		expect(error?.message).toBe(
			"Task 'Nightly': the backup failed; DSM reports: status target broken; error code 4467",
		);
		nas.task(1).willEnd(failing.nextOutcomes[0]!);
		const { items } = await run(nas, credentials, {}, { onError: 'continueRegularOutput' });
		expect(items[0]!.json).toMatchObject({
			outcome: 'failed',
			error_code: 4467,
			error: expect.stringContaining('status target broken'),
		});
		nas.task(1).willEnd(failing.nextOutcomes[0]!);
		const routed = await run(nas, credentials, {}, { onError: 'continueErrorOutput' });
		expect(routed.items).toEqual([]);
		expect(routed.errorItems[0]!.json).toMatchObject({
			error: expect.stringContaining('the backup failed'),
			details: { outcome: 'failed', error_code: 4467 },
		});
		nas.task(1).willEnd(failing.nextOutcomes[0]!);
		expect((await run(nas, credentials, { failOn: ['canceled'] })).items[0]!.json).toMatchObject({
			outcome: 'failed',
			error_code: 4467,
		});
	});

	test('a run that waits in the queue for longer than the start may take', async () => {
		const { nas, credentials } = await given({}, [], {
			parallel: 1,
			tasks: [task(), { ...task(), id: 2, name: 'Other' }],
		});
		nas.task(2).accept();
		expect((await run(nas, credentials)).items[0]!.json.outcome).toBe('succeeded');
		expect(nas.history.map(({ kind, taskId }) => `${kind} ${taskId}`)).toEqual([
			'started 2',
			'queued 1',
			'finished 2',
			'started 1',
			'finished 1',
		]);
	});

	test.each([
		['canceled by a user', (nas: Nas) => nas.task(1).cancel(), 'canceled'],
		['suspended by a user', (nas: Nas) => nas.task(1).suspend(), 'suspended'],
		['suspended by a reboot of two minutes', (nas: Nas) => nas.reboot({ minutes: 2 }), 'suspended'],
		['whose session ends', (nas: Nas) => nas.sessions.expire(119), 'succeeded'],
		[
			'whose NAS is unreachable for two minutes',
			(nas: Nas) => nas.fault({ kind: 'reset', times: 15 }),
			'succeeded',
		],
	])('a run %s', async (_what, happens, outcome) => {
		const { nas, credentials } = await given({}, [[200, happens]]);
		expect((await run(nas, credentials)).items[0]!.json.outcome).toBe(outcome);
	});

	test('an outage longer than the tolerance is an error that says so', async () => {
		const { nas, credentials } = await given({}, [
			[100, (dead) => dead.fault({ kind: 'http502' })],
		]);
		const { error } = await run(nas, credentials, { outageTolerance: 1 });
		expect(error?.message).toContain('HTTP 502');
	});

	test('a start that was accepted and never begins', async () => {
		const { nas, credentials } = await given({ startDelaySeconds: 1000 });
		const { items } = await run(nas, credentials, { startTimeout: 1 });
		expect(items[0]!.json).toMatchObject({
			outcome: 'not_started',
			finished_at: null,
			duration: null,
		});
		expect(
			(await run(nas, credentials, { startTimeout: 1, failOn: ['not_started'] })).error,
		).toBeDefined();
	});

	test.each([
		['leave', 'backup', undefined],
		['cancel', 'none', 'canceled'],
		['suspend', 'none', 'suspended'],
	])('at the time limit: %s', async (onTimeLimit, status, at_time_limit) => {
		const { nas, credentials } = await given();
		const { items } = await run(nas, credentials, { timeLimit: 5, onTimeLimit });
		expect(items[0]!.json).toMatchObject({
			outcome: 'timed_out',
			...(at_time_limit ? { at_time_limit } : {}),
		});
		expect(nas.task(1).status).toBe(status);
	});

	test.each([
		['fail', /was not started: a backup is already running/],
		['skip', 'skipped'],
		['wait', 'succeeded'],
	])('if it runs already: %s', async (ifAlreadyRunning, expected) => {
		const { nas, credentials } = await given();
		nas.task(1).accept();
		const { items, error } = await run(nas, credentials, { ifAlreadyRunning });
		if (expected instanceof RegExp) expect(error?.message).toMatch(expected);
		else expect(items[0]!.json.outcome).toBe(expected);
		expect(nas.history.filter(({ kind }) => kind === 'started')).toHaveLength(1);
	});

	test('Wait for Completion follows a run that the schedule starts in a minute', async () => {
		const { nas, credentials } = await given({ nextOutcomes: ['partial'] }, [
			[60, (later) => later.task(1).accept()],
		]);
		expect(
			(await run(nas, credentials, {}, { operation: 'waitForCompletion' })).items[0]!.json.outcome,
		).toBe('partial');
	});

	test('several tasks at once keep their order', async () => {
		const tasks = [1, 2, 3].map((id) => ({
			...task({ durationSeconds: 900 - id * 200 }),
			id,
			name: `Task ${id}`,
		}));
		const { nas, credentials } = await givenNas({ dsm, tasks });
		onClockOf(nas);
		const { items } = await runNode(
			credentials,
			{
				operation: 'run',
				waitForCompletion: true,
				taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				options: { parallelItems: 3 },
			},
			{ items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
		);
		expect(items.map(({ json }) => [json.task_id, json.outcome])).toEqual([
			['1', 'succeeded'],
			['2', 'succeeded'],
			['3', 'succeeded'],
		]);
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
		expect(nas.history.slice(0, 3).map(({ kind }) => kind)).toEqual([
			'started',
			'started',
			'started',
		]);
	});
});

test('in the documented dialect', async () => {
	const { nas, credentials } = await givenNas({
		dialect: 'documented',
		tasks: [task({ nextOutcomes: ['done', 'failed'] })],
	});
	onClockOf(nas);
	expect((await run(nas, credentials)).items[0]!.json).toMatchObject({
		outcome: 'succeeded',
		finished_time: START / 1000 + 600,
	});
	expect((await run(nas, credentials)).error?.message).toContain('the backup failed');
});
