/**
 * The compose files that the docs show. `npx tsx tools/docs/composeFiles.ts FOLDER` writes each of
 * them into a file, for `docker compose config`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ComposeFile {
	/** The page, within docs/. */
	page: string;
	text: string;
}

const DOCS = join(__dirname, '../../docs');

/** Blocks of YAML with services in them. */
export const composeFilesIn = (page: string, markdown: string): ComposeFile[] =>
	[...markdown.matchAll(/^```ya?ml\n([^]*?)^```$/gm)]
		.map(([, text]) => ({ page, text: text! }))
		.filter(({ text }) => /^services:/m.test(text));

export const composeFiles = (folder = DOCS): ComposeFile[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.sort()
		.flatMap((page) => composeFilesIn(page, readFileSync(join(folder, page), 'utf8')));

if (require.main === module) {
	const [, , folder] = process.argv;
	if (folder === undefined) throw new Error('npx tsx tools/docs/composeFiles.ts FOLDER');
	mkdirSync(folder, { recursive: true });
	composeFiles().forEach(({ page, text }, index) => {
		const name = `${page.replace(/\W/g, '-')}-${index}.yml`;
		writeFileSync(join(folder, name), text);
		process.stdout.write(`${join(folder, name)}\n`);
	});
}
