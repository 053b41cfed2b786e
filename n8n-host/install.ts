import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { isComplete, once } from './cache';
import { lockOf } from './lock';
import { npm, type Say } from './npm';
import { installPackages, type OnPackages } from './packages';
import { NODE_24, needsOf } from './versions';

/** An n8n that can be started. */
export interface Installed {
	version: string;
	/** The Node to run it with. */
	node: string;
	/** n8n's own start file. */
	bin: string;
}

interface Runtime {
	node: string;
	/** Of a Node that was installed for n8n, with the headers native modules are built against. */
	prefix?: string;
}

const FLAGS = [
	'--omit=dev',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--package-lock=false',
	'--prefer-offline',
	'--loglevel=error',
];

const folderOf = (version: string): string => `n8n-${version}`;

export const isInstalled = (version: string): boolean => isComplete(folderOf(version));

/**
 * Installs this n8n beside the project, if it is not there yet: about 2 GB. The packages, which are most of the work, are unpacked
 * while the Node it needs and its database driver are made ready.
 */
export async function installN8n(
	version: string,
	say: Say = () => {},
	onPackages: OnPackages = () => {},
): Promise<Installed> {
	let runtime: Promise<Runtime> | undefined;
	const folder = await once(folderOf(version), say, async (empty) => {
		say(`Installing n8n ${version} into ${empty}`);
		runtime = nodeFor(version, say);
		const [driver] = await Promise.all([
			runtime.then(async (found) => await databaseDriver(version, found, say)),
			n8nPackages(version, empty, say, onPackages),
		]);
		putDriver(driver, version, empty);
	});
	const { node } = await (runtime ?? nodeFor(version, say));
	return { version, node, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** The Node in use if it fits, otherwise Node 24 from npm. */
async function nodeFor(version: string, say: Say): Promise<Runtime> {
	const { majors } = needsOf(version);
	if (majors.includes(Number(process.versions.node.split('.')[0])))
		return { node: process.execPath };
	if (!majors.includes(24)) {
		throw new Error(
			`n8n ${version} needs Node ${majors.join(' or ')}; this is Node ${process.versions.node}`,
		);
	}
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${system}-${process.arch}`;
	const folder = await once(`node-${NODE_24}`, say, async (empty) => {
		say(`n8n ${version} needs Node 24, so Node ${NODE_24} is installed from npm beside it`);
		await npmInstall(empty, { [name]: NODE_24 }, 'Node 24', say);
	});
	const prefix = join(folder, 'node_modules', name);
	return { node: join(prefix, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'), prefix };
}

/**
 * n8n's database driver, whose native part npm downloads or, where it cannot, compiles. It is the same for every Node. Not optimized
 * it compiles in a quarter of the time, and a demo's or a test's database is small.
 */
async function databaseDriver(
	version: string,
	{ node, prefix }: Runtime,
	say: Say,
): Promise<string> {
	const { sqlite3 } = needsOf(version);
	const folder = await once(`sqlite3-${sqlite3}`, say, async (empty) => {
		await npmInstall(empty, { sqlite3 }, 'the database driver', say, {
			flags: ['--ignore-scripts=false'],
			env: {
				PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
				CFLAGS: '-O0',
				CXXFLAGS: '-O0',
				...(prefix === undefined ? {} : { npm_config_nodedir: prefix }),
			},
		});
	});
	return join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
}

/** Without install scripts: one of them wants to download sources, and only the database driver has a native part that is needed. */
async function n8nPackages(
	version: string,
	folder: string,
	say: Say,
	onPackages: OnPackages,
): Promise<void> {
	const locked = lockOf(version);
	if (locked) return await installPackages(folder, locked, onPackages);
	say(`There is no list of the packages of n8n ${version}, so npm makes one: some minutes more`);
	const { overrides } = needsOf(version);
	await npmInstall(folder, { n8n: version }, `n8n ${version}`, say, { overrides });
}

function putDriver(driver: string, version: string, folder: string): void {
	const there = join(folder, 'node_modules', 'sqlite3');
	const found = JSON.parse(readFileSync(join(there, 'package.json'), 'utf8')) as {
		version: string;
	};
	const { sqlite3 } = needsOf(version);
	if (found.version !== sqlite3)
		throw new Error(
			`n8n ${version} wants sqlite3 ${found.version}, not ${sqlite3}: put that into n8n-host/versions.ts`,
		);
	const release = join(there, 'build', 'Release');
	mkdirSync(release, { recursive: true });
	cpSync(driver, join(release, 'node_sqlite3.node'));
}

async function npmInstall(
	folder: string,
	dependencies: Record<string, string>,
	what: string,
	say: Say,
	{
		overrides,
		flags = [],
		env = {},
	}: { overrides?: Record<string, string>; flags?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ private: true, dependencies, overrides }),
	);
	await npm(folder, ['install', ...FLAGS, ...flags], { ...process.env, ...env }, what, say);
}
