import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npm, npmInstall, type NpmCall, type NpmResult } from '../../../n8n-host/npm';
import { NpmOutput, type PackageCounts } from '../../../n8n-host/npmOutput';

const NOT_FOUND = 'npm error code ETARGET\nnpm error notarget No matching version found\n';

/** Runs of npm that end one after the other as said, with the arguments each got. */
function runsThatEnd(...ends: Array<{ code: number; text: string }>) {
	const runs: string[][] = [];
	const run = async ({ args }: NpmCall): Promise<NpmResult> => {
		const { code, text } = ends[runs.length]!;
		runs.push(args);
		const output = new NpmOutput();
		output.push(text);
		return { code, output };
	};
	return { runs, run };
}

const CALL = { folder: '.', args: ['--no-audit'], what: 'n8n 2.41.1' };

describe('an install', () => {
	test("uses the metadata in npm's cache first, and needs no second run", async () => {
		const { runs, run } = runsThatEnd({ code: 0, text: '' });
		await npmInstall(CALL, run);
		expect(runs).toHaveLength(1);
		expect(runs[0]).toEqual(
			expect.arrayContaining(['install', '--no-audit', '--prefer-offline', '--timing']),
		);
	});

	test('is tried again with fresh metadata if a version is not found', async () => {
		const { runs, run } = runsThatEnd({ code: 1, text: NOT_FOUND }, { code: 0, text: '' });
		await npmInstall(CALL, run);
		expect(runs).toHaveLength(2);
		expect(runs[1]).toEqual(runs[0]!.filter((arg) => arg !== '--prefer-offline'));
	});

	test('fails with what npm said if fresh metadata has no such version either', async () => {
		const { runs, run } = runsThatEnd({ code: 1, text: NOT_FOUND }, { code: 1, text: NOT_FOUND });
		await expect(npmInstall(CALL, run)).rejects.toThrow(
			/n8n 2\.41\.1: npm ended with 1\.[^]*No matching version found/,
		);
		expect(runs).toHaveLength(2);
	});

	test('is not tried again after another failure', async () => {
		const { runs, run } = runsThatEnd({ code: 1, text: 'npm error code ENOSPC\n' });
		await expect(npmInstall(CALL, run)).rejects.toThrow('npm error code ENOSPC');
		expect(runs).toHaveLength(1);
	});
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

	test('runs in its folder, and its packages are counted on both streams', async () => {
		program(`
			require('node:fs').writeFileSync('arguments', process.argv.slice(2).join(' '));
			process.stderr.write('npm http fetch GET 200 https://npm.example/a/-/a-1.0.0.tgz 1ms\\n');
			process.stdout.write('npm timing reifyNode:node_modules/a Completed in 1ms\\n');
		`);
		const counts: PackageCounts[] = [];
		const onCounts = (latest: PackageCounts): void => void counts.push({ ...latest });
		await npm({ folder, env, args: ['install', 'a'], what: 'a', onCounts });
		expect(counts.at(-1)).toEqual({ resolved: 0, fetched: 1, installed: 1 });
		expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe('install a');
	});

	test('fails the install when it ends with an error', async () => {
		program("process.stderr.write('npm error code EACCES\\n'); process.exitCode = 243;");
		await expect(npm({ folder, env, args: ['install'], what: 'a' })).rejects.toThrow(
			'a: npm ended with 243.\nnpm error code EACCES',
		);
	});
});
