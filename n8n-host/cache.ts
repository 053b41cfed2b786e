import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { eventually } from './eventually';
import type { Report } from './report';

/** Outside the checkout: an n8n is some gigabytes, and serves every checkout. */
export function cacheHome(): string {
	const chosen = process.env.HYPER_BACKUP_N8N_HOME;
	if (chosen) return chosen;
	const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(caches, 'n8n-nodes-synology-hyper-backup');
}

const markerOf = (folder: string) => join(folder, 'installed.json');

function isBuilt(folder: string, recipe: string): boolean {
	try {
		return JSON.parse(readFileSync(markerOf(folder), 'utf8')).recipe === recipe;
	} catch {
		return false;
	}
}

/**
 * Fills a folder once, however many processes ask at the same time. The marker is written last, so what was
 * interrupted, or made by another recipe, is thrown away and made again.
 */
export async function buildOnce(
	folder: string,
	recipe: string,
	build: () => Promise<void>,
	report: Report,
): Promise<void> {
	if (isBuilt(folder, recipe)) return;
	const unlock = await lock(`${folder}.lock`, report);
	try {
		if (isBuilt(folder, recipe)) return;
		if (existsSync(folder)) report(`${folder} is unfinished or out of date, starting over`);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await build();
		writeFileSync(markerOf(folder), JSON.stringify({ recipe, at: new Date().toISOString() }) + '\n');
	} finally {
		unlock();
	}
}

/** A folder is the lock, since making one either succeeds or fails; the process ID in it tells a dead owner. */
async function lock(path: string, report: Report): Promise<() => void> {
	mkdirSync(dirname(path), { recursive: true });
	let announced = false;
	await eventually(
		`another process to finish installing (remove ${path} if there is none)`,
		() => {
			if (takeLock(path)) return true;
			if (!announced) report('another process is installing this already, waiting for it');
			announced = true;
			return false;
		},
		{ withinMs: 30 * 60_000, everyMs: 500 },
	);
	return () => rmSync(path, { recursive: true, force: true });
}

function takeLock(path: string): boolean {
	try {
		mkdirSync(path);
	} catch {
		if (!isAbandoned(path)) return false;
		rmSync(path, { recursive: true, force: true });
		return false; // next time: whoever makes the folder first has it
	}
	writeFileSync(join(path, 'pid'), String(process.pid));
	return true;
}

function isAbandoned(path: string): boolean {
	try {
		const pid = Number(readFileSync(join(path, 'pid'), 'utf8'));
		if (pid > 0) return !isAlive(pid);
		return Date.now() - statSync(path).mtimeMs > 10_000;
	} catch {
		return existsSync(path) && Date.now() - statSync(path).mtimeMs > 10_000;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
