import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHome, installN8n } from '../../../n8n-host/install';
import type { InstallProgress, InstallStep } from '../../../n8n-host/installProgress';
import { needsOf, NEWEST, NODE_24, OLDEST, PNPM } from '../../../n8n-host/versions';

const { sqlite3: SQLITE3 } = needsOf(OLDEST);

const VERSIONS = Object.getOwnPropertyDescriptor(process, 'versions')!;

/** The Node in use is this one, as far as an install asks for its version. */
function nodeInUse(version: string): void {
	const value = { ...process.versions, node: version };
	Object.defineProperty(process, 'versions', { ...VERSIONS, value });
}

let before: string | undefined;

beforeEach(() => {
	nodeInUse('20.20.2');
	before = process.env.HYPER_BACKUP_N8N_HOME;
	process.env.HYPER_BACKUP_N8N_HOME = mkdtempSync(join(tmpdir(), 'hyper-backup-home-'));
});

afterEach(() => {
	Object.defineProperty(process, 'versions', VERSIONS);
	rmSync(installHome(), { recursive: true, force: true });
	if (before === undefined) delete process.env.HYPER_BACKUP_N8N_HOME;
	else process.env.HYPER_BACKUP_N8N_HOME = before;
});

function write(text: string, ...path: string[]): void {
	const file = join(installHome(), ...path);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, text);
}

/** Node 24, the database driver, and a pnpm that is this source, as an earlier install left them. */
function installed(pnpm: string): void {
	write(pnpm, `pnpm-${PNPM}`, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
	for (const driver of [`sqlite3-${SQLITE3}-node20`, `sqlite3-${SQLITE3}-node24`]) {
		write('driver', driver, 'node_modules', 'sqlite3', 'build', 'node_sqlite3.node');
		write('', driver, '.complete');
	}
	for (const folder of [`pnpm-${PNPM}`, `node-${NODE_24}`]) write('', folder, '.complete');
}

/** Installs this version of sqlite3, as all of n8n, and reports it. */
const pnpmWith = (sqlite3: string): string => `
	const { mkdirSync, writeFileSync } = require('node:fs');
	mkdirSync('node_modules/sqlite3', { recursive: true });
	writeFileSync('node_modules/sqlite3/package.json', '{"version":"${sqlite3}"}');
	writeFileSync('arguments', process.argv.slice(2).join(' '));
	for (const status of ['resolved', 'fetched', 'imported'])
		console.log(JSON.stringify({ name: 'pnpm:progress', status }));
`;

function recorder() {
	const steps: string[] = [];
	const progress: InstallProgress = {
		begin: (step: InstallStep) => void steps.push(`${step} begins`),
		packages: (step: InstallStep) => void steps.push(`${step} goes on`),
		end: (step: InstallStep) => void steps.push(`${step} ends`),
	};
	return { steps, progress };
}

const inFolder = (version: string, ...path: string[]): string =>
	join(installHome(), `n8n-${version}`, ...path);

describe('an install of n8n', () => {
	test('is what pnpm installs, with the database driver made beside it', async () => {
		installed(pnpmWith(SQLITE3));
		const { steps, progress } = recorder();
		const { bin, node } = await installN8n(OLDEST, () => {}, progress);
		expect(steps).toEqual([
			'n8n begins',
			...Array.from({ length: 3 }, () => 'n8n goes on'),
			'n8n ends',
		]);
		expect([bin, node]).toEqual([
			inFolder(OLDEST, 'node_modules', 'n8n', 'bin', 'n8n'),
			process.execPath,
		]);
		const driver = inFolder(OLDEST, 'node_modules', 'sqlite3', 'build', 'node_sqlite3.node');
		expect(readFileSync(driver, 'utf8')).toBe('driver');
		expect(existsSync(inFolder(OLDEST, '.complete'))).toBe(true);
	});

	test.each([OLDEST, NEWEST])('replaces the packages that n8n %s must not ask for', async (n8n) => {
		installed(pnpmWith(SQLITE3));
		await installN8n(n8n);
		expect(JSON.parse(readFileSync(inFolder(n8n, 'package.json'), 'utf8'))).toEqual({
			private: true,
			dependencies: { n8n },
			pnpm: { overrides: needsOf(n8n).overrides },
		});
	});

	test.each([
		[OLDEST, '20.20.2', process.execPath],
		[NEWEST, NODE_24, join(`node-${NODE_24}`, 'node_modules')],
	])('of version %s is for Node %s, which will run it', async (n8n, version, path) => {
		installed(pnpmWith(SQLITE3));
		const { node } = await installN8n(n8n);
		expect(node).toContain(path);
		expect(readFileSync(inFolder(n8n, 'arguments'), 'utf8')).toContain(
			`--config.node-version=${version}`,
		);
	});

	test('fails with what pnpm said, and is done again the next time', async () => {
		installed(`
			const err = { message: 'no space left on device' };
			console.log(JSON.stringify({ level: 'error', name: 'pnpm', code: 'ERR_PNPM_ENOSPC', err }));
			process.exitCode = 1;
		`);
		await expect(installN8n(OLDEST)).rejects.toThrow(
			`n8n ${OLDEST}: pnpm ended with 1.\nERR_PNPM_ENOSPC\nno space left on device`,
		);
		expect(existsSync(inFolder(OLDEST, '.complete'))).toBe(false);
		installed(pnpmWith(SQLITE3));
		await installN8n(OLDEST);
		expect(existsSync(inFolder(OLDEST, '.complete'))).toBe(true);
	});

	test('fails if n8n wants another database driver than the one that was made', async () => {
		installed(pnpmWith('6.0.0'));
		await expect(installN8n(OLDEST)).rejects.toThrow(
			`n8n ${OLDEST} wants sqlite3 6.0.0, not ${SQLITE3}: put that into n8n-host/versions.ts`,
		);
		expect(existsSync(inFolder(OLDEST, '.complete'))).toBe(false);
	});
});

test('an n8n that is too old for the Node in use is refused before anything is installed', async () => {
	nodeInUse('24.21.0');
	const { steps, progress } = recorder();
	await expect(installN8n(OLDEST, () => {}, progress)).rejects.toThrow(
		`n8n ${OLDEST} needs Node 20 or 22; this is Node 24.21.0`,
	);
	expect(steps).toEqual([]);
});
