import 'reflect-metadata';
import './publishedNodes';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { NEWEST } from '../n8n-host/versions';
import { countRequests } from './counts';
import { measureLoad } from './load';
import { measureOperations } from './operations';
import { measurePolls } from './polls';
import { markdown, type Results } from './report';

const ROOT = join(__dirname, '..');
const quick = process.argv.includes('--quick');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	process.env.N8N_LOG_LEVEL = 'silent';
	const requestsPerOperation = await countRequests();
	say(JSON.stringify(requestsPerOperation));
	const polls = await measurePolls(say, quick);
	const load = await measureLoad(ROOT, say, quick);
	const settings = await measureOperations(say, quick);
	const [first, slow] = settings;
	const results: Results = {
		machine: {
			cpu: cpus()[0]?.model.trim() ?? 'unknown',
			cores: cpus().length,
			memoryGB: Math.round(totalmem() / 2 ** 30),
			node: process.version,
			n8n: NEWEST,
			date: new Date().toISOString().slice(0, 10),
		},
		requestsPerOperation,
		requestsPerPoll: Object.fromEntries(polls.map(({ tasks, requests }) => [tasks, requests])),
		overFloor: first!.overFloor,
		overLeastNode: first!.overLeastNode,
		overHandBuilt: first!.overHandBuilt,
		overHandBuiltSlowNas: slow!.overHandBuilt,
		floorOverHandBuilt: first!.floorOverHandBuilt,
		pollCpuOverFetch: Object.fromEntries(
			polls.map(({ tasks, cpuOverFetch }) => [tasks, cpuOverFetch]),
		),
		unpackedBytes: load.unpackedBytes,
		settings,
		polls,
		load,
	};
	const text = markdown(results);
	say(text);
	if (quick) return;
	writeFileSync(join(ROOT, 'docs', 'benchmarks.json'), `${JSON.stringify(results, null, '\t')}\n`);
	writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), text);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(
			`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
		);
		process.exit(1);
	},
);
