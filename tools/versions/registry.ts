import { spawnSync } from 'node:child_process';

/** npm's registry, by the configuration of npm on this machine. */
export interface Registry {
	/** What `npm view` prints of some fields, as JSON; undefined if there is no such version. */
	view(what: string, ...fields: string[]): unknown;
}

export const npmRegistry: Registry = {
	view: (what, ...fields) => {
		const { stdout, stderr, status } = spawnSync('npm', ['view', what, ...fields, '--json'], {
			encoding: 'utf8',
			shell: process.platform === 'win32',
		});
		if (status === 0) return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
		if (`${stdout}${stderr}`.includes('E404')) return undefined;
		throw new Error(`npm view ${what} ended with ${status}.\n${stderr}`);
	},
};
