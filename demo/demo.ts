import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { credentialData, exampleWorkflow } from '../n8n-host/examples';
import { installN8n } from '../n8n-host/install';
import { N8nInstance } from '../n8n-host/instance';
import { packProject } from '../n8n-host/pack';
import { freePort } from '../n8n-host/ports';
import { Receiver, type Received } from '../n8n-host/receiver';
import { N8nRest, OWNER } from '../n8n-host/rest';
import { NEWEST, needsOf, OLDEST } from '../n8n-host/versions';
import { DEFAULT_ACCOUNT, demoTasks, startNas, wallClock } from '../simulator';

const ROOT = join(__dirname, '..');

/** A backup that takes ten minutes is over in ten seconds. */
const SPEED = 60;

const began = Date.now();
const say = (line: string): void =>
	void process.stdout.write(
		`[${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s] ${line}\n`,
	);

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

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			n8n: { type: 'string', default: defaultVersion() },
			port: { type: 'string', default: '5678' },
		},
	});
	const installed = await installN8n(values.n8n, say);
	const clock = wallClock(SPEED);
	const nas = await startNas({ clock, timeZone: 'Europe/Berlin', tasks: demoTasks(clock.now()) });
	say(`A simulated Synology NAS responds at ${nas.url} (its clock runs ${SPEED} times as fast)`);
	const receiver = await Receiver.start(show);
	const n8n = await N8nInstance.create(installed, {
		port: values.once ? await freePort() : Number(values.port),
	});
	const stop = async (): Promise<void> => {
		await n8n.dispose();
		await receiver.close();
		await nas.close();
	};
	process.once('SIGINT', () => void stop().then(() => process.exit(0)));
	process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
	try {
		say(`Starting n8n ${values.n8n} with the package installed`);
		await n8n.installPackage(packProject(ROOT));
		await n8n.start();
		const rest = new N8nRest(n8n);
		await rest.setUpOwner();
		const credentialId = await rest.createCredential('NAS', credentialData(nas));

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

		const running = await rest.createWorkflow(
			exampleWorkflow(ROOT, 'run-and-notify.json', {
				credentialId,
				sendTo: `${receiver.url}/outcome`,
			}),
		);
		say(
			'Workflow "Run a backup and report its outcome": n8n starts "Nightly to USB" and waits for its end',
		);
		const run = rest.run(running, 'Start', 120);
		const alerts = Promise.all([receiver.next('/outcome', 120), receiver.next('/alert', 150), run]);
		await alerts;
		say('Both alerts arrived.');
		if (!values.once) {
			say(`The editor: ${n8n.url}   (${OWNER.email} / ${OWNER.password})`);
			say(`The NAS:    ${nas.url}   (${DEFAULT_ACCOUNT.name} / ${DEFAULT_ACCOUNT.password})`);
			say('Ctrl-C ends everything.');
			await new Promise(() => {});
		}
	} catch (error) {
		say(`The demo did not get to its end. What n8n said last:\n${n8n.log.slice(-2000)}`);
		throw error;
	} finally {
		await stop();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
