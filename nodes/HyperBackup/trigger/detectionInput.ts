import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { RunFigures } from '../hyperBackup/runs/runFigures';
import type { UnusualInput } from './followUnusual';
import type { Detail } from './anotherRun';
import type { PollMoment } from './followRun';
import type { Limits, Reported } from './thresholds';

/**
 * What has been reported as begun and not as ended, by task ID. Stored apart from the baseline,
 * which may be taken anew.
 */
export type ReportedConditions = Map<string, { name: string; conditions: Reported }>;

export interface DetectionInput extends PollMoment {
	/** The tasks that are watched, of one complete response. */
	snapshots: TaskSnapshot[];
	/** What `status` shows of some of them. */
	details: Map<string, Detail>;
	limits: Limits;
	unusual: UnusualInput;
	/** Every task was watched at the last poll too, so one that was not there then is new. */
	complete: boolean;
	/** Seconds by which the NAS's clock was ahead of UTC at the last poll, if known. */
	offset?: number;
	/**
	 * Runs are not compared: this poll only records. What is measured and what was reported goes on.
	 */
	baseline: boolean;
	/** By task ID: the entry of *Task Names or IDs* that chose it. */
	chosenBy: Map<string, string>;
	/**
	 * A task's weekly schedule came due last at this time (milliseconds, n8n's clock); undefined if
	 * that cannot be known.
	 */
	lastDue: (id: string) => number | undefined;
	/** What this poll knows of the last run of a task. */
	figuresOf: (id: string) => RunFigures | undefined;
}
