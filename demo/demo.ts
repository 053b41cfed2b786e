import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { credentialData, exampleWorkflow } from '../n8n-host/examples';
import { containerRuntime } from '../n8n-host/container/containerRuntime';
import { installHome, installN8n, missingSteps } from '../n8n-host/install';
import { N8nInstance } from '../n8n-host/instance';
import { packProject } from '../n8n-host/pack';
import { freePort } from '../n8n-host/ports';
import { Receiver, type Received } from '../n8n-host/receiver';
import { N8nRest, OWNER } from '../n8n-host/rest';
import { npmRuntime, type Runtime } from '../n8n-host/runtime';
import { NEWEST, needsOf, OLDEST } from '../n8n-host/versions';
import { DEFAULT_ACCOUNT, type Nas } from '../simulator';
import { SPEED, startDemoNas } from './nas';
import { Progress } from './progress/progress';
import { viewFor } from './progress/view';
import { demoSteps, installProgress, introduction } from './steps';

const ROOT = join(__dirname, '..');

const began = Date.now();
const stamp = (): string => `[${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s] `;
const view = viewFor(process.stdout, stamp);
const { say } = view;

function show({ path, body }: Received): void {
	say(`>>> ALERT at ${path}: ${String(body.title)}`);
	for (const [field, value] of Object.entries(body))
		if (field !== 'title' && value !== null && value !== undefined)
			say(`      ${field}: ${String(value)}`);
}

/**
 * The newest n8n, with a Node from npm where the one in use is too old for it; elsewhere what the
 * Node in use can run.
 */
function defaultVersion(): string {
	const major = Number(process.versions.node.split('.')[0]);
	const fetchable = ['linux', 'darwin'].includes(process.platform);
	return fetchable || needsOf(NEWEST).majors.includes(major) ? NEWEST : OLDEST;
}

interface Stage {
	nas: Nas;
	receiver: Receiver;
	n8n: N8nInstance;
}

/** Starts n8n with the package in it. */
async function startN8n({ n8n, nas }: Stage): Promise<{ rest: N8nRest; credentialId: string }> {
	await n8n.installPackage(packProject(ROOT));
	await n8n.start();
	const rest = new N8nRest(n8n);
	await rest.setUpOwner();
	return { rest, credentialId: await rest.createCredential('NAS', credentialData(nas)) };
}

/** Activates a workflow that waits for failed backups, and makes a backup fail. */
async function watchForFailure(
	{ nas, receiver }: Stage,
	rest: N8nRest,
	credentialId: string,
): Promise<void> {
	const watching = await rest.createWorkflow(
		exampleWorkflow(ROOT, 'alert-on-failure.json', {
			credentialId,
			sendTo: `${receiver.url}/alert`,
		}),
	);
	await rest.activate(watching);
	say('Workflow "Alert when a backup fails" is active: the trigger polls the NAS every minute');
	nas.task('Web server').willEnd({
		result: 'failed',
		errorCode: 4467,
		error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
	});
	nas.task('Web server').accept();
	say('The NAS starts the backup "Web server", which is going to fail in 5 seconds');
}

/** Runs a workflow that starts a backup, waits for its end and reports it. */
async function runBackup(
	{ receiver }: Stage,
	rest: N8nRest,
	credentialId: string,
): Promise<unknown> {
	const running = await rest.createWorkflow(
		exampleWorkflow(ROOT, 'run-and-notify.json', {
			credentialId,
			sendTo: `${receiver.url}/outcome`,
		}),
	);
	say(
		'Workflow "Run a backup and report its outcome": n8n starts "Nightly to USB" and waits for its end',
	);
	return await rest.run(running, 'Start');
}

async function present(stage: Stage, progress: Progress): Promise<void> {
	progress.begin('start');
	const { rest, credentialId } = await startN8n(stage);
	progress.end('start');
	progress.begin('firstAlert');
	await watchForFailure(stage, rest, credentialId);
	const alerts = [stage.receiver.next('/outcome'), stage.receiver.next('/alert')];
	const all = Promise.all([...alerts, runBackup(stage, rest, credentialId)]);
	await Promise.race([Promise.any(alerts), all]);
	progress.end('firstAlert');
	progress.begin('otherAlert');
	await all;
	progress.end('otherAlert');
	view.close();
	say('Both alerts arrived.');
}

function sayAddresses({ n8n, nas }: Stage): void {
	say(`The editor: ${n8n.url}   (${OWNER.email} / ${OWNER.password})`);
	say(`The NAS:    ${nas.url}   (${DEFAULT_ACCOUNT.name} / ${DEFAULT_ACCOUNT.password})`);
	say('Ctrl-C ends everything.');
}

/** What Ctrl-C ends, newest last. */
const opened: Array<() => Promise<void>> = [];

async function stop(): Promise<void> {
	view.close();
	for (let close = opened.pop(); close; close = opened.pop()) await close();
}

async function openStage(runtime: Runtime, port: number): Promise<Stage> {
	const nas = await startDemoNas();
	opened.push(async () => await nas.close());
	say(`A simulated Synology NAS responds at ${nas.url} (its clock runs ${SPEED} times as fast)`);
	const receiver = await Receiver.start(show);
	opened.push(async () => await receiver.close());
	const n8n = await N8nInstance.create(runtime, { port });
	opened.push(async () => await n8n.dispose());
	return { nas, receiver, n8n };
}

/** n8n from npm, with the progress of the install. */
async function fromNpm(version: string): Promise<{ runtime: Runtime; progress: Progress }> {
	const missing = missingSteps(version);
	introduction(version, missing, installHome()).forEach(say);
	const progress = new Progress(demoSteps(version, missing), view);
	const installed = await installN8n(version, say, installProgress(progress, version));
	// Another process may have installed some of it meanwhile.
	for (const step of missing) progress.end(step);
	return { runtime: npmRuntime(installed), progress };
}

async function fromImage(image: string): Promise<{ runtime: Runtime; progress: Progress }> {
	const runtime = await containerRuntime(image, say);
	return { runtime, progress: new Progress(demoSteps(runtime.version, []), view) };
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			n8n: { type: 'string', default: defaultVersion() },
			image: { type: 'string', default: process.env.N8N_IMAGE },
			port: { type: 'string', default: '5678' },
		},
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void stop().then(() => process.exit(0)));
	setInterval(view.tick, 1000).unref();
	const { runtime, progress } = values.image
		? await fromImage(values.image)
		: await fromNpm(values.n8n);
	const port = values.once ? await freePort() : Number(values.port);
	const stage = await openStage(runtime, port);
	try {
		await present(stage, progress);
	} catch (error) {
		say(`The demo did not get to its end. What n8n said last:\n${stage.n8n.log.slice(-2000)}`);
		throw error;
	}
	if (!values.once) {
		sayAddresses(stage);
		await new Promise(() => {});
	}
}

async function run(): Promise<void> {
	try {
		await main();
	} finally {
		await stop();
	}
}

run().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
