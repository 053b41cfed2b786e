/**
 * Keeps what the version in package.json leaves in n8n: `npm run build && npx tsx
 * test/e2e/upgrade/save.ts`, once before each release, three minutes. A version's folder is never
 * written again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../n8n-host/until';
import { NEWEST } from '../../../n8n-host/versions';
import type { Nas, TaskSpec } from '../../../simulator';
import { credentialData, ROOT, stageWith, type Stage } from '../support';
import { ALERTS, FOLDER, nasWith, upgradeWorkflow, writeFixture, type Saved } from './fixture';

const HOUR = 3_600_000;

function tasks(): TaskSpec[] {
	const now = Date.now();
	const done = (hours: number) => ({ result: 'done' as const, endedAt: now - hours * HOUR });
	return [
		{ id: 1, name: 'Nightly', durationSeconds: 600, lastRun: done(9) },
		{ id: 2, name: 'Remote', lastRun: { result: 'suspend', endedAt: now - 5 * HOUR } },
		{ id: 3, name: 'Weekly', durationSeconds: 5, lastRun: done(80) },
		{
			id: 4,
			name: 'Broken',
			lastRun: { result: 'failed', endedAt: now - 30 * HOUR, errorCode: 4408 },
		},
	];
}

/** The tasks as they are on the NAS now. */
const tasksOf = (nas: Nas, specs: TaskSpec[]): TaskSpec[] =>
	specs.map((spec) => {
		const { lastEnd, lastStart, lastSuccess, result } = nas.task(spec.id);
		if (typeof lastEnd !== 'number' || typeof lastStart !== 'number') return spec;
		const lastRun = {
			...spec.lastRun,
			result,
			endedAt: lastEnd,
			durationSeconds: (lastEnd - lastStart) / 1000,
			...(lastSuccess === null ? {} : { successAt: lastSuccess }),
		};
		return { ...spec, lastRun } as TaskSpec;
	});

async function exported({ n8n }: Stage, what: 'workflow' | 'credentials'): Promise<unknown> {
	const file = join(n8n.folder, `${what}.json`);
	const decrypted = what === 'credentials' ? ['--decrypted'] : [];
	await n8n.command(`export:${what}`, '--all', `--output=${file}`, ...decrypted);
	return (JSON.parse(readFileSync(file, 'utf8')) as unknown[])[0];
}

/** One poll records the baseline, the next one emits an event, and with it n8n saves. */
async function usedFor(stage: Stage, nas: Nas): Promise<void> {
	const { rest, receiver } = stage;
	const credentialId = await rest.createCredential('NAS', credentialData(nas));
	const text = JSON.stringify(upgradeWorkflow(credentialId));
	const here = JSON.parse(text.replace(ALERTS, `${receiver.url}/alert`)) as object;
	const id = await rest.createWorkflow(here as Record<string, unknown>);
	await rest.activate(id);
	await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
	nas.task(3).willEnd({ result: 'failed', errorCode: 4408 });
	nas.task(3).accept();
	await until('the event', () => receiver.received.length > 0);
}

async function save(version: string): Promise<void> {
	if (existsSync(join(FOLDER, version))) throw new Error(`${version} has been kept already`);
	const specs = tasks();
	const nas = await nasWith(specs);
	const stage = await stageWith(NEWEST);
	try {
		await usedFor(stage, nas);
		await stage.n8n.stop();
		const { shared, ...workflow } = (await exported(stage, 'workflow')) as Saved['workflow'];
		const text = JSON.stringify(workflow).replaceAll(`${stage.receiver.url}/alert`, ALERTS);
		const credential = (await exported(stage, 'credentials')) as Saved['credential'];
		writeFixture(version, {
			workflow: JSON.parse(text) as Saved['workflow'],
			credential,
			tasks: tasksOf(nas, specs),
		});
	} finally {
		await stage.close();
		await nas.close();
	}
}

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	version: string;
};
save(version).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
