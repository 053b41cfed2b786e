import { join } from 'node:path';
import { PnpmOutput, type PackageCounts } from './pnpmOutput';
import { runProgram, type Program } from './program';

export interface PnpmCall {
	/** pnpm's own start file. */
	pnpm: string;
	/** Where its store and its caches are: with the install folder on one disk, so that it can link. */
	home: string;
	/** Where to install what the manifest there names. */
	folder: string;
	/** The Node that will run it, which may be another than the one that runs pnpm. */
	nodeVersion: string;
	/** What is installed, for an error. */
	what: string;
	/** Called whenever a package has got to another stage. */
	onCounts?: (counts: PackageCounts) => void;
}

const configOf = ({ home, nodeVersion }: PnpmCall): Record<string, string> => ({
	// Everything that it keeps, so that one folder can be deleted.
	'store-dir': join(home, 'pnpm-store'),
	'cache-dir': join(home, 'pnpm-cache'),
	'state-dir': join(home, 'pnpm-state'),
	// The folders of npm, in which n8n finds its packages.
	'node-linker': 'hoisted',
	'node-version': nodeVersion,
	lockfile: 'false',
	// n8n's packages disagree about their peers in each of its versions.
	'strict-peer-dependencies': 'false',
	// It is itself, whatever a project around the folder asks for.
	'manage-package-manager-versions': 'false',
	'package-manager-strict': 'false',
	'update-notifier': 'false',
});

function programOf(call: PnpmCall): Program {
	const config = Object.entries(configOf(call)).map(([name, value]) => `--config.${name}=${value}`);
	return {
		command: process.execPath,
		args: [
			call.pnpm,
			'install',
			'--prod',
			'--ignore-scripts',
			'--ignore-workspace',
			// With its metadata as it is. Where that has no fitting version, pnpm itself fetches it anew.
			'--prefer-offline',
			'--reporter=ndjson',
			...config,
		],
		folder: call.folder,
		env: { ...process.env, CI: 'true' },
	};
}

/** `pnpm install`. Its own error is part of the error. */
export async function pnpmInstall(call: PnpmCall, run = runProgram): Promise<void> {
	const output = new PnpmOutput(call.onCounts);
	const { code, text } = await run(programOf(call), (line) => output.read(line));
	if (code !== 0) throw new Error(`${call.what}: pnpm ended with ${code}.\n${text}`);
}
