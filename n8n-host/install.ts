import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { linesPerTenth, type InstallProgress, type InstallStep } from './installProgress';
import { npmInstall } from './npm';
import { pnpmInstall } from './pnpm';
import type { Say } from './program';
import { NODE_24, needsOf, PNPM } from './versions';

/** An n8n that can be started. */
export interface Installed {
	version: string;
	/** The Node to run it with. */
	node: string;
	/** n8n's own start file. */
	bin: string;
}

/** Outside the project: gigabytes that survive a clean checkout, and that nothing depends on. */
export function installHome(): string {
	const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
	return process.env.HYPER_BACKUP_N8N_HOME ?? join(cache, 'n8n-nodes-synology-hyper-backup');
}

const FLAGS = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--package-lock=false'];

const markOf = (name: string): string => join(installHome(), name, '.complete');

const isComplete = (name: string): boolean => existsSync(markOf(name));

const nodeFolder = `node-${NODE_24}`;
const pnpmFolder = `pnpm-${PNPM}`;
const n8nFolder = (version: string): string => `n8n-${version}`;

/** The Node in use cannot run this n8n, so Node 24 is installed beside it. */
function needsNode24(version: string): boolean {
	const major = Number(process.versions.node.split('.')[0]);
	return !needsOf(version).majors.includes(major);
}

/** A driver is made for a version of Node. */
function driverFolder(version: string): string {
	const major = needsNode24(version) ? NODE_24.split('.')[0] : process.versions.node.split('.')[0];
	return `sqlite3-${needsOf(version).sqlite3}-node${major}`;
}

/** What is not installed yet, in the order in which it begins. */
export function missingSteps(version: string): InstallStep[] {
	const missing: InstallStep[] = [];
	if (needsNode24(version) && !isComplete(nodeFolder)) missing.push('node');
	if (isComplete(n8nFolder(version))) return missing;
	if (!isComplete(pnpmFolder)) missing.push('pnpm');
	missing.push('n8n');
	if (!isComplete(driverFolder(version))) missing.push('driver');
	return missing;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/**
 * One process installs into a folder at a time; the others wait. A lock whose process is gone is
 * taken over.
 */
async function locked<T>(folder: string, say: Say, work: () => Promise<T>): Promise<T> {
	const lock = `${folder}.lock`;
	mkdirSync(installHome(), { recursive: true });
	for (let reported = false; ;) {
		try {
			writeFileSync(lock, String(process.pid), { flag: 'wx' });
			break;
		} catch {
			const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
			if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
			else {
				if (!reported) say(`Waiting for another install in ${folder}`);
				reported = true;
				await pause(1000);
			}
		}
	}
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

/** How an install is shown. */
interface Shown {
	say: Say;
	progress: InstallProgress;
}

/**
 * Installs into an empty folder once; the mark is written last, so half an install is done again.
 */
async function once(
	name: string,
	step: InstallStep,
	{ say, progress }: Shown,
	work: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(installHome(), name);
	await locked(folder, say, async () => {
		if (isComplete(name)) return;
		progress.begin(step);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await work(folder);
		writeFileSync(markOf(name), new Date().toISOString());
		progress.end(step);
	});
	return folder;
}

const writeManifest = (folder: string, manifest: object): void =>
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));

interface NodeToUse {
	node: string;
	/** Of a Node from npm: its prefix, with the headers native modules are built against. */
	prefix?: string;
}

/** A Node that is too new gets no older one beside it. */
function refuseUnfitNode(version: string): void {
	const { majors } = needsOf(version);
	if (!needsNode24(version) || majors.includes(24)) return;
	throw new Error(
		`n8n ${version} needs Node ${majors.join(' or ')}; this is Node ${process.versions.node}`,
	);
}

