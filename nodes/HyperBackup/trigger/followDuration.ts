import { wallSeconds } from '../hyperBackup/clock/NasClock';
import { deviationOf, withRun } from '../hyperBackup/runs/runHistory';
import { durationOf, isSameRun } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { RunEvent } from './followRun';
import type { TrackedTask } from './TrackedTask';

/** For *Unusual Run*. */
export interface UnusualInput {
	/** Times the usual spread; undefined: the event is not chosen, and no history is kept. */
	threshold?: number;
	/** The last poll; milliseconds since 1970, n8n's clock. */
	polledAt?: number;
}

/** Seconds: below this, durations are not compared. */
const SMALLEST = 60;

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
	return { duration, uncertainty: Math.max(SMALLEST, another ? 0 : between) };
}

export interface FollowedDuration {
	events: RunEvent[];
	history: number[] | undefined;
}

/**
 * Compares how long a successful run took with the runs of the task before it. What is not known is
 * neither compared nor kept: it is not zero.
 */
export function followDuration(
	before: TrackedTask,
	now: TaskSnapshot,
	runs: RunEvent[],
	{ threshold, polledAt }: UnusualInput,
	time: number,
): FollowedDuration {
	if (threshold === undefined) return { events: [], history: undefined };
	const { history } = before;
	const succeeded = runs.filter(({ outcome, event }) => {
		return outcome === 'succeeded' && event === 'backupSucceeded';
	});
	const run = succeeded.length === 1 ? durationOfRun(before, now, time, polledAt) : undefined;
	if (!run) return { events: [], history };
	const found = deviationOf(history ?? [], run.duration, run.uncertainty);
	const unusual = found !== undefined && Math.abs(found.deviation) >= threshold;
	return {
		events: unusual ? [{ ...succeeded[0]!, event: 'unusualRun', unusual: found }] : [],
		history: withRun(history, run.duration),
	};
}
