import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkPlatform } from 'npm-install-checks';
import type { LockedPackage } from './lock';

/** How many packages of how many are there. */
export type OnPackages = (installed: number, of: number) => void;

/** What a worker is sent, and what it sends for every package. */
export interface Share {
	folder: string;
	packages: LockedPackage[];
}

export type FromWorker = 'unpacked' | { error: string };

/** Those that can run here: most packages with native parts come once for each platform. */
function runnable(packages: LockedPackage[]): LockedPackage[] {
	return packages.filter((one) => {
		try {
			checkPlatform(one);
			return true;
		} catch {
			return false;
		}
	});
}

/**
 * Unpacks locked packages into a folder, from npm's cache or the registry. `npm ci` would do the same, in four times the time: half of n8n's
 * 250,000 files are source maps and type declarations, which are left out here, and npm works on one core.
 */
export async function installPackages(
	folder: string,
	locked: LockedPackage[],
	onPackages: OnPackages,
): Promise<void> {
	const packages = runnable(locked);
	let unpacked = 0;
	onPackages(unpacked, packages.length);
	const workers = Math.min(4, availableParallelism());
	const shares = Array.from({ length: workers }, (_, worker) => ({
		folder,
		packages: packages.filter((__, index) => index % workers === worker),
	}));
	await Promise.all(
		shares.map((share) => inWorker(share, () => onPackages(++unpacked, packages.length))),
	);
}

async function inWorker(share: Share, onUnpacked: () => void): Promise<void> {
	const worker = fork(join(__dirname, 'unpackWorker.ts'), {
		execArgv: ['--import', 'tsx'],
		cwd: join(__dirname, '..'),
	});
	const stop = (): void => void worker.kill();
	process.once('exit', stop);
	try {
		await new Promise<void>((resolve, reject) => {
			let problem = '';
			worker.on('message', (message: FromWorker) => {
				if (message === 'unpacked') onUnpacked();
				else problem = message.error;
			});
			worker.once('error', reject);
			worker.once('close', (code) =>
				code === 0 ? resolve() : reject(new Error(problem || `A worker ended with ${code}`)),
			);
			worker.send(share);
		});
	} finally {
		process.off('exit', stop);
	}
}
