import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, ROOT, stageWith, type Stage } from './support';

jest.setTimeout(420_000);

/** n8n plans and stores polls in its database, ends each after 45 seconds, and repeats none. */
const SCHEDULER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
};

describe.each([
	['with durable static data', { N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' }],
	['with static data as before', {}],
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
	/** The DSM codes of the alerts: each failure here has its own. */
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
		await failWith(4401);
		await until('the alert', () => alerts().includes(4401), 150);
		await polled(1);
		expect(alerts()).toEqual([4401]);
	});

	test('a failure while n8n is dead is reported once after its start', async () => {
		await stage.n8n.stop('SIGKILL');
		await failWith(4408);
		await stage.n8n.start();
		await stage.rest.login();
		await until('the alert', () => alerts().includes(4408), 240);
		await polled(1);
		expect(alerts()).toEqual([4401, 4408]);
	});

	test('a restart reports nothing again', async () => {
		await stage.n8n.stop();
		await stage.n8n.start();
		await stage.rest.login();
		await polled(2);
		expect(alerts()).toEqual([4401, 4408]);
	});

	test('a NAS that hangs: n8n abandons no poll, and what failed meanwhile is reported once', async () => {
		nas.fault({ kind: 'hang' });
		const before = nas.requests.length;
		const logged = stage.n8n.log.length;
		const hung = () => stage.n8n.log.slice(logged);
		await until('a request that hangs', () => nas.requests.length > before, 90);
		await failWith(4467);
		// The poll gives up by itself, well before n8n would abandon it.
		await until('the poll to give up', () => /did not respond in time/.test(hung()), 60);
		nas.clearFaults();
		await until('the alert', () => alerts().includes(4467), 300);
		await polled(1);
		expect(alerts()).toEqual([4401, 4408, 4467]);
		expect(stage.n8n.log).not.toContain('was abandoned');
	});
});
