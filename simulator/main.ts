import { parseArgs } from 'node:util';
import { demoTasks, DEFAULT_ACCOUNT, startNas, wallClock, type DsmVersion } from './index';

const HELP = `A simulated Synology NAS with Hyper Backup, on this machine only.

  npm run nas -- [options]

  --port N          default 5000
  --dsm VERSION     6.2, 7.0, 7.1, 7.2 (default) or 7.4
  --dialect NAME    dsm (default) or documented
  --speed N         how much faster than life its clock runs (default 1)
  --time-zone ZONE  IANA, default Europe/Berlin
  --tls             https with a self-signed certificate
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '5000' },
			dsm: { type: 'string', default: '7.2' },
			dialect: { type: 'string', default: 'dsm' },
			speed: { type: 'string', default: '1' },
			'time-zone': { type: 'string', default: 'Europe/Berlin' },
			tls: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return void process.stdout.write(HELP);
	const clock = wallClock(Number(values.speed));
	const nas = await startNas({
		port: Number(values.port),
		dsm: values.dsm as DsmVersion,
		dialect: values.dialect as 'dsm' | 'documented',
		timeZone: values['time-zone'],
		tls: values.tls,
		clock,
		tasks: demoTasks(clock.now()),
	});
	const lines = [`NAS address  ${nas.url}`, `Username     ${DEFAULT_ACCOUNT.name}`, `Password     ${DEFAULT_ACCOUNT.password}`, '', ...nas.tasks.map(({ id, name, result }) => `Task ${id}: ${name} (${result})`), '', 'Ctrl-C ends it.'];
	process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
