import type { LastResult, Status } from '../task/statusMapping';

/** How a run ended. `canceled` means canceled by a user, or interrupted and not resumable. */
export type Outcome =
	'succeeded' | 'partial' | 'failed' | 'canceled' | 'discarded' | 'suspended' | 'unknown';

const OUTCOMES: Partial<Record<LastResult, Outcome>> = {
	success: 'succeeded',
	partial: 'partial',
	failed: 'failed',
	canceled: 'canceled',
	discarded: 'discarded',
	suspended: 'suspended',
};

/** The outcome that a result stands for; undefined for results that are none of a backup. */
export const outcomeOfResult = (result: LastResult | undefined): Outcome | undefined =>
	result === undefined ? undefined : OUTCOMES[result];

export interface EndEvidence {
	/** Of the task now, once its run is over. */
	result?: LastResult;
	status: Status;
	/** The times shown are those of this run. */
	newTimes: boolean;
	/** `status` shows that this very run has succeeded, whatever the result says. */
	succeeded?: boolean;
}

/**
 * How the run that has just ended went. Results of a check or of a deletion of versions hide the
 * backup's own: then only what `status` knows of the last success counts. The documented dialect
 * has no result for a good run: it leaves the task idle with a new time of the last backup.
 */
export function outcomeOf({ result, status, newTimes, succeeded }: EndEvidence): Outcome {
	const outcome = outcomeOfResult(result);
	if (outcome !== undefined) return outcome;
	if (succeeded === true) return 'succeeded';
	return result === undefined && status === 'idle' && newTimes ? 'succeeded' : 'unknown';
}

/** A clause for a sentence that begins with the task. */
export const OUTCOME_CLAUSES: Record<Outcome, string> = {
	succeeded: 'the backup completed successfully',
	partial: 'the backup was partially completed: some items were skipped',
	failed: 'the backup failed',
	canceled: 'the backup was canceled by a user or interrupted',
	discarded: 'the suspended backup was discarded',
	suspended: 'the backup was suspended and can be resumed',
	unknown: 'the backup ended with an unknown outcome',
};
