/**
 * `npm run dev`: the nodes in the real n8n against the simulated NAS, loaded anew at every change.
 * `tsc --watch` compiles, and n8n watches what it compiled (`N8N_DEV_RELOAD`). The same as
 * `n8n-node dev`, except for what n8n is shown: that command links the whole project into n8n, which
 * then takes a file of a library in node_modules (`vega-canvas.node.js`) for a node and ends.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { credentialData, exampleWorkflow } from '../n8n-host/examples';
import { containerRuntime } from '../n8n-host/container/containerRuntime';
import { installN8n } from '../n8n-host/install';
import { N8nInstance } from '../n8n-host/instance';
import { N8nRest, OWNER } from '../n8n-host/rest';
import { npmRuntime } from '../n8n-host/runtime';
import { NEWEST } from '../n8n-host/versions';
import { DEFAULT_ACCOUNT } from '../simulator';
import { startDemoNas } from './nas';

const ROOT = join(__dirname, '..');
const PACKAGE = 'n8n-nodes-synology-hyper-backup';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** n8n's custom nodes are `CUSTOM.hyperBackup` and so on, whatever their package. */
const asCustom = <T>(workflow: T): T =>
	JSON.parse(JSON.stringify(workflow).replaceAll(`"${PACKAGE}.`, '"CUSTOM.')) as T;

async function main(): Promise<void> {
	const { image } = parseArgs({
		options: { image: { type: 'string', default: process.env.N8N_IMAGE } },
	}).values;
	const runtime = image
		? await containerRuntime(image, say)
		: npmRuntime(await installN8n(NEWEST, say));
	const nas = await startDemoNas();
	const n8n = await N8nInstance.create(runtime, {
		port: 5678,
		env: { N8N_DEV_RELOAD: 'true' },
		shared: [join(ROOT, 'dist')],
	});
	const custom = join(n8n.folder, '.n8n', 'custom', 'node_modules');
	mkdirSync(custom, { recursive: true });
	symlinkSync(join(ROOT, 'dist'), join(custom, PACKAGE), 'junction');
	const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const compiler = spawn(process.execPath, [tsc, '--watch', '--preserveWatchOutput'], {
		cwd: ROOT,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const stop = async (): Promise<void> => {
		compiler.kill();
		await n8n.dispose();
		await nas.close();
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void stop().then(() => process.exit(0)));
	await n8n.start();
	const rest = new N8nRest(n8n);
	await rest.setUpOwner();
	const credentialId = await rest.createCredential('NAS', credentialData(nas));
	for (const file of ['alert-on-failure.json', 'run-and-notify.json'])
		await rest.createWorkflow(
			asCustom(exampleWorkflow(ROOT, file, { credentialId, sendTo: nas.url })),
		);
	say(`The editor: ${n8n.url}   (${OWNER.email} / ${OWNER.password})`);
	say(`The NAS:    ${nas.url}   (${DEFAULT_ACCOUNT.name} / ${DEFAULT_ACCOUNT.password})`);
	say('Change a file in nodes/ or credentials/, then reload the editor. Ctrl-C ends everything.');
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
