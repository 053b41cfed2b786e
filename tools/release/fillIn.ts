/**
 * `npm run release:publisher`: writes what `publisher.json` says wherever the project names its
 * author or its repository - package.json, LICENSE, the links of nodes, credential and pages.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publisherOf, readPublisher, withPublisher } from './publisher';

const TEXTS = /\.(json|ts|mjs|md|yml)$|^LICENSE$|CODEOWNERS$/;

/** These name the placeholders as such. */
const KEPT = /^(package-lock\.json|tools\/release\/)/;

export function fillIn(root: string, files: string[]): string[] {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
	const before = publisherOf(manifest as Record<string, unknown>);
	const after = readPublisher(root);
	return files.filter((name) => {
		if (!TEXTS.test(name) || KEPT.test(name)) return false;
		const text = readFileSync(join(root, name), 'utf8');
		const filled = withPublisher(text, before, after);
		if (filled !== text) writeFileSync(join(root, name), filled);
		return filled !== text;
	});
}

if (require.main === module) {
	const root = join(__dirname, '../..');
	const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
	const changed = fillIn(root, files);
	process.stdout.write(`${[...changed, `${changed.length} files changed`].join('\n')}\n`);
}
