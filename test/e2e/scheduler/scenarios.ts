import { exampleWorkflow } from '../../../n8n-host/examples';
import { until } from '../../../n8n-host/until';
import { NEWEST } from '../../../n8n-host/versions';
import type { Nas } from '../../../simulator';
import { credentialData, fastNas, ROOT, SCHEDULER, stageWith, type Stage } from '../support';

/** With durable static data, and with static data as before. */
export type StaticDataMode = 'durable' | 'before';

const MODES: Record<StaticDataMode, [what: string, env: Record<string, string>]> = {
	durable: ['with durable static data', {}],
	before: ['with static data as before', { N8N_POLLER_DURABLE_CURSORS_ENABLED: 'false' }],
};

/** An n8n that polls a NAS every minute, as most users' do, and sends alerts. */
class Watching {
	private constructor(
		readonly stage: Stage,
		readonly nas: Nas,
		readonly workflow: string,
	) {}

	static async begin(mode: StaticDataMode): Promise<Watching> {
		const [, env] = MODES[mode];
		const stage = await stageWith(NEWEST, { ...SCHEDULER, ...env, N8N_LOG_LEVEL: 'debug' });
		const lastRun = { result: 'done' as const, endedAt: 1e12 };
		const nas = await fastNas({ tasks: [{ id: 1, name: 'Quick', durationSeconds: 60, lastRun }] });
		const credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
		const sendTo = `${stage.receiver.url}/alert`;
		const example = exampleWorkflow(ROOT, 'alert-on-failure.json', { credentialId, sendTo });
		return new Watching(stage, nas, await stage.rest.createWorkflow(example));
	}

	async close(): Promise<void> {
		await this.stage.close();
		await this.nas.close();
	}

	/** The first poll, which records. */
	async activate(): Promise<void> {
		await this.stage.rest.activate(this.workflow);
		await until('the first poll', () => this.polls > 0);
	}

	async startAgain(): Promise<void> {
		await this.stage.n8n.start();
		await this.stage.rest.login();
	}

	async polled(times: number): Promise<void> {
		const before = this.polls;
		await until(`${times} more polls`, () => this.polls >= before + times);
	}

	/** The DSM codes of the alerts, in their order. */
	get alerts(): number[] {
		return this.stage.receiver.received.map(({ body }) =>
			Number(/code (\d+)/.exec(String(body.message))?.[1]),
		);
	}

	async alerted(times: number): Promise<void> {
		await until(`alert ${times}`, () => this.alerts.length >= times);
	}

	async failWith(errorCode: number): Promise<void> {
		const finished = () => this.nas.history.filter(({ kind }) => kind === 'finished').length;
		const before = finished();
		this.nas.task(1).willEnd({ result: 'failed', errorCode });
		this.nas.task(1).accept();
		await until('the backup to fail', () => finished() > before);
	}

	private get polls(): number {
		return this.nas.count('SYNO.Backup.Task', 'list');
	}
}

function scenario(mode: StaticDataMode, tests: (watching: () => Watching) => void): void {
	describe(`n8n ${NEWEST} with its durable scheduler, ${MODES[mode][0]}`, () => {
		let watching: Watching | undefined;

		beforeAll(async () => {
			watching = await Watching.begin(mode);
		}, 1_800_000);

		afterAll(async () => await watching?.close());

		tests(() => watching!);
	});
}

export const restarts = (mode: StaticDataMode): void =>
	scenario(mode, (watching) => {
		test('the first poll records, and a failure right after it is reported', async () => {
			const here = watching();
			await here.activate();
			expect(here.alerts).toEqual([]);
			await here.failWith(4467);
			await here.alerted(1);
			await here.polled(1);
			expect(here.alerts).toEqual([4467]);
		});

		test('a failure while n8n is dead is reported once after its start', async () => {
			const here = watching();
			await here.stage.n8n.stop('SIGKILL');
			await here.failWith(4408);
			await here.startAgain();
			await here.alerted(2);
			await here.polled(1);
			expect(here.alerts).toEqual([4467, 4408]);
		});

		test('a restart reports nothing again', async () => {
			const here = watching();
			await here.stage.n8n.stop();
			await here.startAgain();
			await here.polled(2);
			expect(here.alerts).toEqual([4467, 4408]);
		});
	});

export const hang = (mode: StaticDataMode): void =>
	scenario(mode, (watching) => {
		test('a NAS that hangs: n8n abandons no poll, and what failed meanwhile is reported once', async () => {
			const here = watching();
			const { nas, stage } = here;
			await here.activate();
			nas.fault({ kind: 'hang' });
			const before = nas.requests.length;
			await until('a request that hangs', () => nas.requests.length > before);
			await here.failWith(4467);
			// While a poll is running, no other one sends anything: the next request shows that it gave up.
			await until('the next poll', () => nas.requests.length > before + 1);
			nas.clearFaults();
			await here.alerted(1);
			await here.polled(1);
			expect(here.alerts).toEqual([4467]);
			expect(stage.n8n.log).not.toContain('was abandoned');
		});
	});
