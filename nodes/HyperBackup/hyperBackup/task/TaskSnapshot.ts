import type { RunTimes } from '../runs/runTimes';
import type { LastResult, Problem, RunPhase, Status } from './statusMapping';

/** The rows of NAS responses, as they came. */
export type RawTask = Record<string, unknown>;

/**
 * What one response of the NAS shows of a task, as far as it tells one run from another. Times stay
 * the NAS's own text: compared, never calculated with.
 */
export interface TaskSnapshot {
	/** As `taskIdText` gives it: no two tasks of a NAS have the same. */
	id: string;
	name: string;
	status: Status;
	activity: string | null;
	/** undefined where the dialect does not show it. */
	result?: LastResult;
	/** DSM's own word for it, "" without one. */
	resultWord: string;
	problem: Problem | null;
	phase: RunPhase;
	run: RunTimes;
	/** The next scheduled run as the NAS writes it, or "". */
	next: string;
	/** The version of the last good run, where the response shows it. */
	version?: string;
	/**
	 * Where the task writes to, as DSM names it: with the name, what tells a new task from an edited
	 * one.
	 */
	target: string;
}
