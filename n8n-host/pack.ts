import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The tarball npm would publish, from what is built in dist/. */
export function packProject(root: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-pack-'));
	const printed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: root,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	return join(folder, printed.trim().split('\n').pop()!);
}
