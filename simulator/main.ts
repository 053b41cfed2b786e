import { parseArgs } from 'node:util';
import {
	demoTasks,
	DEFAULT_ACCOUNT,
	startNas,
	wallClock,
	type DsmVersion,
	type TaskSpec,
} from './index';

const HELP = `A simulated Synology NAS with Hyper Backup, on this machine only.

  npm run nas -- [options]

  --port N          default 5000
  --dsm VERSION     6.2, 7.0, 7.1, 7.2 (default) or 7.4
  --dialect NAME    dsm (default) or documented
  --speed N         how much faster than life its clock runs (default 1)
  --time-zone ZONE  IANA, default Europe/Berlin
  --tls             https with a self-signed certificate
  --tasks N         N tasks that are all alike, in place of the demo's
  --answer-after MS the time it takes for each answer
  --fleet N         N of these NASes, each on a port of its own
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
			tasks: { type: 'string' },
			'answer-after': { type: 'string', default: '0' },
			fleet: { type: 'string', default: '1' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return void process.stdout.write(HELP);
	const clock = wallClock(Number(values.speed));
	for (let index = 0; index < Number(values.fleet); index++) {
		const nas = await startNas({
			port: index === 0 ? Number(values.port) : 0,
			dsm: values.dsm as DsmVersion,
			dialect: values.dialect as 'dsm' | 'documented',
			timeZone: values['time-zone'],
			tls: values.tls,
			clock,
			answerAfter: Number(values['answer-after']),
			tasks:
				values.tasks === undefined
					? demoTasks(clock.now())
					: manyTasks(Number(values.tasks), clock.now()),
		});
		process.stdout.write(`NAS address  ${nas.url}\n`);
		if (index > 0) continue;
		const lines = [
			`Username     ${DEFAULT_ACCOUNT.name}`,
			`Password     ${DEFAULT_ACCOUNT.password}`,
			'',
			...(values.tasks === undefined
				? nas.tasks.map(({ id, name, result }) => `Task ${id}: ${name} (${result})`)
				: [`${values.tasks} tasks`]),
		];
		process.stdout.write(`${lines.join('\n')}\n`);
	}
	process.stdout.write('\nCtrl-C ends it.\n');
}

function manyTasks(count: number, now: number): TaskSpec[] {
	return Array.from({ length: count }, (_, index) => ({
		id: index + 1,
		name: `Department ${index + 1} to the vault`,
		targetId: `department_${index + 1}.hbk`,
		schedule: { hour: 2, minute: index % 60 },
		lastRun: { result: 'done', endedAt: now - (3600 + index) * 1000, durationSeconds: 600 },
	}));
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
