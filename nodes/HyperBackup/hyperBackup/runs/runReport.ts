import type { NasClock } from '../clock/NasClock';
import { lastErrorCode, readableErrorKey } from '../task/errorCode';
import type { RawTask } from '../task/TaskSnapshot';
import { figuresOfRow, type RunFigures } from './runFigures';
import { OUTCOME_CLAUSES, type Outcome } from './runOutcome';
import { durationOf, readRunTimes } from './runTimes';

/**
 * A run that ended, as actions and trigger report it. Unix seconds, ISO 8601 with the NAS's offset,
 * and seconds; null for what the NAS does not show.
 */
export interface RunReport extends RunFigures {
	outcome: Outcome;
	started_time: number | null;
	started_at: string | null;
	finished_time: number | null;
	finished_at: string | null;
	duration: number | null;
	/** The version that the run made. */
	version: string | null;
	/** DSM's key of the error, e.g. `...:error:status_target_broken`. */
	error: string | null;
	error_code: number | null;
	/** One sentence that can be sent as it is. */
	message: string;
}

export interface RunEvidence {
	outcome: Outcome;
	taskName: string;
	/** The task's row with what `status` added. */
	row: RawTask;
	clock: NasClock;
	/** Milliseconds since 1970, n8n's clock: when the run was seen to begin and to end. */
	seen?: { from?: number; to?: number };
	/** The times in `row` are those of another run: this one left none. */
	withoutTimes?: boolean;
	/** What is known beside the row. */
	figures?: RunFigures;
}

/** Where the run has left no times, or DSM shows none, what n8n saw of it is all there is. */
function timesOf({ row, clock, seen, withoutTimes }: RunEvidence) {
	const measured =
		seen?.from !== undefined && seen.to !== undefined
			? Math.round((seen.to - seen.from) / 1000)
			: undefined;
	if (withoutTimes) return { started: null, finished: null, duration: null };
	const run = readRunTimes(row);
	const finished = clock.toUnix(run.end) ?? documentedTime(row);
	const duration = durationOf(clock.toUnix(run.start), finished, measured);
	const started = finished !== null && duration !== null ? finished - duration : null;
	return { started, finished, duration };
}

/** The documented API has Unix seconds, and the end alone. */
function documentedTime({ last_backup_time: time }: RawTask): number | null {
	return typeof time === 'number' && time > 0 ? time : null;
}

export function failureSentence(taskName: string, outcome: Outcome, row: RawTask): string {
	const parts = [OUTCOME_CLAUSES[outcome]];
	if (outcome !== 'succeeded') {
		const reason = readableErrorKey(row.last_bkp_error);
		const code = lastErrorCode(row.last_bkp_error_code);
		if (reason !== null) parts.push(`DSM reports: ${reason}`);
		if (code !== null) parts.push(`error code ${code}`);
	}
	return `Task '${taskName}': ${parts.join('; ')}`;
}

export function reportRun(evidence: RunEvidence): RunReport {
	const { outcome, taskName, clock } = evidence;
	// The fields of the run before say nothing of a run that left none.
	const row: RawTask = evidence.withoutTimes ? {} : evidence.row;
	const { started, finished, duration } = timesOf(evidence);
	const succeeded = outcome === 'succeeded';
	const version = row.last_bkp_success_version;
	const error = row.last_bkp_error;
	return {
		outcome,
		started_time: started,
		started_at: clock.toIso(started),
		finished_time: finished,
		finished_at: clock.toIso(finished),
		duration,
		version: succeeded && typeof version === 'string' && version !== '' ? version : null,
		error: !succeeded && typeof error === 'string' && error !== '' ? error : null,
		error_code: succeeded ? null : lastErrorCode(row.last_bkp_error_code),
		message: failureSentence(taskName, outcome, row),
		...(evidence.figures ?? figuresOfRow(row)),
	};
}
