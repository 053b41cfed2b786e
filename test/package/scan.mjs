// n8n's own scan for verified packages, without publishing: the sources as in the repository, and the tarball as npm would serve it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
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

// The linter finds its own parts through the project's node_modules, so the unpacked files are looked at from there.
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
const allowed =
	/^(dist\/(nodes|credentials)\/.*\.(js|json|svg)|package\.json|README\.md|LICENSE|index\.js)$/;
const strangers = files.filter((name) => !allowed.test(name));
console.log(
	`tarball contents: ${strangers.length === 0 ? 'passed' : `FAILED: ${strangers.join(', ')}`} (${files.length} files)`,
);
if (strangers.length > 0 || !files.includes('dist/nodes/HyperBackup/hyperBackup.svg')) failed++;

/** Bytes, unpacked: what n8n's installer puts on every machine. */
const MOST = 150_000;
const size = files.reduce((sum, name) => sum + statSync(join(unpacked, name)).size, 0);
console.log(`tarball size: ${size <= MOST ? 'passed' : 'FAILED'} (${size} of ${MOST} bytes)`);
if (size > MOST) failed++;
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
