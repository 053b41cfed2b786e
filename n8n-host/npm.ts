import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { killWithUs } from './children';
import type { NodeRuntime } from './nodeRuntime';
import { elapsed, type Report } from './report';

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--package-lock=false', '--loglevel=error'];

// What a person has set up to reach the registry at all; every other npm setting of theirs, and of the npm script that
// started us, is left out, so that an installation comes out the same everywhere.
const KEPT_SETTINGS = /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https_proxy|noproxy|cafile|.*_authtoken)$/i;

export function environmentFor(node: NodeRuntime): NodeJS.ProcessEnv {
	const environment: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (/^(NODE_OPTIONS|NODE_ENV|NODE_PATH|JEST_WORKER_ID)$/.test(name)) continue;
		if (/^npm_/i.test(name) && !KEPT_SETTINGS.test(name)) continue;
		environment[name] = value;
	}
	environment.PATH = [dirname(node.path), process.env.PATH].join(delimiter);
	// Where the C++ headers of this very Node are. A setting in the environment beats one in a person's ~/.npmrc, which
	// may point at another Node's.
	if (node.headers) environment.npm_config_nodedir = node.headers;
	return environment;
}

export interface NpmRun {
	args: string[];
	folder: string;
	node: NodeRuntime;
	report?: Report;
}

/** Runs npm quietly; says now and then that it still lives; on failure throws the end of what npm said. */
export async function npm({ args, folder, node, report }: NpmRun): Promise<string> {
	const started = Date.now();
	const heartbeat = setInterval(() => {
		const packages = countPackages(folder);
		report?.(`  ... ${elapsed(started)}${packages ? `, ${packages} packages` : ''}`);
	}, 10_000);
	try {
		return await run([...args, ...QUIET], folder, environmentFor(node));
	} finally {
		clearInterval(heartbeat);
	}
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
	return new Promise((resolve, reject) => {
		const windows = process.platform === 'win32';
		const child = spawn(windows ? 'npm.cmd' : 'npm', args, { cwd, env, shell: windows, detached: !windows });
		killWithUs(child);
		let stdout = '';
		let said = '';
		child.stdout.on('data', (chunk) => ((stdout += chunk), (said += chunk)));
		child.stderr.on('data', (chunk) => (said += chunk));
		child.once('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
		child.once('close', (code, signal) => {
			if (code === 0) return resolve(stdout);
			const tail = said.trim().split('\n').slice(-25).join('\n');
			reject(new Error(`"npm ${args[0]} ${args[1] ?? ''}" in ${cwd} ended with ${signal ?? code}:\n${tail}`));
		});
	});
}

function countPackages(folder: string): number {
	const modules = join(folder, 'node_modules');
	try {
		return readdirSync(modules)
			.filter((name) => !name.startsWith('.'))
			.reduce((sum, name) => sum + (name.startsWith('@') ? readdirSync(join(modules, name)).length : 1), 0);
	} catch {
		return 0;
	}
}