/** The Node in use if it fits, otherwise Node 24 from npm. */
async function nodeFor(version: string, shown: Shown): Promise<NodeToUse> {
	if (!needsNode24(version)) return { node: process.execPath };
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const pack = `node-${system}-${process.arch}`;
	const folder = await once(nodeFolder, 'node', shown, async (empty) => {
		shown.say(
			`n8n ${version} needs Node 24, this is Node ${process.versions.node}: installing Node ${NODE_24} from npm beside it`,
		);
		writeManifest(empty, { dependencies: { [pack]: NODE_24 } });
		await npmInstall({ folder: empty, args: FLAGS, what: 'Node 24' });
	});
	const prefix = join(folder, 'node_modules', pack);
	return { node: join(prefix, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'), prefix };
}

/** pnpm installs n8n in less than half the time that npm takes. npm brings it in. */
async function ensurePnpm(shown: Shown): Promise<void> {
	await once(pnpmFolder, 'pnpm', shown, async (empty) => {
		writeManifest(empty, { dependencies: { pnpm: PNPM } });
		await npmInstall({ folder: empty, args: FLAGS, what: `pnpm ${PNPM}` });
	});
}

/**
 * n8n's database driver, whose native part npm fetches or - where it cannot - compiles. SQLite at
 * full optimization takes the compiler twice as long, while pnpm needs the processor for n8n.
 */
async function databaseDriver(
	version: string,
	runtime: Promise<NodeToUse>,
	shown: Shown,
): Promise<string> {
	const { node, prefix } = await runtime;
	const folder = await once(driverFolder(version), 'driver', shown, async (empty) => {
		writeManifest(empty, { dependencies: { sqlite3: needsOf(version).sqlite3 } });
		await npmInstall({
			folder: empty,
			args: [...FLAGS.filter((flag) => flag !== '--ignore-scripts'), '--ignore-scripts=false'],
			env: {
				...process.env,
				CFLAGS: '-O1',
				CXXFLAGS: '-O1',
				PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
				...(prefix === undefined ? {} : { npm_config_nodedir: prefix }),
			},
			what: 'the database driver',
		});
	});
	return join(folder, 'node_modules', 'sqlite3', 'build');
}

/** The driver was made for the version that is written down; n8n has to want the same. */
function addDriver(version: string, folder: string, driver: string): void {
	const { sqlite3 } = needsOf(version);
	const there = join(folder, 'node_modules', 'sqlite3');
	const { version: wanted } = JSON.parse(readFileSync(join(there, 'package.json'), 'utf8')) as {
		version: string;
	};
	if (wanted !== sqlite3)
		throw new Error(
			`n8n ${version} wants sqlite3 ${wanted}, not ${sqlite3}: put that into n8n-host/versions.ts`,
		);
	cpSync(driver, join(there, 'build'), { recursive: true });
}

/** Both, once both have ended: nothing goes on installing behind an error. */
async function bothEnded<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
	await Promise.allSettled([one, other]);
	return await Promise.all([one, other]);
}

async function n8nFiles(
	version: string,
	runtime: Promise<NodeToUse>,
	shown: Shown,
): Promise<string> {
	const name = n8nFolder(version);
	if (!isComplete(name)) await ensurePnpm(shown);
	return await once(name, 'n8n', shown, async (empty) => {
		shown.say(`Installing n8n ${version} from npm into ${empty}: a minute or more, once`);
		writeManifest(empty, {
			dependencies: { n8n: version },
			pnpm: { overrides: needsOf(version).overrides },
		});
		// Without install scripts: one of them wants to download sources. Only the database driver has
		// a native part that is needed; it is made meanwhile.
		const [driver] = await bothEnded(
			databaseDriver(version, runtime, shown),
			pnpmInstall({
				pnpm: join(installHome(), pnpmFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs'),
				home: installHome(),
				folder: empty,
				nodeVersion: needsNode24(version) ? NODE_24 : process.versions.node,
				what: `n8n ${version}`,
				onCounts: (counts) => shown.progress.packages('n8n', counts),
			}),
		);
		addDriver(version, empty, driver);
	});
}

/**
 * Installs this n8n from npm beside the project, if it is not there yet. A minute or more and two to
 * three gigabytes the first time.
 */
export async function installN8n(
	version: string,
	say: Say = () => {},
	progress: InstallProgress = linesPerTenth(say, needsOf(version).packages),
): Promise<Installed> {
	refuseUnfitNode(version);
	const shown = { say, progress };
	// Only the driver waits for Node 24: pnpm runs with the Node in use.
	const runtime = nodeFor(version, shown);
	const [{ node }, folder] = await bothEnded(runtime, n8nFiles(version, runtime, shown));
	return { version, node, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}
