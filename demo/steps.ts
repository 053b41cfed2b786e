import { installedShare, packagesText, type InstallProgress } from '../n8n-host/installProgress';
import type { InstallStep } from '../n8n-host/installProgress';
import { NODE_24, needsOf, PNPM } from '../n8n-host/versions';
import type { Progress, Step } from './progress/progress';

/** About how long each step takes on 2 cores, with a fast connection: the shares of the bar. */
const SECONDS = {
	node: 5,
	pnpm: 2,
	n8n: 70,
	driver: 50,
	start: 15,
	firstAlert: 15,
	otherAlert: 45,
};

/** What comes over the network for n8n, in gigabytes. */
const DOWNLOAD = 0.4;

/** A Node of its own, in gigabytes. */
const NODE_GIGABYTES = 0.2;

/** What the demo does, without the parts of the install that were done before. */
export function demoSteps(version: string, missing: readonly InstallStep[]): Step[] {
	const install = {
		node: `Node ${NODE_24} from npm`,
		pnpm: `pnpm ${PNPM} from npm, which installs n8n`,
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

const sum = (steps: readonly InstallStep[]): number =>
	steps.reduce((seconds, step) => seconds + SECONDS[step], 0);

/** Node and the database driver are made while pnpm comes in and installs n8n. */
function installSeconds(missing: readonly InstallStep[]): number {
	const isOfDriver = (step: InstallStep): boolean => step === 'node' || step === 'driver';
	return Math.max(
		sum(missing.filter(isOfDriver)),
		sum(missing.filter((step) => !isOfDriver(step))),
	);
}

/** What a newcomer wants to know first: how long, how much, and where. */
export function introduction(
	version: string,
	missing: readonly InstallStep[],
	folder: string,
): string[] {
	const toAlert = minutes(installSeconds(missing) + SECONDS.start + SECONDS.firstAlert);
	if (!missing.includes('n8n')) {
		const present = `n8n ${version} is already installed in ${folder}: this step is skipped.`;
		return [present, `The first alert comes in about ${toAlert}.`];
	}
	const { gigabytes } = needsOf(version);
	const disk = gigabytes + (missing.includes('node') ? NODE_GIGABYTES : 0);
	return [
		`n8n ${version} is installed first, once: about ${disk.toFixed(1)} GB of disk in ${folder}, ` +
			`of which ${DOWNLOAD} GB are downloaded.`,
		`The first alert comes in about ${toAlert} on 2 cores with a fast connection.`,
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
