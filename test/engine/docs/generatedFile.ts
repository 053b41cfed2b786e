import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(__dirname, '../../..');

/** Set by `npm run docs`. Without it a test run changes no file. */
const UPDATES = process.env.UPDATE_DOCS === '1';

/**
 * Compares what has been generated with the file in the checkout, or - under `npm run docs` -
 * writes it.
 */
export function expectFile(path: string, text: string): void {
	const file = join(ROOT, path);
	const there = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (there === text) return;
	if (UPDATES) {
		writeFileSync(file, text);
		return;
	}
	const lines = there.split('\n');
	const at = text.split('\n').findIndex((line, index) => line !== lines[index]);
	throw new Error(
		`${relative(ROOT, file)} is not what the nodes say now, from line ${at + 1} on: run "npm run docs", check the difference, and commit it`,
	);
}
