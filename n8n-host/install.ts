import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildOnce, cacheHome } from './cache';
import { nodeFor, type NodeRuntime } from './nodeRuntime';
import { environmentFor, npm } from './npm';
import { elapsed, type Report } from './report';
import type { N8nRelease } from './versions';

export interface InstalledN8n {
	release: N8nRelease;
	node: NodeRuntime;
	/** n8n's command, a script for `node`. */
	command: string;
}

/** A pinned n8n, ready to start. The first time takes minutes; afterwards a file is looked at. */
export async function installN8n(release: N8nRelease, report: Report = () => {}): Promise<InstalledN8n> {
	const node = await nodeFor(release, report);
	const folder = join(cacheHome(), `n8n-${release.version}`);
	// A native module compiled for one Node crashes another, so the Node is part of what is installed.
	const recipe = `n8n@${release.version} node${node.major}`;
	await buildOnce(folder, recipe, () => fill(folder, release, node, report), report);
	return { release, node, command: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function fill(folder: string, release: N8nRelease, node: NodeRuntime, report: Report): Promise<void> {
	const started = Date.now();
	report(`Installing n8n ${release.version} into ${folder}: once, 3 to 8 minutes, 2 to 3 GB`);
	const dependencies = { n8n: release.version };
	const manifest = { private: true, dependencies, overrides: release.overrides };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));

	report('step 1 of 3: download n8n and its packages');
	// Without install scripts: several of them fetch from, or build for, things n8n does not need here (Kafka's takes
	// five minutes and fails the whole installation). The one that counts follows.
	await npm({ args: ['install', '--omit=dev', '--ignore-scripts=true'], folder, node, report });

	report('step 2 of 3: compile sqlite3, the database');
	await npm({ args: ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], folder, node, report })
		.catch((error: Error) => {
			throw new Error(`${error.message}\nsqlite3 is compiled here: that needs python3, make and a C++ compiler.`);
		});

	report('step 3 of 3: try it');
	tryDatabase(folder, node);
	report(`n8n ${release.version} installed in ${elapsed(started)}`);
}

/** npm ends well even if it decided to run no script at all; so the module itself is asked. */
function tryDatabase(folder: string, node: NodeRuntime): void {
	const query = 'new (require("sqlite3").Database)(":memory:").get("select 1", (e) => process.exit(e ? 1 : 0))';
	execFileSync(node.path, ['-e', query], { cwd: folder, env: environmentFor(node), stdio: 'pipe' });
}
