import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { npm, type Say } from './npm';
import { NODE_24, needsOf } from './versions';

/** An n8n that can be started. */
export interface Installed {
	version: string;
	/** The Node to run it with. */
	node: string;
	/** n8n's own start file. */
	bin: string;
}

/** Outside the project: gigabytes that survive a clean checkout, and that nothing depends on. */
function home(): string {
	const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
	return process.env.HYPER_BACKUP_N8N_HOME ?? join(cache, 'n8n-nodes-synology-hyper-backup');
}

const FLAGS = [
	'--omit=dev',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--package-lock=false',
	'--loglevel=error',
];

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
	mkdirSync(home(), { recursive: true });
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

/**
 * Installs into an empty folder once; the mark is written last, so half an install is done again.
 */
async function once(
	name: string,
	say: Say,
	work: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(home(), name);
	await locked(folder, say, async () => {
		const mark = join(folder, '.complete');
		if (existsSync(mark)) return;
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await work(folder);
		writeFileSync(mark, new Date().toISOString());
	});
	return folder;
}

/**
 * The Node in use if it fits, otherwise Node 24 from npm: a whole prefix, with the headers native
 * modules are built against.
 */
async function nodeFor(version: string, say: Say): Promise<{ node: string; prefix?: string }> {
	const major = Number(process.versions.node.split('.')[0]);
	if (needsOf(version).majors.includes(major)) return { node: process.execPath };
	if (!needsOf(version).majors.includes(24)) {
		throw new Error(
			`n8n ${version} needs Node ${needsOf(version).majors.join(' or ')}; this is Node ${process.versions.node}`,
		);
	}
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const pack = `node-${system}-${process.arch}`;
	const folder = await once(`node-${NODE_24}`, say, async (empty) => {
		say(
			`n8n ${version} needs Node 24, this is Node ${process.versions.node}: installing Node ${NODE_24} from npm beside it`,
		);
		writeFileSync(
			join(empty, 'package.json'),
			JSON.stringify({ private: true, dependencies: { [pack]: NODE_24 } }),
		);
		await npm(empty, ['install', ...FLAGS], process.env, 'Node 24', say);
	});
	const prefix = join(folder, 'node_modules', pack);
	return { node: join(prefix, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'), prefix };
}

/**
 * n8n's database driver, whose native part npm fetches or - where it cannot - compiles, which takes
 * two minutes of one core.
 */
async function databaseDriver(
	version: string,
	{ node, prefix }: { node: string; prefix?: string },
	say: Say,
): Promise<string> {
	const major = prefix === undefined ? process.versions.node.split('.')[0] : NODE_24.split('.')[0];
	const folder = await once(`sqlite3-${version}-node${major}`, say, async (empty) => {
		writeFileSync(
			join(empty, 'package.json'),
			JSON.stringify({ private: true, dependencies: { sqlite3: version } }),
		);
		await npm(
			empty,
			['install', ...FLAGS.filter((flag) => flag !== '--ignore-scripts'), '--ignore-scripts=false'],
			{
				...process.env,
				PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
				...(prefix === undefined ? {} : { npm_config_nodedir: prefix }),
			},
			'the database driver',
			say,
		);
	});
	return join(folder, 'node_modules', 'sqlite3', 'build');
}

/**
 * Installs this n8n from npm beside the project, if it is not there yet. Several minutes and two to
 * three gigabytes the first time.
 */
export async function installN8n(version: string, say: Say = () => {}): Promise<Installed> {
	const runtime = await nodeFor(version, say);
	const folder = await once(`n8n-${version}`, say, async (empty) => {
		say(`Installing n8n ${version} from npm into ${empty}: several minutes, once`);
		const { overrides, sqlite3 } = needsOf(version);
		writeFileSync(
			join(empty, 'package.json'),
			JSON.stringify({ private: true, dependencies: { n8n: version }, overrides }),
		);
		// Without install scripts: one of them wants to download sources. Only the database driver has
		// a native part that is needed; it is made meanwhile.
		const [driver] = await Promise.all([
			databaseDriver(sqlite3, runtime, say),
			npm(empty, ['install', ...FLAGS], process.env, `n8n ${version}`, say),
		]);
		const there = join(empty, 'node_modules', 'sqlite3');
		const { version: wanted } = JSON.parse(readFileSync(join(there, 'package.json'), 'utf8')) as {
			version: string;
		};
		if (wanted !== sqlite3)
			throw new Error(
				`n8n ${version} wants sqlite3 ${wanted}, not ${sqlite3}: put that into n8n-host/versions.ts`,
			);
		cpSync(driver, join(there, 'build'), { recursive: true });
	});
	return { version, node: runtime.node, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}
