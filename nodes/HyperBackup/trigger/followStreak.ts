import { endedBy, isBad, withBadRun, type BadStreak } from '../hyperBackup/runs/badStreak';
import { outcomeOfResult, type Outcome } from '../hyperBackup/runs/runOutcome';
import { isSameRun } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { RunEvent } from './followRun';
import type { TrackedTask } from './TrackedTask';

export interface FollowedStreak {
	events: RunEvent[];
	streak: BadStreak | undefined;
}

/**
 * Counts the runs that ended. The first success after a bad run, or after a backup that has been
 * reported as overdue since `overdueSince` (milliseconds), is followed by *Backup Recovered*.
 */
export function followStreak(
	before: BadStreak | undefined,
	runs: RunEvent[],
	now: number,
	overdueSince: number | undefined,
): FollowedStreak {
	let streak = before;
	let overdue = overdueSince;
	const events = runs.flatMap((run): RunEvent[] => {
		const { outcome } = run;
		if (outcome === undefined) return [run];
		if (isBad(outcome)) streak = withBadRun(streak, outcome, now);
		if (outcome !== 'succeeded') return [{ ...run, failures: streak?.failures ?? 0 }];
		const ended = endedBy(streak, overdue, now);
		streak = overdue = undefined;
		const success = { ...run, failures: 0 };
		return ended ? [success, { ...success, event: 'backupRecovered', ended }] : [success];
	});
	return { events, streak };
}

/** How the last run ended, as far as the task shows it by itself. */
function shownOutcome({ phase, result, status, run }: TaskSnapshot): Outcome | undefined {
	if (phase !== 'settled') return undefined;
	const good = result === undefined && status === 'idle' && run.end !== '';
	return good ? 'succeeded' : outcomeOfResult(result);
}

/** Of a task without times, another result is all that shows another run. */
const showsAnotherRun = (now: TaskSnapshot, before: TrackedTask): boolean =>
	now.run.end === '' ? now.result !== before.settledResult : !isSameRun(before.run, now.run);

/**
 * At a baseline nothing is compared, but what has been reported as bad is reported as over: once,
 * when the task shows a success of another run.
 */
export function streakAtBaseline(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	time: number,
	overdueSince: number | undefined,
): FollowedStreak {
	const outcome = shownOutcome(now);
	const streak = before?.streak;
	if (before && !showsAnotherRun(now, before)) return { events: [], streak };
	if (outcome === 'succeeded') {
		const ended = endedBy(streak, overdueSince, time);
		if (!ended) return { events: [], streak: undefined };
		const event = { event: 'backupRecovered' as const, outcome, failures: 0, unseen: true, ended };
		return { events: [event], streak: undefined };
	}
	return { events: [], streak: isBad(outcome) ? withBadRun(streak, outcome, time) : streak };
}
