import type { TaskSnapshot } from '../hyperBackup/task/taskSnapshot';
import type { Task } from '../hyperBackup/task/Task';

/** What is remembered of a task between two polls. */
export interface TrackedTask extends TaskSnapshot {
	/** A run was seen under way, and its end has not been told yet. */
	live: boolean;
	/** The last look contradicted itself ("idle" and "running now"); the rest is from the look before. */
	doubtful?: boolean;
	/** Of the last successful run, where `status` told them: its version and its time, as DSM writes them. */
	version?: string;
	success?: string;
	/** Milliseconds since 1970, n8n's clock. */
	liveSince?: number;
	successAt?: number;
	dueAt?: number;
	firstSeen?: number;
	/** Conditions that were reported and have not ended. */
	latched?: string[];
}

export type TrackedTasks = Record<string, TrackedTask>;

/** When a run began, as DSM writes it, out of the run's identity; where DSM does not tell, when it ended. */
export const startOf = (run: string): string => run.split('|')[0] ?? '';

/** When a run ended, likewise. */
export const endOf = (run: string): string => run.split('|').pop() ?? '';

/** The previous state of a task for an item: what a reader compares with. */
export function previousTask({
	id,
	name,
	status,
	activity,
	result,
	problem,
}: TrackedTask): Partial<Task> {
	return {
		task_id: id,
		name,
		status,
		activity,
		...(result === undefined ? {} : { last_result: result }),
		problem,
	};
}
