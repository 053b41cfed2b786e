import { storedFigure } from './packedHistory';
import type { RunSample } from './RunSample';

/** Runs of a task that are kept, the oldest first: about 100 bytes of static data. */
const KEPT = 14;

/** With fewer than these, nothing is usual yet. */
const FEWEST = 7;

/** Makes the median of absolute deviations comparable with a standard deviation. */
const MAD_TO_SIGMA = 1.4826;

/** Runs that differ by less than this from the usual are alike, however even they are. */
const SMALLEST_SPREAD = 0.1;

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Deviation {
	value: number;
	/** The median of the runs before. */
	usual: number;
	/** How many times their usual spread it is off; negative: less than usual. */
	deviation: number;
	/** How many runs it was compared with. */
	runs: number;
}

/**
 * How far `value` is from the runs before; undefined if it is not known, or of too few of them.
 * Median and median absolute deviation: a few odd runs among them do not change what is usual.
 * `uncertainty`: in the unit of the values, a spread that says nothing.
 */
export function deviationOf(
	history: Array<number | null>,
	value: number | null,
	uncertainty: number,
): Deviation | undefined {
	const known = history.filter((one) => one !== null);
	if (value === null || known.length < FEWEST) return undefined;
	const usual = median(known);
	const mad = median(known.map((one) => Math.abs(one - usual)));
	const spread = Math.max(MAD_TO_SIGMA * mad, SMALLEST_SPREAD * usual, uncertainty);
	return { value, usual, deviation: (value - usual) / spread, runs: known.length };
}

/** A run of which nothing is known is not kept. */
export function withRun(history: RunSample[] | undefined, run: RunSample): RunSample[] {
	const [duration, size, changes] = [run.duration, run.size, run.changes].map(storedFigure);
	if (duration === null && size === null && changes === null) return history ?? [];
	const stored = { ...run, duration: duration!, size: size!, changes: changes! };
	return [...(history ?? []), stored].slice(-KEPT);
}
