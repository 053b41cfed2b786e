import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One package of an n8n, as npm resolved it. */
export interface LockedPackage {
	/** Where it goes below the install folder, such as `node_modules/a/node_modules/b`. */
	path: string;
	name: string;
	version: string;
	integrity: string;
	/** Where it can run, if not everywhere. */
	os?: string[];
	cpu?: string[];
	libc?: string[];
}

const lockFile = (version: string): string => join(__dirname, 'locks', `${version}.json`);

/** What npm makes of this version of n8n, or undefined where `npm run n8n:lock` was not run for it. */
export function lockOf(version: string): LockedPackage[] | undefined {
	const file = lockFile(version);
	if (!existsSync(file)) return undefined;
	return JSON.parse(readFileSync(file, 'utf8')) as LockedPackage[];
}

/** The text of such a file: one package in a line, so that a difference can be read. */
export function lockText(packages: LockedPackage[]): string {
	return `[\n${packages.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
}
