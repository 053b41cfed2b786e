import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHome, installN8n, missingSteps } from '../../../n8n-host/install';
import { needsOf, NEWEST, NODE_24, OLDEST, PNPM } from '../../../n8n-host/versions';

const major = Number(process.versions.node.split('.')[0]);
/** A version that the Node in use runs, whichever that is. */
const VERSION = needsOf(OLDEST).majors.includes(major) ? OLDEST : NEWEST;
const DRIVER = `sqlite3-${needsOf(VERSION).sqlite3}-node${major}`;

let before: string | undefined;

beforeEach(() => {
	before = process.env.HYPER_BACKUP_N8N_HOME;
	process.env.HYPER_BACKUP_N8N_HOME = mkdtempSync(join(tmpdir(), 'hyper-backup-home-'));
});

afterEach(() => {
	rmSync(installHome(), { recursive: true, force: true });
	if (before === undefined) delete process.env.HYPER_BACKUP_N8N_HOME;
	else process.env.HYPER_BACKUP_N8N_HOME = before;
});

const complete = (name: string): void => {
	mkdirSync(join(installHome(), name), { recursive: true });
	writeFileSync(join(installHome(), name, '.complete'), '');
};

describe('what is not installed yet', () => {
	test('is everything in an empty folder', () => {
		expect(missingSteps(VERSION)).toEqual(['pnpm', 'n8n', 'driver']);
	});

	test('is without pnpm and the database driver that another n8n brought', () => {
		complete(`pnpm-${PNPM}`);
		complete(DRIVER);
		expect(missingSteps(VERSION)).toEqual(['n8n']);
	});

	test('is nothing once n8n is complete, whatever installed it', async () => {
		complete(`n8n-${VERSION}`);
		expect(missingSteps(VERSION)).toEqual([]);
		const said: string[] = [];
		const { node } = await installN8n(VERSION, (line) => said.push(line));
		expect([node, said]).toEqual([process.execPath, []]);
	});

	test('is an n8n whose install did not get to its end', () => {
		mkdirSync(join(installHome(), `n8n-${VERSION}`));
		expect(missingSteps(VERSION)).toContain('n8n');
	});

	test('is Node 24 as well for an n8n that the Node in use does not run', () => {
		const foreign = [OLDEST, NEWEST].find((one) => !needsOf(one).majors.includes(major))!;
		expect(missingSteps(foreign)).toEqual(['node', 'pnpm', 'n8n', 'driver']);
		complete(`node-${NODE_24}`);
		expect(missingSteps(foreign)).toEqual(['pnpm', 'n8n', 'driver']);
	});
});
