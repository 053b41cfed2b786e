import type { PackageCounts } from './pnpmOutput';
import type { Say } from './program';

/**
 * What an install consists of. Node and the database driver are made while pnpm comes in and
 * installs n8n.
 */
export type InstallStep = 'node' | 'pnpm' | 'n8n' | 'driver';

/** What happens during an install, for whoever shows it. */
export interface InstallProgress {
	begin: (step: InstallStep) => void;
	packages: (step: InstallStep, counts: PackageCounts) => void;
	end: (step: InstallStep) => void;
}

/** The share of each stage in the time of an install with an empty store, as measured. */
const STAGES = { resolved: 0.3, fetched: 0.6, installed: 0.1 };

const part = (count: number, of: number): number => (of > 0 ? Math.min(1, count / of) : 0);

/**
 * How far an install is, from 0 to 1. Until all versions are known, the number of packages is an
 * estimate; then it is pnpm's.
 */
export function installedShare(counts: PackageCounts, expected: number): number {
	const { resolved, fetched, installed, toInstall } = counts;
	return (
		STAGES.resolved * (fetched > 0 ? 1 : part(resolved, expected)) +
		STAGES.fetched * part(fetched, resolved) +
		STAGES.installed * part(installed, toInstall)
	);
}

/**
 * What pnpm is doing: finding out versions, then fetching packages and writing their files. Some are
 * written into several folders, and most of them only at the end.
 */
export function packagesText(counts: PackageCounts, expected: number): string {
	const { resolved, fetched, installed, toInstall } = counts;
	if (fetched === 0)
		return `finding out which versions to install, ${resolved} of about ${Math.max(resolved, expected)}`;
	const text = `${fetched} of about ${resolved} packages fetched`;
	return installed === 0 ? text : `${text}, ${installed} of ${toInstall} folders written`;
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
