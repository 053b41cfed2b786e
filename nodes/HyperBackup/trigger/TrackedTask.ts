import type { BadStreak } from '../hyperBackup/runs/badStreak';
import type { RunSample } from '../hyperBackup/runs/RunSample';
import type { Task } from '../hyperBackup/task/Task';
import type { LastResult } from '../hyperBackup/task/statusMapping';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';

/** A scheduled time, as the NAS writes it. */
export interface Due {
	text: string;
	/** Milliseconds since 1970, n8n's clock; undefined if the NAS's clock cannot be read. */
	at?: number;
	/** It had passed already when it was first seen: nothing is expected of it. */
	stale?: boolean;
}

/**
 * What is stored of a task between two polls. Times without another word are milliseconds since
 * 1970, n8n's clock.
 */
export interface TrackedTask extends TaskSnapshot {
	firstSeen: number;
	/**
	 * A run was reported as begun and not yet as ended; `pending` once it is over and its outcome is
	 * not shown. `after`: its times are shown already, and this is the end of the run before.
	 */
	open?: { since: number; pending?: boolean; after?: string };
	/**
	 * The last result that was one of a backup, a check or a rotation: no word that stands for
	 * "running" or "not shown".
	 */
	settledResult?: LastResult;
	/** Old versions are being deleted after a run whose end was reported. */
	rotatesReported?: boolean;
	/** Runs since the last success of which at least one was bad. */
	streak?: BadStreak;
	/** For *Unusual Run*: the last successful runs, the oldest first. */
	history?: RunSample[];
	/** Responses in a row that contradict themselves. */
	unclear?: number;
	/**
	 * When a run was reported as ended before the NAS showed its times or its result: what shows up
	 * later belongs to it.
	 */
	endedEarly?: number;
	/**
	 * Of the last good run, where `status` shows them: its version and its time, as DSM writes them.
	 */
	version?: string;
	success?: string;
	/**
	 * The later of what DSM says (never later than now) and when this trigger itself saw a success.
	 */
	successAt?: number;
	/** The time of `success` could not be read yet: the NAS's clock was not known. */
	successUnread?: boolean;
	due?: Due;
	/** The first scheduled time without a good run since. */
	missedAt?: number;
	/** The same as the NAS writes it, where it was read by the NAS's clock. */
	missedText?: string;
	/** A run has begun since then. */
	ranSinceMissed?: boolean;
	/** Polls in a row whose list did not contain the task. */
	missing?: number;
	/** Seconds by which the NAS's clock was ahead of UTC when a missing task was last listed. */
	offset?: number;
	/** The entry of *Task Names or IDs* that chose the task. */
	chosenBy?: string;
}

/** By task ID. A Map, since a LUN task may have any name. */
export type TrackedTasks = Map<string, TrackedTask>;

/** The previous state of a task for an item: what users compare with. */
export function previousTask(task: TrackedTask): Partial<Task> {
	const { id, name, status, activity, result, problem } = task;
	return {
		task_id: id,
		name,
		status,
		activity,
		...(result === undefined ? {} : { last_result: result }),
		problem,
	};
}
