/**
 * `npm run versions`: which n8n there is, and which one this project is tested with. With
 * `--raise`, all pins go to the newest together.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NEWEST } from '../../n8n-host/versions';
import { compareVersions, isVersion, offered, releaseOf } from './offered';
import { raisePins } from './pins';
import { npmRegistry, type Registry } from './registry';

const ROOT = join(__dirname, '../..');

const USAGE = 'npm run versions -- [--newer] [--raise] [--to x.y.z]';

/** What to do after the pins have been raised, in this order. */
const NEXT = [
	'npm install',
	'npm run docs',
	'npm run lint && npm test',
	'npm run test:e2e && npm run test:ui && npm run test:scale',
];

interface Files {
	read: (file: string) => string;
	write: (file: string, text: string) => void;
}

export function versions(
	args: string[],
	{ read, write }: Files,
	registry: Registry,
	tested = NEWEST,
): string[] {
	const { values } = parseArgs({
		args,
		options: {
			newer: { type: 'boolean' },
			raise: { type: 'boolean' },
			to: { type: 'string' },
		},
	});
	const { stable, newest, incomplete } = offered(registry, tested);
	const isNewer = compareVersions(newest, tested) > 0;
	// For scripts: the version, or nothing.
	if (values.newer) return isNewer ? [newest] : [];
	const lines = [
		`Tested with: n8n ${tested}`,
		`Newest: n8n ${newest}${isNewer ? '' : ', which is not newer'}`,
		`Recommended by n8n: ${stable}`,
		...incomplete.map((line) => `Cannot be installed from this registry: ${line}`),
	];
	const target = values.to ?? newest;
	if (!isVersion(target)) throw new Error(`'${String(values.to)}' is no version`);
	if (!values.raise) return isNewer ? [...lines, 'To raise the pins: --raise'] : lines;
	if (target === tested) return [...lines, 'Nothing to raise'];
	const release = releaseOf(registry, target);
	const files = raisePins(release, read, write);
	const { core, workflow, node } = release;
	return [
		...lines,
		`Raised to n8n ${target} (n8n-core ${core}, n8n-workflow ${workflow}, Node ${node}):`,
		...files.map((file) => `  ${file}`),
		'Next:',
		...NEXT.map((command) => `  ${command}`),
	];
}

if (require.main === module) {
	try {
		const files: Files = {
			read: (file) => readFileSync(join(ROOT, file), 'utf8'),
			write: (file, text) => writeFileSync(join(ROOT, file), text),
		};
		const lines = versions(process.argv.slice(2), files, npmRegistry);
		process.stdout.write(lines.map((line) => `${line}\n`).join(''));
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
		process.exitCode = 1;
	}
}
