import type { Say } from './npm';
import type { PackageCounts } from './npmOutput';

/** What an install consists of. The database driver is made while npm installs n8n. */
export type InstallStep = 'node' | 'driver' | 'n8n';

/** What happens during an install, for whoever shows it. */
export interface InstallProgress {
	begin: (step: InstallStep) => void;
	packages: (step: InstallStep, counts: PackageCounts) => void;
	end: (step: InstallStep) => void;
}

/** The share of each stage in the time of an install from npm's cache, as measured. */
const STAGES = { resolved: 0.15, fetched: 0.3, installed: 0.55 };

/**
 * How far an install is, from 0 to 1. The number of packages is an estimate, so each stage counts up
 * to that number and no further.
 */
export function installedShare(counts: PackageCounts, expected: number): number {
	// The versions are all known once the first tarball is fetched.
	const resolved = counts.fetched + counts.installed > 0 ? expected : counts.resolved;
	const part = (count: number): number => Math.min(1, count / expected);
	return (
		STAGES.resolved * part(resolved) +
		STAGES.fetched * part(Math.max(counts.fetched, counts.installed)) +
		STAGES.installed * part(counts.installed)
	);
}

/** What npm is doing: finding out versions, then fetching packages, then writing their files. */
export function packagesText(counts: PackageCounts, expected: number): string {
	const { resolved, fetched, installed } = counts;
	if (fetched + installed === 0)
		return `finding out which versions to install, ${resolved} packages so far`;
	const [count, verb] = installed > 0 ? [installed, 'installed'] : [fetched, 'fetched'];
	return `${Math.min(count, expected)} of about ${expected} packages ${verb}`;
}

/** A line whenever another tenth of n8n is installed: for tests and benchmarks. */
export function linesPerTenth(say: Say, expected: number): InstallProgress {
	let tenths = 0;
	return {
		begin: () => {},
		packages: (step, counts) => {
			const share = Math.floor(10 * installedShare(counts, expected));
			if (step !== 'n8n' || share <= tenths) return;
			tenths = share;
			say(`  ... ${packagesText(counts, expected)}`);
		},
		end: () => {},
	};
}
