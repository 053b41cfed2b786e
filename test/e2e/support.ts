import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialData } from '../../n8n-host/examples';
import { N8nInstance } from '../../n8n-host/instance';
import { obtainN8n } from '../../n8n-host/obtain';
import { packProject } from '../../n8n-host/pack';
import { Receiver } from '../../n8n-host/receiver';
import { N8nRest } from '../../n8n-host/rest';
import { startNas, wallClock, type Nas, type NasOptions } from '../../simulator';

export const ROOT = join(__dirname, '../..');
export const PACKAGE = 'n8n-nodes-synology-hyper-backup';

export interface Stage {
	n8n: N8nInstance;
	rest: N8nRest;
	receiver: Receiver;
	close: () => Promise<void>;
}

/** n8n plans polls in its database, and ends each after 45 seconds: the default from 2.45 on. */
export const SCHEDULER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** A real n8n with our packed tarball installed the way a user's instance does it. */
export async function stageWith(version: string, env: Record<string, string> = {}): Promise<Stage> {
	const n8n = await N8nInstance.create(
		await obtainN8n(version, (line) => process.stderr.write(`${line}\n`)),
		{ env },
	);
	const rest = new N8nRest(n8n);
	try {
		await n8n.installPackage(packProject(ROOT));
		await n8n.start();
		await rest.setUpOwner();
	} catch (error) {
		await n8n.dispose();
		throw error;
	}
	const receiver = await Receiver.start();
	return {
		n8n,
		rest,
		receiver,
		close: async () => {
			await n8n.dispose();
			await receiver.close();
		},
	};
}

/**
 * A NAS whose clock runs a minute a second. A session lasts for days of it: an hour is over while
 * n8n starts on a slow machine.
 */
export async function fastNas(options: NasOptions = {}): Promise<Nas> {
	return await startNas({
		clock: wallClock(60),
		timeZone: 'Europe/Berlin',
		sessionIdleMinutes: 10_000,
		...options,
	});
}

/**
 * Every ten seconds. n8n refuses an interval below a minute, and takes several times of each
 * minute.
 */
const OFTEN = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

/** The same workflow with our triggers polling often, where a test does not depend on the minute. */
export function pollingOften<T extends object>(workflow: T): T {
	const { nodes } = workflow as { nodes?: Array<{ parameters: object }> };
	const often = nodes!.map((node) =>
		'pollTimes' in node.parameters
			? { ...node, parameters: { ...node.parameters, pollTimes: OFTEN } }
			: node,
	);
	return { ...workflow, nodes: often };
}

export { credentialData };

/** A manual trigger, and our node with one operation. */
export function operationWorkflow(
	credentialId: string,
	parameters: Record<string, unknown>,
): Record<string, unknown> {
	return {
		name: `Operation ${String(parameters.operation)}`,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'hb',
				name: 'Hyper Backup',
				type: `${PACKAGE}.hyperBackup`,
				typeVersion: 1,
				position: [220, 0],
				parameters: { resource: 'task', ...parameters },
				credentials: { synologyHyperBackupApi: { id: credentialId, name: 'NAS' } },
			},
		],
		connections: { Start: { main: [[{ node: 'Hyper Backup', type: 'main', index: 0 }]] } },
	};
}

/** Everything n8n wrote into its folder (database, logs, settings), as bytes. */
export function everythingKept(folder: string): Array<{ file: string; bytes: Buffer }> {
	const kept: Array<{ file: string; bytes: Buffer }> = [];
	for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
		const file = join(entry.parentPath ?? entry.path, entry.name);
		if (entry.isFile() && !file.includes('node_modules'))
			kept.push({ file, bytes: readFileSync(file) });
	}
	return kept;
}

/** Runs one operation of our node in n8n: the execution, and the items that come out. */
export async function runOperation(
	{ rest }: Stage,
	credentialId: string,
	parameters: Record<string, unknown>,
) {
	const id = await rest.createWorkflow(operationWorkflow(credentialId, parameters));
	const execution = await rest.run(id, 'Start');
	const output = execution.runData['Hyper Backup']?.[0]?.data?.main[0] ?? [];
	return { execution, items: output.map(({ json }) => json) };
}

/** What a node put out in all executions of a workflow so far. */
export async function outputsOf({ rest }: Stage, workflowId: string, node: string) {
	const executions = await rest.executions(workflowId);
	const runs = await Promise.all(
		executions.map(async ({ id }) => (await rest.execution(id)).runData[node] ?? []),
	);
	return runs
		.flat()
		.flatMap(({ data }) => data?.main[0] ?? [])
		.map(({ json }) => json);
}
