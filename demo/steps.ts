import { installedShare, packagesText, type InstallProgress } from '../n8n-host/installProgress';
import type { InstallStep } from '../n8n-host/installProgress';
import { NODE_24, needsOf } from '../n8n-host/versions';
import type { Progress, Step } from './progress/progress';

/** About how long each step takes on 2 cores, with npm's cache warm: the shares of the bar. */
const SECONDS = { node: 10, driver: 45, n8n: 170, start: 25, firstAlert: 20, otherAlert: 40 };

/** Where npm's cache is cold, what it fetches takes about this many times as long. */
const COLD = 1.7;

/** A Node of its own, in gigabytes. */
const NODE_GIGABYTES = 0.2;

/** What the demo does, without the parts of the install that were done before. */
export function demoSteps(version: string, missing: readonly InstallStep[]): Step[] {
	const install = {
		node: `Node ${NODE_24} from npm`,
		driver: "n8n's database driver, fetched or compiled",
		n8n: `n8n ${version} from npm`,
	};
	return [
		...missing.map((name) => ({ name, title: install[name], seconds: SECONDS[name] })),
		{ name: 'start', title: `n8n ${version} starts`, seconds: SECONDS.start },
		{
			name: 'firstAlert',
			title: 'Workflows run until the first alert',
			seconds: SECONDS.firstAlert,
		},
		{ name: 'otherAlert', title: 'The other alert', seconds: SECONDS.otherAlert },
	];
}

const minutes = (seconds: number): string => {
	const count = Math.max(1, Math.round(seconds / 60));
	return count === 1 ? '1 minute' : `${count} minutes`;
};

/** What a newcomer wants to know first: how long, how much, and where. */
export function introduction(
	version: string,
	missing: readonly InstallStep[],
	folder: string,
): string[] {
	// The driver is made while npm installs n8n.
	const install = missing
		.filter((step) => step !== 'driver')
		.reduce((sum, step) => sum + SECONDS[step], 0);
	const demo = SECONDS.start + SECONDS.firstAlert;
	if (!missing.includes('n8n')) {
		const present = `n8n ${version} is already installed in ${folder}: this step is skipped.`;
		return [present, `The first alert comes in about ${minutes(install + demo)}.`];
	}
	const gigabytes = needsOf(version).gigabytes + (missing.includes('node') ? NODE_GIGABYTES : 0);
	return [
		`n8n ${version} is installed first, once: about ${gigabytes.toFixed(1)} GB of disk in ${folder}.`,
		`The first alert comes in about ${minutes(install + demo)} on 2 cores if npm has these packages ` +
			`in its cache, and in about ${minutes(COLD * install + demo)} if not.`,
	];
}

/** The install, as steps of the demo. */
export function installProgress(progress: Progress, version: string): InstallProgress {
	const expected = needsOf(version).packages;
	return {
		begin: (step) => progress.begin(step),
		packages: (step, counts) =>
			progress.advance(step, installedShare(counts, expected), packagesText(counts, expected)),
		end: (step) => progress.end(step),
	};
}
