import { join } from 'node:path';
import { pnpmInstall } from '../../../n8n-host/pnpm';
import type { PackageCounts } from '../../../n8n-host/pnpmOutput';
import type { Program, ProgramResult } from '../../../n8n-host/program';

const HOME = join('/home', 'me', 'n8n home');

/** A pnpm that prints these lines and ends; `programs` are its command lines. */
function pnpmThat(code: number, ...lines: string[]) {
	const programs: Program[] = [];
	const run = async (
		program: Program,
		textOf: (line: string) => string | undefined = (line) => line,
	): Promise<ProgramResult> => {
		programs.push(program);
		return { code, text: lines.map(textOf).join('\n') };
	};
	return { programs, run };
}

const CALL = {
	pnpm: join(HOME, 'pnpm.cjs'),
	home: HOME,
	folder: join(HOME, 'n8n-2.41.1'),
	nodeVersion: '24.21.0',
	what: 'n8n 2.41.1',
};

describe('an install with pnpm', () => {
	test('runs it with the Node in use, in the folder, without a shell', async () => {
		const { programs, run } = pnpmThat(0);
		await pnpmInstall(CALL, run);
		const [{ command, args, folder, shell }] = programs as [Program];
		expect([command, args[0], args[1]]).toEqual([process.execPath, CALL.pnpm, 'install']);
		expect([folder, shell]).toEqual([CALL.folder, undefined]);
		expect(programs).toHaveLength(1);
	});

	test('runs no install script and writes the folders of npm, for the Node that will run it', async () => {
		const { programs, run } = pnpmThat(0);
		await pnpmInstall(CALL, run);
		expect(programs[0]!.args).toEqual(
			expect.arrayContaining([
				'--prod',
				'--ignore-scripts',
				'--prefer-offline',
				'--config.node-linker=hoisted',
				'--config.node-version=24.21.0',
			]),
		);
	});

	test('keeps all that it stores in one home', async () => {
		const { programs, run } = pnpmThat(0);
		await pnpmInstall(CALL, run);
		const folders = programs[0]!.args.flatMap(
			(arg) => /^--config\.(?:store|cache|state)-dir=(.*)/.exec(arg)?.slice(1) ?? [],
		);
		expect(folders).toHaveLength(3);
		for (const folder of folders) expect(folder).toMatch(new RegExp(`^${HOME}/pnpm-[a-z]+$`));
	});

	test('asks nothing, and follows no project around the folder', async () => {
		const { programs, run } = pnpmThat(0);
		await pnpmInstall(CALL, run);
		expect(programs[0]!.env).toEqual({ ...process.env, CI: 'true' });
		expect(programs[0]!.args).toEqual(
			expect.arrayContaining([
				'--ignore-workspace',
				'--config.manage-package-manager-versions=false',
				'--config.package-manager-strict=false',
			]),
		);
	});

	test('reports its packages', async () => {
		const { run } = pnpmThat(
			0,
			'{"name":"pnpm:progress","status":"resolved"}',
			'{"name":"pnpm:stats","added":7}',
		);
		const counts: PackageCounts[] = [];
		await pnpmInstall({ ...CALL, onCounts: (latest) => void counts.push(latest) }, run);
		expect(counts.at(-1)).toEqual({ resolved: 1, fetched: 0, installed: 0, toInstall: 7 });
	});

	test("fails with pnpm's own error", async () => {
		const { run } = pnpmThat(
			1,
			'{"name":"pnpm:progress","status":"resolved"}',
			'{"name":"pnpm","level":"error","code":"ERR_PNPM_ENOSPC","err":{"message":"no space left"}}',
		);
		await expect(pnpmInstall(CALL, run)).rejects.toThrow(
			/n8n 2\.41\.1: pnpm ended with 1\.\n\s*ERR_PNPM_ENOSPC\nno space left/,
		);
	});
});
