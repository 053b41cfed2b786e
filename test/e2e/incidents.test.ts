import { isDeepStrictEqual } from 'node:util';
import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, pollingOften, ROOT, stageWith, type Stage } from './support';

interface Alert {
	topic: string;
	title: string;
	message: string;
	priority: number;
}

type Count = Record<'alerts' | 'chat' | 'onCall', number>;

/** One task that fails three times and then succeeds, watched by both workflows at once. */
describe(`alert, escalation and all-clear in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;
	const published: string[] = [];

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		const lastRun = { result: 'done' as const, endedAt: Date.now() - 3_600_000 };
		nas = await fastNas({ tasks: [{ id: 1, name: 'Nightly', durationSeconds: 60, lastRun }] });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
		for (const [path, workflow] of [
			['recovered', exampleWorkflow(ROOT, 'recovered.json', settings('recovered'))],
			['escalation', exampleWorkflow(ROOT, 'escalation.json', settings('escalation'))],
		] as const) {
			expect(JSON.stringify(workflow)).toContain(`/${path}`);
			const id = await stage.rest.createWorkflow(pollingOften(workflow));
			await stage.rest.activate(id);
			published.push(id);
		}
	}, 1_800_000);

	afterAll(async () => {
		for (const id of published) await stage.rest.deactivate(id);
		await nas?.close();
		await stage?.close();
	});

	const settings = (path: string) => ({ credentialId, sendTo: `${stage.receiver.url}/${path}` });

	const alerts = (path: string, topic: string): Alert[] =>
		stage.receiver.received
			.filter((request) => request.path === `/${path}`)
			.map(({ body }) => body as unknown as Alert)
			.filter((alert) => alert.topic === topic);

	const count = (): Count => ({
		alerts: alerts('recovered', 'backups').length,
		chat: alerts('escalation', 'backups').length,
		onCall: alerts('escalation', 'backups-on-call').length,
	});

	const finished = () => nas.history.filter(({ kind }) => kind === 'finished').length;

	/** Both workflows poll as often as each other, so of two polls each has made one. */
	const polledByBoth = async (): Promise<void> => {
		const polls = nas.count('SYNO.Backup.Task', 'list');
		await until('two polls', () => nas.count('SYNO.Backup.Task', 'list') >= polls + 2);
	};

	/** A run of the task, and the polls of both workflows that find it. */
	const run = async (result: 'failed' | 'done', expected: Count): Promise<void> => {
		const before = finished();
		nas.task(1).willEnd(result === 'failed' ? { result, errorCode: 4467 } : result);
		nas.task(1).accept();
		await until('the run to end', () => finished() > before);
		await polledByBoth();
		await until('the alerts', () => isDeepStrictEqual(count(), expected));
	};

	test('the first failure is an alert, the second one only for the chat, the third one escalates', async () => {
		await run('failed', { alerts: 1, chat: 1, onCall: 0 });
		await run('failed', { alerts: 1, chat: 2, onCall: 0 });
		await run('failed', { alerts: 1, chat: 3, onCall: 1 });
		expect(alerts('recovered', 'backups')[0]).toMatchObject({
			title: 'Check the backup: Nightly (NAS)',
			message: expect.stringMatching(/^Task 'Nightly': the backup failed;.* 4467$/),
			priority: 4,
		});
		expect(alerts('escalation', 'backups')[1]!.message).toMatch(/\(failure 2 in a row\)$/);
		expect(alerts('escalation', 'backups-on-call')[0]).toMatchObject({
			title: '3 failures in a row: Nightly (NAS)',
			priority: 5,
		});
	});

	test('the success after them is one all-clear for each, which says what is over and for how long', async () => {
		await run('done', { alerts: 2, chat: 4, onCall: 2 });
		const allClear = {
			title: 'All clear: Nightly (NAS)',
			message: expect.stringMatching(
				/^Task 'Nightly': the backup completed successfully again after 3 failures in a row \(\d+ minutes?\)$/,
			),
			priority: 3,
		};
		expect(alerts('recovered', 'backups')[1]).toMatchObject(allClear);
		expect(alerts('escalation', 'backups')[3]).toMatchObject(allClear);
		expect(alerts('escalation', 'backups-on-call')[1]).toMatchObject(allClear);
	});

	test('a success after a success is no event', async () => {
		const before = count();
		nas.task(1).accept();
		await until('the run to end', () => finished() === 5);
		await polledByBoth();
		await polledByBoth();
		expect(count()).toEqual(before);
	});
});
