import { demoTasks, DEFAULT_ACCOUNT, startNas, wallClock, type TaskSpec } from './index';
import { COMMAND_LINE_HELP, readCommandLine } from './commandLine';

async function main(): Promise<void> {
	const given = readCommandLine(process.argv.slice(2));
	if (given.help) return void process.stdout.write(COMMAND_LINE_HELP);
	const clock = wallClock(given.speed);
	const tasks = (): TaskSpec[] =>
		given.tasks === undefined ? demoTasks(clock.now()) : manyTasks(given.tasks, clock.now());
	for (let index = 0; index < given.fleet; index++) {
		const nas = await startNas({
			...given.options,
			port: index === 0 ? given.options.port : 0,
			clock,
			tasks: tasks(),
		});
		process.stdout.write(`NAS address  ${nas.url}\n`);
		if (index > 0) continue;
		const lines = [
			`Username     ${DEFAULT_ACCOUNT.name}`,
			`Password     ${DEFAULT_ACCOUNT.password}`,
			'',
			...(given.tasks === undefined
				? nas.tasks.map(({ id, name, result }) => `Task ${id}: ${name} (${result})`)
				: [`${given.tasks} tasks`]),
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
