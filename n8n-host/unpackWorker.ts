import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Config from '@npmcli/config';
import { definitions, flatten, shorthands } from '@npmcli/config/lib/definitions';
import fetch from 'npm-registry-fetch';
import { extract } from 'tar';
import type { LockedPackage } from './lock';
import type { FromWorker, Share } from './packages';

/** At once, in one worker: enough to keep it busy while others wait for the registry. */
const AT_ONCE = 8;

/** Of no use to a running program. */
const LEFT_OUT = /\.(map|[cm]?ts)$/;

/** npm's own settings: registry, login, proxy, certificates, cache. */
async function npmSettings(): Promise<fetch.Options> {
	const config = new Config({
		npmPath: dirname(process.execPath),
		definitions,
		shorthands,
		flatten,
		argv: [],
	});
	await config.load();
	return config.flat as fetch.Options;
}

async function unpack(
	{ name, version, integrity, path }: LockedPackage,
	folder: string,
	settings: fetch.Options,
): Promise<void> {
	const cwd = join(folder, path);
	mkdirSync(cwd, { recursive: true });
	const file = `${name.split('/').pop()}-${version}.tgz`;
	const { body } = await fetch(`/${name}/-/${file}`, {
		...settings,
		spec: name,
		integrity,
		preferOffline: true,
	});
	await pipeline(
		body,
		extract({
			cwd,
			strip: 1,
			noMtime: true,
			preserveOwner: false,
			filter: (entry) => !LEFT_OUT.test(entry),
		}),
	);
}

async function unpackShare({ folder, packages }: Share): Promise<void> {
	const settings = await npmSettings();
	const waiting = [...packages];
	const send = (message: FromWorker): void => void process.send?.(message);
	const next = async (): Promise<void> => {
		for (let one = waiting.pop(); one; one = waiting.pop()) {
			await unpack(one, folder, settings);
			send('unpacked');
		}
	};
	try {
		await Promise.all(Array.from({ length: AT_ONCE }, next));
	} catch (error) {
		send({ error: error instanceof Error ? error.message : String(error) });
		process.exitCode = 1;
	}
	process.disconnect();
}

process.once('message', (share: Share) => void unpackShare(share));
