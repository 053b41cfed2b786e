import type { Outcome } from './runOutcome';

/** The gravest first. */
export const BAD_OUTCOMES = ['failed', 'unknown', 'partial', 'canceled', 'discarded'] as const;
export type BadOutcome = (typeof BAD_OUTCOMES)[number];

/** A suspended run is neither bad nor good: it goes on, or is discarded. */
export const isBad = (outcome: Outcome | undefined): outcome is BadOutcome =>
	(BAD_OUTCOMES as readonly unknown[]).includes(outcome);

/** Partial and canceled runs do not count as failures, and do not end a row of them. */
const FAILURES: Outcome[] = ['failed', 'unknown'];

/** The runs of a task since its last success, if at least one was bad. */
export interface BadStreak {
	/** The gravest outcome of them. */
	worst: BadOutcome;
	/** Milliseconds since 1970, n8n's clock: when the first one was detected. */
	since: number;
	/** How many of them failed, or ended with an unknown outcome. */
	failures: number;
}

/** What a success ends. */
export interface EndedStreak {
	/** undefined: nothing but an overdue backup. */
	worst?: BadOutcome;
	since: number;
	failures: number;
	/** When the success was detected. */
	until: number;
}

/** The streak after one more bad run. */
export function withBadRun(
	before: BadStreak | undefined,
	outcome: BadOutcome,
	now: number,
): BadStreak {
	const { worst = outcome, since = now, failures = 0 } = before ?? {};
	const gravest = Math.min(BAD_OUTCOMES.indexOf(worst), BAD_OUTCOMES.indexOf(outcome));
	return {
		worst: BAD_OUTCOMES[gravest]!,
		since,
		failures: failures + (FAILURES.includes(outcome) ? 1 : 0),
	};
}

/**
 * What a success at `now` ends: bad runs, and a backup that has been reported as overdue since
 * `overdueSince`; undefined: there was neither.
 */
export function endedBy(
	streak: BadStreak | undefined,
	overdueSince: number | undefined,
	now: number,
): EndedStreak | undefined {
	const since = Math.min(streak?.since ?? Infinity, overdueSince ?? Infinity);
	if (since === Infinity) return undefined;
	return { worst: streak?.worst, since, failures: streak?.failures ?? 0, until: now };
}
