import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, ROOT, SCHEDULER, stageWith, type Stage } from './support';

jest.setTimeout(420_000);

describe.each([
	['with durable static data', {}],
	['with static data as before', { N8N_POLLER_DURABLE_CURSORS_ENABLED: 'false' }],
])(`n8n ${NEWEST} with its durable scheduler, %s`, (_what, more) => {
	let stage: Stage;
	let nas: Nas;
	let workflow: string;

	beforeAll(async () => {
		stage = await stageWith(NEWEST, { ...SCHEDULER, ...more, N8N_LOG_LEVEL: 'debug' });
		nas = await fastNas({
			tasks: [
				{ id: 1, name: 'Quick', durationSeconds: 60, lastRun: { result: 'done', endedAt: 1e12 } },
			],
		});
		const credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
		workflow = await stage.rest.createWorkflow(
			exampleWorkflow(ROOT, 'alert-on-failure.json', {
				credentialId,
				sendTo: `${stage.receiver.url}/alert`,
			}),
		);
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const polls = () => nas.count('SYNO.Backup.Task', 'list');
	const polled = async (times: number) => {
		const before = polls();
		await until(`${times} more polls`, () => polls() >= before + times, 80 * times);
	};
	/** The DSM codes of the alerts, in their order. */
	const alerts = () =>
		stage.receiver.received.map(({ body }) => Number(/code (\d+)/.exec(String(body.message))?.[1]));
	const finished = () => nas.history.filter(({ kind }) => kind === 'finished').length;
	const failWith = async (errorCode: number) => {
		const before = finished();
		nas.task(1).willEnd({ result: 'failed', errorCode });
		nas.task(1).accept();
		await until('the backup to fail', () => finished() > before, 30);
	};

	test('the first poll records, and a failure right after it is reported', async () => {
		await stage.rest.activate(workflow);
		await until('the first poll', () => polls() > 0, 90);
		expect(alerts()).toEqual([]);
		await failWith(4467);
		await until('the alert', () => alerts().length > 0, 150);
		await polled(1);
		expect(alerts()).toEqual([4467]);
	});

	test('a failure while n8n is dead is reported once after its start', async () => {
		await stage.n8n.stop('SIGKILL');
		await failWith(4408);
		await stage.n8n.start();
		await stage.rest.login();
		await until('the alert', () => alerts().length > 1, 240);
		await polled(1);
		expect(alerts()).toEqual([4467, 4408]);
	});

	test('a restart reports nothing again', async () => {
		await stage.n8n.stop();
		await stage.n8n.start();
		await stage.rest.login();
		await polled(2);
		expect(alerts()).toEqual([4467, 4408]);
	});

	test('a NAS that hangs: n8n abandons no poll, and what failed meanwhile is reported once', async () => {
		nas.fault({ kind: 'hang' });
		const before = nas.requests.length;
		await until('a request that hangs', () => nas.requests.length > before, 90);
		await failWith(4467);
		// While a poll is running, no other one sends anything: the next request shows that it gave up.
		await until('the next poll', () => nas.requests.length > before + 1, 150);
		nas.clearFaults();
		await until('the alert', () => alerts().length > 2, 300);
		await polled(1);
		expect(alerts()).toEqual([4467, 4408, 4467]);
		expect(stage.n8n.log).not.toContain('was abandoned');
	});
});
