// n8n's own scan for verified packages, without publishing: the sources as in the repository, and the tarball as npm would serve it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-scan-'));
const tarball = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
	cwd: root,
	encoding: 'utf8',
})
	.trim()
	.split('\n')
	.pop();
execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder]);
const unpacked = join(folder, 'package');

// The linter finds its own parts through the project's node_modules, so the unpacked files are linted from there.
const results = [
	['sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
	['tarball', await analyzePackage(unpacked, ['**/*.js', 'package.json'])],
];
let failed = 0;
for (const [what, { passed, message, details }] of results) {
	console.log(`${what}: ${passed ? 'passed' : 'FAILED'}`);
	if (!passed) {
		failed++;
		console.log(message ?? '', details ?? '');
	}
}

const files = execFileSync('tar', ['-tzf', join(folder, tarball)], { encoding: 'utf8' })
	.trim()
	.split('\n')
	.map((name) => name.replace('package/', ''));
// dist/package.json is where the code reads its version from.
const allowed =
	/^(dist\/(nodes|credentials)\/.*\.(js|json|svg)|dist\/package\.json|package\.json|README\.md|LICENSE|index\.js)$/;
const strangers = files.filter((name) => !allowed.test(name));
console.log(
	`tarball contents: ${strangers.length === 0 ? 'passed' : `FAILED: ${strangers.join(', ')}`} (${files.length} files)`,
);
if (strangers.length > 0 || !files.includes('dist/nodes/HyperBackup/hyperBackup.svg')) failed++;

/**
 * What a user downloads, in bytes. The code is published as it was written, with its comments
 * (docs/decisions/no-bundling.md): growth is noticed here.
 */
const MOST = 145_000;
const { size } = statSync(join(folder, tarball));
console.log(`tarball size: ${size <= MOST ? 'passed' : 'FAILED'} (${size} of ${MOST} bytes)`);
if (size > MOST) failed++;

// Readable code needs no source map; a leftover reference to one would make debuggers ask for a file that is not there.
const mapped = files.filter(
	(name) =>
		name.endsWith('.map') ||
		(name.endsWith('.js') &&
			readFileSync(join(unpacked, name), 'utf8').includes('//# sourceMappingURL')),
);
console.log(`no source maps: ${mapped.length === 0 ? 'passed' : `FAILED: ${mapped.join(', ')}`}`);
if (mapped.length > 0) failed++;

rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
