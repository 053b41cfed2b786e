import { runProgram, type ProgramResult } from './program';

export interface NpmCall {
	folder: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** What is installed, for an error. */
	what: string;
}

/** The codes of npm's errors for a version that does not exist, as far as npm's metadata knows. */
const NOT_FOUND = /^npm (?:error|ERR!) code (?:ETARGET|ENOVERSIONS|E404)\b/m;

/** One run of npm, whatever its outcome. */
async function runNpm({ folder, args, env }: NpmCall): Promise<ProgramResult> {
	return await runProgram({
		command: 'npm',
		args,
		folder,
		env,
		shell: process.platform === 'win32',
	});
}

function expectSuccess({ code, text }: ProgramResult, what: string): void {
	if (code !== 0) throw new Error(`${what}: npm ended with ${code}.\n${text}`);
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
	const args = ['install', ...call.args];
	const first = await run({ ...call, args: [...args, '--prefer-offline'] });
	if (first.code !== 0 && NOT_FOUND.test(first.text)) await npm({ ...call, args }, run);
	else expectSuccess(first, call.what);
}
