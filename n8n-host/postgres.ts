import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports';
import { until } from './until';

export interface Postgres {
	/** The environment that n8n needs. */
	env: Record<string, string>;
	stop: () => void;
}

/** Debian keeps the programs of each version in a folder of its own, outside of PATH. */
function programs(): string {
	const base = '/usr/lib/postgresql';
	const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
	const folder = versions
		.map((version) => join(base, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')));
	if (folder) return folder;
	throw new Error('PostgreSQL is not here. Install it first (apt-get install postgresql).');
}

/** PostgreSQL does not run as root: then it runs as the account its package has made. */
function account(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string): number =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** A PostgreSQL of our own on loopback, with an empty database for n8n, gone after use. */
export async function startPostgres(): Promise<Postgres> {
	const bin = programs();
	const as = account();
	const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-postgres-'));
	if (as) chownSync(folder, as.uid, as.gid);
	const port = await freePort();
	const data = join(folder, 'data');
	execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], {
		...as,
		cwd: folder,
		stdio: 'ignore',
	});
	const child = spawn(
		join(bin, 'postgres'),
		['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'],
		{ ...as, cwd: folder, stdio: 'ignore' },
	);
	process.once('exit', () => child.kill('SIGKILL'));
	await until('PostgreSQL to start', () => {
		if (child.exitCode !== null) throw new Error('PostgreSQL ended at its start');
		try {
			execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q']);
			return true;
		} catch {
			return false;
		}
	});
	execFileSync(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n']);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'trusted-anyway',
		},
		stop: () => {
			child.kill('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
