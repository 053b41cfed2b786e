import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockText, type LockedPackage } from './lock';
import { npm } from './npm';
import { needsOf, TRIED } from './versions';

interface NpmLock {
	packages: Record<string, Partial<LockedPackage> & { dev?: boolean; link?: boolean }>;
}

/** Has npm resolve n8n and everything below it, without installing anything. */
async function resolve(version: string, folder: string): Promise<LockedPackage[]> {
	const { overrides } = needsOf(version);
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ private: true, dependencies: { n8n: version }, overrides }),
	);
	await npm(
		folder,
		['install', '--package-lock-only', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
		process.env,
		`n8n ${version}`,
		(line) => process.stdout.write(`${line}\n`),
	);
	const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as NpmLock;
	return Object.entries(lock.packages).flatMap(([path, { name, dev, link, ...entry }]) => {
		if (path === '' || dev) return [];
		if (link || !entry.version || !entry.integrity)
			throw new Error(`${path} of n8n ${version} is not from the npm registry`);
		return [
			{
				path,
				name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
				version: entry.version,
				integrity: entry.integrity,
				os: entry.os,
				cpu: entry.cpu,
				libc: entry.libc,
			},
		];
	});
}

/** `npm run n8n:lock`, whenever a version in versions.ts changes. */
async function writeLocks(): Promise<void> {
	for (const version of TRIED) {
		const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-lock-'));
		try {
			const packages = await resolve(version, folder);
			writeFileSync(join(__dirname, 'locks', `${version}.json`), lockText(packages));
			process.stdout.write(`n8n ${version}: ${packages.length} packages\n`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
}

writeLocks().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
