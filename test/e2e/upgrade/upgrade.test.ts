import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../n8n-host/until';
import { NEWEST } from '../../../n8n-host/versions';
import type { Nas, TaskSpec } from '../../../simulator';
import { stageWith, type Stage } from '../support';
import { ALERTS, nasWith, readFixture, VERSIONS, type Saved } from './fixture';

const MINUTES = 60_000;

/** While n8n was off for the upgrade, the backup of this task failed, and all others did nothing. */
const MISSED = 'Nightly';

const since = (tasks: TaskSpec[]): TaskSpec[] =>
	tasks.map((task) =>
		task.name === MISSED
			? {
					...task,
					lastRun: {
						result: 'failed',
						endedAt: Date.now() - 30 * MINUTES,
						successAt: task.lastRun!.endedAt,
						durationSeconds: 600,
						errorCode: 4408,
					},
				}
			: task,
	);

/** n8n is stopped, gets what the earlier version left, and starts with the package as it is now. */
async function load({ n8n, rest, receiver }: Stage, saved: Saved): Promise<void> {
	const put = (name: string, content: unknown): string => {
		const file = join(n8n.folder, `${name}.json`);
		const text = JSON.stringify([content]);
		writeFileSync(file, text.replaceAll(ALERTS, `${receiver.url}/alert`));
		return file;
	};
	await n8n.stop();
	await n8n.command('import:credentials', `--input=${put('credentials', saved.credential)}`);
	const workflow = put('workflow', { ...saved.workflow, active: false });
	await n8n.command('import:workflow', `--input=${workflow}`);
	await n8n.command('publish:workflow', `--id=${saved.workflow.id}`);
	await n8n.start();
	await rest.login();
}

describe.each(VERSIONS)(`what version %s left, in the real n8n ${NEWEST} of today`, (version) => {
	const saved = readFixture(version);
	let stage: Stage;
	let nas: Nas;

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		nas = await nasWith(since(saved.tasks));
		await load(stage, saved);
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const polls = () => nas.count('SYNO.Backup.Task', 'list');

	test('the trigger reports what happened in between, and nothing else', async () => {
		await until('the alert', () => stage.receiver.received.length > 0);
		const before = polls();
		await until('two more polls', () => polls() >= before + 2);
		const reported = stage.receiver.received.map(({ body }) => {
			const { name } = body.task as { name: string };
			return [body.event, name].join(' ');
		});
		expect(reported.sort()).toEqual([`backupFailed ${MISSED}`, `statusChanged ${MISSED}`]);
		const executions = await stage.rest.executions(saved.workflow.id);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
	});

	test('both nodes and the credential work as they are stored', async () => {
		const { status, runData } = await stage.rest.run(saved.workflow.id, 'Start');
		expect(status).toBe('success');
		const items = runData['Get Status']![0]!.data!.main[0]!.map(({ json }) => json);
		expect(items.map(({ task_id: id }) => String(id)).sort()).toEqual(
			saved.tasks.map(({ id }) => String(id)).sort(),
		);
	});

	test('a session that is over is replaced by one login', async () => {
		expect(nas.sessions.attempts).toHaveLength(1);
	});
});
