import { startRedis, type Redis } from '../../n8n-host/redis';
import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, ROOT, stageWith, type Stage } from '../e2e/support';

jest.setTimeout(240_000);

describe(`n8n ${NEWEST} in queue mode: one main, two workers`, () => {
	let redis: Redis;
	let stage: Stage;
	let nas: Nas;

	beforeAll(async () => {
		redis = await startRedis();
		stage = await stageWith(NEWEST, { EXECUTIONS_MODE: 'queue', QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(redis.port) });
		await stage.n8n.startWorker();
		await stage.n8n.startWorker();
		nas = await fastNas({ tasks: [{ id: 1, name: 'Quick', durationSeconds: 120, lastRun: { result: 'done', endedAt: Date.now() - 7_200_000 } }] });
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
		redis?.stop();
	});

	test('a failed backup is told once; another that fails while the main is dead is told once after its start', async () => {
		const credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
		const id = await stage.rest.createWorkflow(exampleWorkflow(ROOT, 'alert-on-failure.json', { credentialId, sendTo: `${stage.receiver.url}/alert` }));
		await stage.rest.activate(id);
		const alerts = () => stage.receiver.received.map(({ body }) => body.error_code);
		await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		nas.task(1).willEnd({ result: 'failed', errorCode: 4467 }, { result: 'failed', errorCode: 4408 });
		nas.task(1).accept();
		await until('the first alert', () => alerts().length >= 1, 100);

		await stage.n8n.stop('SIGKILL');
		nas.task(1).accept();
		await until('the second failure', () => nas.history.filter(({ kind }) => kind === 'finished').length === 2);
		await stage.n8n.start();
		await until('the second alert', () => alerts().length >= 2, 60);
		const listed = nas.count('SYNO.Backup.Task', 'list');
		await until('one more poll', () => nas.count('SYNO.Backup.Task', 'list') > listed, 70);
		expect(alerts()).toEqual([4467, 4408]);
		// The main polls, and only the main: one list request for each poll.
		expect(nas.sessions.attempts).toHaveLength(1);
	});
});
