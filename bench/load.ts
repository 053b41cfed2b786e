import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installN8n } from '../n8n-host/install';
import { packProject } from '../n8n-host/pack';
import { NEWEST } from '../n8n-host/versions';
import { median, rounded } from './statistics';

export interface LoadCost {
	/** Of both nodes and the credential, beyond what n8n has loaded anyway. */
	modules: number;
	loadedBytes: number;
	loadMs: number;
	/** The node of n8n's own with a credential that loads the fewest bytes. */
	smallest: { name: string; modules: number; loadedBytes: number; loadMs: number };
	timeOverSmallest: number;
	/** Of the published package, unpacked. */
	unpackedBytes: number;
	tarballBytes: number;
	runtimeDependencies: number;
}

interface Loaded {
	modules: number;
	bytes: number;
	ms: number;
}

/**
 * In a process with n8n-workflow there already, as in n8n: requires the files, makes the classes,
 * and reports what that took.
 */
const LOADER = `
const fs = require('fs');
require('n8n-workflow');
const before = new Set(Object.keys(require.cache));
const start = process.hrtime.bigint();
for (const file of process.argv.slice(1)) for (const Type of Object.values(require(file))) if (typeof Type === 'function') { try { new Type(); } catch {} }
const ms = Number(process.hrtime.bigint() - start) / 1e6;
const added = Object.keys(require.cache).filter((file) => !before.has(file));
console.log(JSON.stringify({ modules: added.length, bytes: added.reduce((sum, file) => sum + fs.statSync(file).size, 0), ms }));
`;

function load(node: string, modules: string, files: string[]): Loaded {
	const { stdout, status } = spawnSync(node, ['-e', LOADER, ...files], {
		cwd: tmpdir(),
		env: { NODE_PATH: modules, PATH: process.env.PATH },
		encoding: 'utf8',
		timeout: 60_000,
	});
	if (status !== 0) throw new Error(`Cannot load ${files[0]}`);
	return JSON.parse(stdout.trim().split('\n').pop()!) as Loaded;
}

function nodeFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.node.js'))
		.map((file) => join(folder, file));
}

/** The ten shortest node files that name a credential, each with that credential's file. */
function smallNodes(base: string): Array<{ name: string; files: string[] }> {
	return nodeFiles(join(base, 'dist', 'nodes'))
		.map((file) => ({ file, size: statSync(file).size, text: readFileSync(file, 'utf8') }))
		.filter(({ text }) => /credentials: \[/.test(text) && !/Trigger/.test(text))
		.sort((a, b) => a.size - b.size)
		.slice(0, 10)
		.flatMap(({ file, text }) => {
			const credential = /credentials: \[\s*\{\s*name: '(\w+)'/.exec(text)?.[1];
			const path =
				credential &&
				join(
					base,
					'dist',
					'credentials',
					`${credential[0]!.toUpperCase()}${credential.slice(1)}.credentials.js`,
				);
			return path && statSync(path, { throwIfNoEntry: false })
				? [{ name: file.slice(dirname(dirname(file)).length + 1), files: [file, path] }]
				: [];
		});
}

export async function measureLoad(
	root: string,
	say: (line: string) => void,
	quick: boolean,
): Promise<LoadCost> {
	const { bin, node } = await installN8n(NEWEST, say);
	const modules = join(bin, '..', '..', '..');
	const tarball = packProject(root);
	const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-load-'));
	spawnSync('tar', ['-xzf', tarball, '-C', folder]);
	const unpacked = join(folder, 'package');
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
		dependencies?: object;
	};
	const ours = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
		join(unpacked, file),
	);
	const candidates = smallNodes(join(modules, 'n8n-nodes-base')).map((one) => ({
		...one,
		loaded: load(node, modules, one.files),
	}));
	const smallest = candidates.sort((a, b) => a.loaded.bytes - b.loaded.bytes)[0]!;
	const pairs = Array.from({ length: quick ? 5 : 21 }, (): [Loaded, Loaded] => [
		load(node, modules, ours),
		load(node, modules, smallest.files),
	]);
	const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
		.map((file) => statSync(join(unpacked, file)))
		.filter((stat) => stat.isFile());
	return {
		modules: pairs[0]![0].modules,
		loadedBytes: pairs[0]![0].bytes,
		loadMs: rounded(median(pairs.map(([one]) => one.ms))),
		smallest: {
			name: smallest.name,
			modules: pairs[0]![1].modules,
			loadedBytes: pairs[0]![1].bytes,
			loadMs: rounded(median(pairs.map(([, other]) => other.ms))),
		},
		timeOverSmallest: rounded(median(pairs.map(([one, other]) => one.ms / other.ms))),
		unpackedBytes: files.reduce((sum, { size }) => sum + size, 0),
		tarballBytes: statSync(tarball).size,
		runtimeDependencies: Object.keys(manifest.dependencies ?? {}).length,
	};
}
