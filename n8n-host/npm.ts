import { spawn } from 'node:child_process';
import { COUNTABLE, NpmOutput, type PackageCounts } from './npmOutput';

export type Say = (line: string) => void;

export interface NpmCall {
	folder: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** What is installed, for an error. */
	what: string;
	/** Called whenever npm prints something. */
	onCounts?: (counts: PackageCounts) => void;
}

export interface NpmResult {
	code: number | null;
	output: NpmOutput;
}

/** One run of npm, whatever its outcome. */
export async function runNpm({ folder, args, env, onCounts }: NpmCall): Promise<NpmResult> {
	const child = spawn('npm', args, {
		cwd: folder,
		env: env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const output = new NpmOutput();
	const keep = (chunk: Buffer): void => {
		output.push(chunk.toString());
		onCounts?.(output.counts);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, output };
}

function expectSuccess({ code, output }: NpmResult, what: string): void {
	if (code !== 0) throw new Error(`${what}: npm ended with ${code}.\n${output.text}`);
}

/** Runs npm in a folder. What it prints is part of the error. */
export async function npm(call: NpmCall, run = runNpm): Promise<void> {
	expectSuccess(await run(call), call.what);
}

/**
 * `npm install`, with the metadata in npm's cache where there is any: npm then finds out in half the
 * time what to install. A version newer than the metadata is not found that way, so that is tried
 * once more with fresh metadata.
 */
export async function npmInstall(call: NpmCall, run = runNpm): Promise<void> {
	const args = ['install', ...call.args, ...COUNTABLE];
	const first = await run({ ...call, args: [...args, '--prefer-offline'] });
	if (first.code !== 0 && first.output.isNotFound) await npm({ ...call, args }, run);
	else expectSuccess(first, call.what);
}
