/**
 * `npm run release:check`: everything that n8n's review and its scanner check, on the packed
 * tarball. With `--publish`, also what has to be filled in before a release.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { codex, contents, icons, sourceMaps } from './checks/contents';
import { disabledRules, forbiddenCode } from './checks/code';
import { n8nScan, stockLint } from './checks/lintSetup';
import { dependencies, manifestFields, n8nBlock } from './checks/manifest';
import { changelog, license, readme } from './checks/pages';
import { publisher, toFillIn } from './checks/publisher';
import { PUBLISHER_FILE } from './publisher';
import { openRelease, type Check, type Release } from './Release';

/** In the order of a report. */
const CHECKS: Check[] = [
	manifestFields,
	dependencies,
	n8nBlock,
	contents,
	sourceMaps,
	icons,
	codex,
	disabledRules,
	forbiddenCode,
	stockLint,
	changelog,
	readme,
	license,
	publisher,
	n8nScan,
];

const USAGE = 'npm run release:check -- [--publish] [--root FOLDER] [--today yyyy-mm-dd]';

function report(release: Release): string[] {
	const found = CHECKS.flatMap((check) => check(release));
	const { manifest, packed, size } = release;
	const open = release.publish ? [] : toFillIn(release);
	return [
		`${String(manifest.name)} ${String(manifest.version)}: ${packed.texts.size} files, ${size} bytes`,
		...(open.length > 0
			? [`To be filled in before publishing, in ${PUBLISHER_FILE}: ${open.join(', ')}`]
			: []),
		...found,
		`${found.length} findings`,
	];
}

function readOptions(args: string[]): { root: string; publish: boolean; today: string } {
	const { values } = parseArgs({
		args,
		options: {
			publish: { type: 'boolean', default: false },
			root: { type: 'string', default: join(__dirname, '../..') },
			today: { type: 'string', default: new Date().toISOString().slice(0, 10) },
		},
	});
	return { root: resolve(values.root), publish: values.publish, today: values.today };
}

function main(args: string[]): void {
	const { root, ...options } = readOptions(args);
	const release = openRelease(root, options);
	try {
		const lines = report(release);
		process.stdout.write(`${lines.join('\n')}\n`);
		process.exitCode = lines.at(-1) === '0 findings' ? 0 : 1;
	} finally {
		release.close();
	}
}

try {
	main(process.argv.slice(2));
} catch (error) {
	process.stderr.write(
		`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}\n`,
	);
	process.exitCode = 2;
}
