import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, PACKAGE, pollingOften, stageWith, type Stage } from './support';

const DIALECTS = ['dsm', 'documented'] as const;

/** One workflow with two triggers, each with its own receiver. */
function alertWorkflow(credentialId: string, url: string): Record<string, unknown> {
	const branch = (name: string, event: string, row: number) => [
		{
			id: `trigger-${name}`,
			name: `When ${name}`,
			type: `${PACKAGE}.hyperBackupTrigger`,
			typeVersion: 1,
			position: [0, row * 200],
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				events: [event],
				tasks: [],
				options: {},
			},
			credentials: { synologyHyperBackupApi: { id: credentialId, name: 'NAS' } },
		},
		{
			id: `send-${name}`,
			name: `Send ${name}`,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, row * 200],
			parameters: {
				method: 'POST',
				url: `${url}/${name}`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ event: $json.event, task: $json.task.name }) }}',
				options: {},
			},
		},
	];
	const leads = (name: string) => ({
		[`When ${name}`]: { main: [[{ node: `Send ${name}`, type: 'main', index: 0 }]] },
	});
	return {
		name: `Alerts to ${url}`,
		nodes: [...branch('failed', 'backupFailed', 0), ...branch('succeeded', 'backupSucceeded', 1)],
		connections: { ...leads('failed'), ...leads('succeeded') },
		settings: { executionOrder: 'v1' },
	};
}

describe(`alerts in the real n8n ${NEWEST}: two triggers in one workflow`, () => {
	let stage: Stage;
	const nases = {} as Record<(typeof DIALECTS)[number], Nas>;
	const workflows = {} as Record<(typeof DIALECTS)[number], string>;

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		for (const dialect of DIALECTS) {
			const ended = Date.now() - 7_200_000;
			nases[dialect] = await fastNas({
				dialect,
				tasks: [
					{ id: 1, name: 'Nightly', lastRun: { result: 'done', endedAt: ended } },
					{
						id: 2,
						name: 'Quick',
						durationSeconds: 120,
						lastRun: { result: 'done', endedAt: ended },
					},
				],
			});
			const id = await stage.rest.createCredential(dialect, credentialData(nases[dialect]));
			const url = `${stage.receiver.url}/${dialect}`;
			workflows[dialect] = await stage.rest.createWorkflow(pollingOften(alertWorkflow(id, url)));
		}
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await Promise.all(Object.values(nases).map(async (nas) => await nas.close()));
	});

	const alerts = (dialect: string) =>
		stage.receiver.received
			.filter(({ path }) => path.startsWith(`/${dialect}/`))
			.map(({ path, body }) => `${path.split('/').pop()!}: ${String(body.task)}`);

	const lists = (nas: Nas) =>
		nas.requests.filter(
			({ api, apiMethod, code }) =>
				api === 'SYNO.Backup.Task' && apiMethod.toLowerCase() === 'list' && code === 0,
		).length;

	const onEach = async (work: (dialect: (typeof DIALECTS)[number], nas: Nas) => Promise<void>) =>
		await Promise.all(DIALECTS.map(async (dialect) => await work(dialect, nases[dialect])));

	/** Two triggers: each has listed the tasks once more. */
	const bothPolled = async (nas: Nas) => {
		const before = lists(nas);
		await until('both triggers to poll', () => lists(nas) >= before + 2);
	};

	const runs = async (nas: Nas, result: 'done' | 'failed') => {
		const ends = () => nas.history.filter(({ kind }) => kind === 'finished').length;
		const before = ends();
		nas.task('Quick').willEnd({ result });
		nas.task('Quick').accept();
		await until('the run to end', () => ends() > before);
	};

	test('the first poll of an activated workflow reports nothing', async () => {
		await onEach(async (dialect, nas) => {
			await stage.rest.activate(workflows[dialect]);
			await until('both triggers to poll', () => lists(nas) >= 2);
		});
		expect(DIALECTS.flatMap(alerts)).toEqual([]);
	});

	test('a session that expires: no alert; and the failure after it is reported once, by one trigger', async () => {
		await onEach(async (dialect, nas) => {
			nas.sessions.expire(119);
			await bothPolled(nas);
			expect(alerts(dialect)).toEqual([]);
			nas.sessions.expire(106);
			await runs(nas, 'failed');
			await until('the alert', () => alerts(dialect).length > 0);
			expect(alerts(dialect)).toEqual(['failed: Quick']);
		});
	});

	test('n8n is killed: the success that it missed is reported once after the start', async () => {
		await stage.n8n.stop('SIGKILL');
		await onEach(async (_dialect, nas) => await runs(nas, 'done'));
		await stage.n8n.start();
		await stage.rest.login();
		await onEach(async (dialect) => {
			await until('the alert', () => alerts(dialect).length > 1);
			expect(alerts(dialect)).toEqual(['failed: Quick', 'succeeded: Quick']);
		});
	});

	test('published again: no alert for what was; the next failure is reported once', async () => {
		await onEach(async (dialect, nas) => {
			await stage.rest.deactivate(workflows[dialect]);
			await stage.rest.activate(workflows[dialect]);
			await bothPolled(nas);
			expect(alerts(dialect)).toEqual(['failed: Quick', 'succeeded: Quick']);
			await runs(nas, 'failed');
			await until('the alert', () => alerts(dialect).length > 2);
			await bothPolled(nas);
			expect(alerts(dialect).slice(2)).toEqual(['failed: Quick']);
		});
	});
});
