import { wallSeconds } from '../hyperBackup/clock/NasClock';
import type { RunFigures } from '../hyperBackup/runs/runFigures';
import { deviationOf, withRun, type Deviation } from '../hyperBackup/runs/runHistory';
import type { RunSample } from '../hyperBackup/runs/RunSample';
import { durationOf, isSameRun } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { RunEvent } from './followRun';
import type { TrackedTask } from './TrackedTask';
import type { UnusualFigure } from './UnusualFigure';

/** For *Unusual Run*. */
export interface UnusualInput {
	/** Times the usual spread; undefined: the event is not chosen, and no history is kept. */
	threshold?: number;
	/** The last poll; milliseconds since 1970, n8n's clock. */
	polledAt?: number;
}

/** Differences below these are those of any two runs. */
const SECONDS = 60;
const KIB = 10 * 1024;
const FILES = 20;

/**
 * Seconds that the run took which has just succeeded, and by how much that may be off; undefined
 * where neither the NAS nor the polls show it.
 */
function durationOfRun(
	before: TrackedTask,
	now: TaskSnapshot,
	time: number,
	polledAt: number | undefined,
): { duration: number; uncertainty: number } | undefined {
	const { open } = before;
	const seen = open && !open.pending ? Math.round((time - open.since) / 1000) : undefined;
	const another = now.run.start !== '' && !isSameRun(before.run, now.run);
	const [start, end] = another
		? [wallSeconds(now.run.start), wallSeconds(now.run.end)]
		: [null, null];
	const duration = durationOf(start, end, seen);
	if (duration === null || duration <= 0) return undefined;
	// What n8n has measured itself is as exact as the polls are frequent.
	const between = polledAt === undefined ? 0 : (time - polledAt) / 2000;
	return { duration, uncertainty: Math.max(SECONDS, another ? 0 : between) };
}

const inKib = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1024);

/** The figures that are far off, the one that is furthest first. */
function unusualFigures(
	history: RunSample[],
	run: RunSample,
	uncertainty: number,
	{ threshold, inBytes }: { threshold: number; inBytes: boolean },
): UnusualFigure[] {
	const alike = history.filter(({ withDeleted }) => withDeleted === run.withDeleted);
	const durations = history.map(({ duration }) => duration);
	const sizes = history.map(({ size }) => size);
	const changes = alike.map((one) => one.changes);
	const size = deviationOf(sizes, run.size, KIB);
	const bytes = size && { ...size, value: size.value * 1024, usual: size.usual * 1024 };
	const found: Array<[UnusualFigure['field'], Deviation | undefined]> = [
		['duration', deviationOf(durations, run.duration, uncertainty)],
		inBytes ? ['bytes', bytes] : ['source_size', size],
		['files_changed', deviationOf(changes, run.changes, FILES)],
	];
	return found
		.flatMap(([field, one]) => (one === undefined ? [] : [{ field, ...one }]))
		.filter(({ deviation }) => Math.abs(deviation) >= threshold)
		.sort((a, b) => Math.abs(b.deviation) - Math.abs(a.deviation));
}

export interface FollowedHistory {
	events: RunEvent[];
	history: RunSample[] | undefined;
}

const sampleOf = (duration: number | null, figures: RunFigures | undefined): RunSample => ({
	duration,
	size: figures?.source_size ?? inKib(figures?.bytes ?? null),
	changes: figures?.files_changed ?? null,
	withDeleted: (figures?.files_deleted ?? null) !== null,
});

/**
 * Compares how long a successful run took, its size and what it changed with the runs of the task
 * before it. What is not known is neither compared nor kept: it is not zero.
 */
export function followUnusual(
	before: TrackedTask,
	now: TaskSnapshot,
	runs: RunEvent[],
	{ threshold, polledAt }: UnusualInput,
	time: number,
): FollowedHistory {
	if (threshold === undefined) return { events: [], history: undefined };
	const { history } = before;
	const succeeded = runs.filter(({ outcome, event }) => {
		return outcome === 'succeeded' && event === 'backupSucceeded';
	});
	// Of two runs between two polls, nothing shows which figures are whose.
	if (succeeded.length !== 1) return { events: [], history };
	const [run] = succeeded as [RunEvent];
	const { duration = null, uncertainty = SECONDS } =
		durationOfRun(before, now, time, polledAt) ?? {};
	const sample = sampleOf(duration, run.figures);
	const inBytes = (run.figures?.source_size ?? null) === null;
	const unusual = unusualFigures(history ?? [], sample, uncertainty, { threshold, inBytes });
	const events: RunEvent[] = unusual.length > 0 ? [{ ...run, event: 'unusualRun', unusual }] : [];
	return { events, history: withRun(history, sample) };
}
