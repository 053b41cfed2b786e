import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** What is published, what it is built from, and what a release is checked against. */
const COPIED = [
	'nodes',
	'credentials',
	'package.json',
	'tsconfig.json',
	'eslint.config.mjs',
	'gulpfile.js',
	'index.js',
	'.npmrc',
	'README.md',
	'CHANGELOG.md',
	'LICENSE',
	'tools/release/publisher.json',
];

const binary = (name: string): string => join(ROOT, 'node_modules/.bin', name);

/** A copy of the project in which something can be planted. */
export class ProjectCopy {
	readonly root = mkdtempSync(join(tmpdir(), 'hyper-backup-copy-'));

	constructor() {
		for (const name of COPIED) cpSync(join(ROOT, name), join(this.root, name), { recursive: true });
		symlinkSync(resolve(ROOT, 'node_modules'), join(this.root, 'node_modules'), 'dir');
	}

	build(): void {
		execFileSync(binary('tsc'), { cwd: this.root });
		execFileSync(binary('gulp'), ['--silent'], { cwd: this.root });
	}

	read(path: string): string {
		return readFileSync(join(this.root, path), 'utf8');
	}

	/** Changes a file; a change that changes nothing is a fault of the test. */
	edit(path: string, change: (text: string) => string): void {
		const before = this.read(path);
		const after = change(before);
		if (after === before) throw new Error(`${path} was not changed`);
		writeFileSync(join(this.root, path), after);
	}

	editJson(path: string, change: (content: Record<string, any>) => void): void {
		this.edit(path, (text) => {
			const content = JSON.parse(text) as Record<string, any>;
			change(content);
			return JSON.stringify(content, null, '\t');
		});
	}

	/** `npm run release:check` on this copy: what it prints, and its exit code. */
	check(...args: string[]): { lines: string[]; code: number | null } {
		const { stdout, stderr, status } = spawnSync(
			binary('tsx'),
			[join(ROOT, 'tools/release/main.ts'), '--root', this.root, ...args],
			{ cwd: dirname(this.root), encoding: 'utf8' },
		);
		return { lines: `${stdout}${stderr}`.trim().split('\n'), code: status };
	}

	close(): void {
		rmSync(this.root, { recursive: true, force: true });
	}
}
