import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Say = (line: string) => void;

/** A program that installs something. */
export interface Program {
	command: string;
	args: string[];
	folder: string;
	env?: NodeJS.ProcessEnv;
	/** Through the system's shell, which finds scripts where Windows itself does not. */
	shell?: boolean;
}

export interface ProgramResult {
	code: number | null;
	/** The end of what it printed, for an error. */
	text: string;
}

/** So many characters of a program's output are kept. */
const KEPT = 8000;

/**
 * Runs a program to its end, whatever its outcome. It cannot ask anything.
 *
 * @param textOf what of a printed line belongs into an error, if anything
 */
export async function runProgram(
	{ command, args, folder, env, shell }: Program,
	textOf: (line: string) => string | undefined = (line) => line,
): Promise<ProgramResult> {
	const child = spawn(command, args, {
		cwd: folder,
		env: env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell,
	});
	let text = '';
	const keep = (line: string): void => {
		const kept = textOf(line);
		if (kept !== undefined) text = `${text}${kept}\n`.slice(-KEPT);
	};
	// Each stream has its own lines: one that comes in pieces is not mixed with the other stream's.
	for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', keep);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, text };
}
