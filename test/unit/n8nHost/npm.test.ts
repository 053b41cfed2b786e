import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npm, npmInstall, type NpmCall } from '../../../n8n-host/npm';
import type { ProgramResult } from '../../../n8n-host/program';

const NOT_FOUND = 'npm error code ETARGET\nnpm error notarget No matching version found\n';

/** Runs of npm that end one after the other as said, with the arguments each got. */
function runsThatEnd(...ends: ProgramResult[]) {
	const runs: string[][] = [];
	const run = async ({ args }: NpmCall): Promise<ProgramResult> => {
		runs.push(args);
		return ends[runs.length - 1]!;
	};
	return { runs, run };
}

const CALL = { folder: '.', args: ['--no-audit'], what: 'pnpm 10.34.8' };

describe('an install', () => {
	test("uses the metadata in npm's cache first, and needs no second run", async () => {
		const { runs, run } = runsThatEnd({ code: 0, text: '' });
		await npmInstall(CALL, run);
		expect(runs).toEqual([['install', '--no-audit', '--prefer-offline']]);
	});

	test.each(['npm error code ETARGET', 'npm ERR! code ENOVERSIONS', 'npm error code E404'])(
		'is tried again with fresh metadata if a version is not found: %s',
		async (text) => {
			const { runs, run } = runsThatEnd({ code: 1, text }, { code: 0, text: '' });
			await npmInstall(CALL, run);
			expect(runs[1]).toEqual(['install', '--no-audit']);
		},
	);

	test('fails with what npm said if fresh metadata has no such version either', async () => {
		const { runs, run } = runsThatEnd({ code: 1, text: NOT_FOUND }, { code: 1, text: NOT_FOUND });
		await expect(npmInstall(CALL, run)).rejects.toThrow(
			/pnpm 10\.34\.8: npm ended with 1\.[^]*No matching version found/,
		);
		expect(runs).toHaveLength(2);
	});

	test.each(['npm error code ENOSPC\n', 'npm error A complete log mentions ETARGET\n'])(
		'is not tried again after another failure: %j',
		async (text) => {
			const { runs, run } = runsThatEnd({ code: 1, text });
			await expect(npmInstall(CALL, run)).rejects.toThrow(text.trim());
			expect(runs).toHaveLength(1);
		},
	);
});

describe('a program named npm', () => {
	let folder: string;
	let env: NodeJS.ProcessEnv;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'hyper-backup-npm-'));
		env = { PATH: [folder, dirname(process.execPath)].join(delimiter) };
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const program = (source: string): void => {
		const file = join(folder, 'npm');
		writeFileSync(file, `#!${process.execPath}\n${source}`);
		chmodSync(file, 0o755);
	};

	test('runs in its folder with its arguments', async () => {
		program("require('node:fs').writeFileSync('arguments', process.argv.slice(2).join(' '));");
		await npm({ folder, env, args: ['install', 'a'], what: 'a' });
		expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe('install a');
	});

	test('fails the install when it ends with an error', async () => {
		program("process.stderr.write('npm error code EACCES\\n'); process.exitCode = 243;");
		await expect(npm({ folder, env, args: ['install'], what: 'a' })).rejects.toThrow(
			'a: npm ended with 243.\nnpm error code EACCES',
		);
	});
});
