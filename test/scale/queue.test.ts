import { exampleWorkflow } from '../../n8n-host/examples';
import { startPostgres, type Postgres } from '../../n8n-host/postgres';
import { startRedis, type Redis } from '../../n8n-host/redis';
import type { Launched } from '../../n8n-host/runtime';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import {
	credentialData,
	fastNas,
	operationWorkflow,
	pollingOften,
	ROOT,
	SCHEDULER,
	stageWith,
	type Stage,
} from '../e2e/support';

/** As the example has it. */
const everyMinute: typeof pollingOften = (workflow) => workflow;

describe.each([
	['one main, two workers', {}, pollingOften],
	['one main with the durable scheduler, two workers', SCHEDULER, everyMinute],
])(`n8n ${NEWEST} in queue mode on Redis and PostgreSQL: %s`, (_what, more, polling) => {
	let redis: Redis;
	let postgres: Postgres;
	let stage: Stage;
	let nas: Nas;
	let workers: Launched[];
	let credentialId: string;

	beforeAll(async () => {
		redis = await startRedis();
		postgres = await startPostgres();
		stage = await stageWith(NEWEST, {
			N8N_LOG_LEVEL: 'debug',
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...postgres.env,
			...more,
		});
		workers = [await stage.n8n.startWorker(), await stage.n8n.startWorker()];
		const ended = Date.now() - 7_200_000;
		nas = await fastNas({
			tasks: [
				{ id: 1, name: 'Quick', durationSeconds: 120, lastRun: { result: 'done', endedAt: ended } },
				{
					id: 2,
					name: 'Long',
					durationSeconds: 36_000,
					lastRun: { result: 'done', endedAt: ended },
				},
			],
		});
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
		redis?.stop();
		postgres?.stop();
	});

	test('actions run on both workers, with one session between them', async () => {
		const id = await stage.rest.createWorkflow(
			operationWorkflow(credentialId, { operation: 'getAll', returnAll: true }),
		);
		// The first one opens the session, which n8n keeps for the others.
		expect((await stage.rest.run(id, 'Start')).status).toBe('success');
		const runs = await Promise.all(
			Array.from({ length: 12 }, async () => await stage.rest.run(id, 'Start')),
		);
		expect(runs.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'success'));
		for (const worker of workers) expect(stage.n8n.finishedBy(worker)).toBeGreaterThan(0);
		expect(nas.sessions.open).toHaveLength(1);
		expect(nas.sessions.attempts).toHaveLength(1);
	});

	test('a session that ends is replaced once for all processes', async () => {
		nas.sessions.expire();
		const before = nas.sessions.attempts.length;
		const id = await stage.rest.createWorkflow(
			operationWorkflow(credentialId, { operation: 'getAll', returnAll: true }),
		);
		for (let round = 0; round < 6; round++)
			expect((await stage.rest.run(id, 'Start')).status).toBe('success');
		expect(nas.sessions.attempts.length - before).toBe(1);
		expect(nas.sessions.open).toHaveLength(1);
	});

	test('a failed backup is reported once; one that fails while the main process is dead is reported once after its start', async () => {
		const example = exampleWorkflow(ROOT, 'alert-on-failure.json', {
			credentialId,
			sendTo: `${stage.receiver.url}/alert`,
		});
		const id = await stage.rest.createWorkflow(polling(example));
		nas.resetRequests();
		await stage.rest.activate(id);
		const alerts = () =>
			stage.receiver.received.map(({ body }) =>
				Number(/code (\d+)/.exec(String(body.message))?.[1]),
			);
		await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		nas
			.task(1)
			.willEnd({ result: 'failed', errorCode: 4467 }, { result: 'failed', errorCode: 4408 });
		nas.task(1).accept();
		await until('the first alert', () => alerts().length >= 1);
		expect(stage.n8n.hasPolled()).toBe(true);
		expect(workers.filter((worker) => stage.n8n.hasPolled(worker))).toEqual([]);

		await stage.n8n.stop('SIGKILL');
		nas.task(1).accept();
		await until(
			'the second failure',
			() => nas.history.filter(({ kind }) => kind === 'finished').length === 2,
		);
		await stage.n8n.start();
		await until('the second alert', () => alerts().length >= 2);
		const listed = nas.count('SYNO.Backup.Task', 'list');
		await until('one more poll', () => nas.count('SYNO.Backup.Task', 'list') > listed);
		expect(alerts()).toEqual([4467, 4408]);
		await stage.rest.login();
	});

	test('a worker killed in the middle of Run and wait: the backup runs on, is started once, and the next execution can wait for it', async () => {
		const id = await stage.rest.createWorkflow(
			operationWorkflow(credentialId, {
				operation: 'run',
				waitForCompletion: true,
				taskId: { __rl: true, mode: 'id', value: '2' },
			}),
		);
		nas.resetRequests();
		await stage.rest.begin(id, 'Start');
		await until('the backup to start', () => nas.task(2).running);
		await until('some checks of it', () => nas.count('SYNO.Backup.Task', 'status') >= 3);
		for (const worker of workers) worker.kill('SIGKILL');
		await stage.n8n.startWorker();
		const resumed = await stage.rest.createWorkflow(
			operationWorkflow(credentialId, {
				operation: 'waitForCompletion',
				taskId: { __rl: true, mode: 'id', value: '2' },
				options: { maxCheckInterval: 2 },
			}),
		);
		const waiting = stage.rest.run(resumed, 'Start');
		await until('the wait to begin', () => nas.count('SYNO.Backup.Task', 'status') >= 6);
		nas.task(2).finish({ result: 'done' });
		const { status, runData } = await waiting;
		expect(status).toBe('success');
		expect(runData['Hyper Backup']![0]!.data!.main[0]![0]!.json).toMatchObject({
			task_id: '2',
			outcome: 'succeeded',
		});
		expect(nas.count('SYNO.Backup.Task', 'backup')).toBe(1);
	});
});
