import type { Dialect } from '../hyperBackup/task/dialects/Dialect';
import type { RawTask, TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTask } from './TrackedTask';

/** Everything of a row that a snapshot is made from, in both dialects. */
export const SNAPSHOT_FIELDS = [
	'task_id',
	'name',
	'state',
	'status',
	'type',
	'target_id',
	'last_bkp_result',
	'last_bkp_time',
	'last_bkp_end_time',
	'next_bkp_time',
	'last_bkp_success_version',
	'last_backup_time',
	'next_backup_time',
	'destination',
] as const;

/** A row as the last poll showed it, and its snapshot. */
interface ShownTask {
	values: unknown[];
	snapshot: TaskSnapshot;
}

/** What this process knows of the last list. */
export interface ShownTasks {
	dialect: Dialect;
	tasks: ShownTask[];
}

function isShown(row: RawTask, { values }: ShownTask): boolean {
	for (let index = 0; index < SNAPSHOT_FIELDS.length; index++) {
		if (row[SNAPSHOT_FIELDS[index]!] !== values[index]) return false;
	}
	return true;
}

/**
 * The snapshots of a list. A row that reads as it did in the last poll has the very same snapshot:
 * most of them, in most polls.
 */
export function shownTasks(
	dialect: Dialect,
	rows: RawTask[],
	last: ShownTasks | undefined,
): ShownTasks {
	const known = last?.dialect === dialect ? last.tasks : [];
	const tasks = rows.map((row, index) => {
		const before = known[index];
		if (before !== undefined && isShown(row, before)) return before;
		const values = SNAPSHOT_FIELDS.map((field) => row[field]);
		return { values, snapshot: dialect.snapshot(row) };
	});
	return { dialect, tasks };
}

/** The snapshot by which nothing had happened to a task. Neither of them ever changes. */
const unchanged = new WeakMap<TrackedTask, TaskSnapshot>();

export const noteUnchanged = (task: TrackedTask, now: TaskSnapshot): void =>
	void unchanged.set(task, now);

/** Whether it is known already that this snapshot shows nothing new of the task. */
export const isKnownUnchanged = (task: TrackedTask, now: TaskSnapshot): boolean =>
	unchanged.get(task) === now;
