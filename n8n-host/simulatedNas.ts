import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './ports';

/**
 * The built-in NAS simulator as a process of its own, so that neither its work nor its memory
 * counts as ours.
 */
export interface SimulatedNas {
	/** One for each NAS. */
	urls: string[];
	/** What `simulator/control.ts` offers: a body makes it a POST. */
	control: <T>(path: string, body?: object, nas?: number) => Promise<T>;
	stop: () => void;
}

/**
 * `options` as `npm run nas -- --help` lists them. With `fleet`, so many NASes on ports of their
 * own, one after the other.
 */
export async function startSimulatedNas(
	options: Record<string, string | number> = {},
): Promise<SimulatedNas> {
	const port = await freePort();
	const flags = Object.entries({ port, quoting: 'strict', ...options }).flatMap(([name, value]) => [
		`--${name}`,
		String(value),
	]);
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(__dirname, '../simulator/main.ts'), ...flags],
		{ cwd: join(__dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'] },
	);
	process.once('exit', () => child.kill('SIGKILL'));
	let output = '';
	await new Promise<void>((resolve, reject) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.includes('Ctrl-C ends it.')) resolve();
		});
		child.once('exit', () => reject(new Error('The simulated NAS ended at its start')));
	});
	const urls = [...output.matchAll(/^NAS address\s+(\S+)$/gm)].map(([, url]) => url!);
	return {
		urls,
		control: async <T>(path: string, body?: object, nas = 0) =>
			(await (
				await fetch(
					`${urls[nas]!}/_simulator/${path}`,
					body ? { method: 'POST', body: JSON.stringify(body) } : {},
				)
			).json()) as T,
		stop: () => void child.kill('SIGKILL'),
	};
}
