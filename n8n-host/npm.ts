import { spawn } from 'node:child_process';

export type Say = (line: string) => void;

/**
 * Runs npm in a folder. What it prints is kept for the error, and shown as a sign of life every
 * quarter of a minute.
 */
export async function npm(
	folder: string,
	args: string[],
	env: NodeJS.ProcessEnv,
	what: string,
	say: Say,
): Promise<void> {
	const started = Date.now();
	const child = spawn('npm', args, {
		cwd: folder,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	let output = '';
	const keep = (chunk: Buffer): void => {
		output = (output + chunk.toString()).slice(-8000);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const heartbeat = setInterval(
		() => say(`  ... ${what}, ${Math.round((Date.now() - started) / 1000)} s so far`),
		15_000,
	);
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		if (code !== 0) throw new Error(`${what}: npm ended with ${code}.\n${output}`);
	} finally {
		clearInterval(heartbeat);
	}
}
