import { startSimulatedNas, type SimulatedNas } from '../../n8n-host/simulatedNas';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import { credentialData, PACKAGE, stageWith, type Stage } from '../e2e/support';

const NASES = Number(process.env.FLEET ?? 200);
const TASKS = 20;
const MINUTES = 4;

interface Asked {
	at: number;
	apiMethod: string;
}

describe(`one n8n ${NEWEST} with ${NASES} NASes of ${TASKS} tasks each, one trigger workflow per NAS`, () => {
	let fleet: SimulatedNas;
	let stage: Stage;

	beforeAll(async () => {
		fleet = await startSimulatedNas({ fleet: NASES, tasks: TASKS });
		stage = await stageWith(NEWEST);
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		fleet?.stop();
	});

	test(`polled every minute for ${MINUTES} minutes: one login each, none late, and three NASes that hang delay no other`, async () => {
		for (const [index, url] of fleet.urls.entries()) {
			const credentialId = await stage.rest.createCredential(
				`NAS ${index}`,
				credentialData({ url }),
			);
			const trigger = {
				id: 't',
				name: 'Trigger',
				type: `${PACKAGE}.hyperBackupTrigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: { events: ['backupFailed'], pollTimes: { item: [{ mode: 'everyMinute' }] } },
				credentials: { synologyHyperBackupApi: { id: credentialId, name: `NAS ${index}` } },
			};
			const end = {
				id: 'n',
				name: 'Nothing',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			};
			await stage.rest.activate(
				await stage.rest.createWorkflow({
					name: `Watch ${index}`,
					nodes: [trigger, end],
					connections: { Trigger: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
				}),
			);
		}
		const hanging = [0, 1, 2].filter((index) => index < NASES - 1);
		for (const index of hanging)
			await fleet.control('fault', { kind: 'hang', api: 'SYNO.Backup.Task' }, index);
		const memory: number[] = [stage.n8n.residentMB()];
		const start = Date.now();
		for (let minute = 1; minute <= MINUTES; minute++) {
			await until(`minute ${minute}`, () => Date.now() - start >= minute * 60_000, 1000);
			memory.push(stage.n8n.residentMB());
		}
		const gaps: number[] = [];
		const logins: number[] = [];
		for (const index of fleet.urls.keys()) {
			const asked = await fleet.control<Asked[]>('requests', undefined, index);
			logins.push(asked.filter(({ apiMethod }) => apiMethod === 'login').length);
			if (hanging.includes(index)) continue;
			const polls = asked.filter(({ apiMethod }) => apiMethod === 'list').map(({ at }) => at);
			expect(polls.length).toBeGreaterThanOrEqual(MINUTES);
			// The first comes with the activation; from then on one a minute.
			for (let poll = 2; poll < polls.length; poll++)
				gaps.push((polls[poll]! - polls[poll - 1]!) / 1000);
		}
		const latest = Math.max(...gaps) - 60;
		process.stdout.write(
			`fleet: ${JSON.stringify({ nases: NASES, logins: Math.max(...logins), polls: gaps.length, latestPollLateBySeconds: Number(latest.toFixed(2)), residentMB: memory.map(Math.round) })}\n`,
		);
		expect(logins.every((count) => count === 1)).toBe(true);
		expect(latest).toBeLessThan(5);
		expect(Math.min(...gaps)).toBeGreaterThan(50);
	});
});
