import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Say } from './npm';

/** Outside the project: gigabytes that survive a clean checkout, and that nothing depends on. */
export function cacheFolder(): string {
	const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
	return process.env.HYPER_BACKUP_N8N_HOME ?? join(cache, 'n8n-nodes-synology-hyper-backup');
}

const COMPLETE = '.complete';

export function isComplete(name: string): boolean {
	return existsSync(join(cacheFolder(), name, COMPLETE));
}

/** Fills a folder of the cache once; the mark is written last, so half an install is done again. */
export async function once(
	name: string,
	say: Say,
	work: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder(), name);
	await locked(folder, say, async () => {
		if (isComplete(name)) return;
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await work(folder);
		writeFileSync(join(folder, COMPLETE), new Date().toISOString());
	});
	return folder;
}

/** One process at a time fills a folder; the others wait. A lock whose process is gone is removed. */
async function locked<T>(folder: string, say: Say, work: () => Promise<T>): Promise<T> {
	const lock = `${folder}.lock`;
	mkdirSync(cacheFolder(), { recursive: true });
	for (let waiting = false; !tryLock(lock); waiting = true) {
		if (!waiting) say(`Waiting for another install in ${folder}`);
		await pause(1000);
	}
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function tryLock(lock: string): boolean {
	const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
	if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
	try {
		writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch {
		return false;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
