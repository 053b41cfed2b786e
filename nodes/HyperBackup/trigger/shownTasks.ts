import type { Dialect } from '../hyperBackup/task/dialects/Dialect';
import type { RawTask, TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';

/** Everything of a row that a snapshot is made from, in both dialects. */
const shownFields = (row: RawTask) => ({
	task_id: row.task_id,
	name: row.name,
	state: row.state,
	status: row.status,
	type: row.type,
	target_id: row.target_id,
	last_bkp_result: row.last_bkp_result,
	last_bkp_time: row.last_bkp_time,
	last_bkp_end_time: row.last_bkp_end_time,
	next_bkp_time: row.next_bkp_time,
	last_bkp_success_version: row.last_bkp_success_version,
	last_backup_time: row.last_backup_time,
	next_backup_time: row.next_backup_time,
	destination: row.destination,
});

type ShownFields = ReturnType<typeof shownFields>;

/** Field by field, and not by a list of names: a thousand rows are compared in each poll. */
const isShown = (row: RawTask, shown: ShownFields): boolean =>
	row.task_id === shown.task_id &&
	row.name === shown.name &&
	row.state === shown.state &&
	row.status === shown.status &&
	row.type === shown.type &&
	row.target_id === shown.target_id &&
	row.last_bkp_result === shown.last_bkp_result &&
	row.last_bkp_time === shown.last_bkp_time &&
	row.last_bkp_end_time === shown.last_bkp_end_time &&
	row.next_bkp_time === shown.next_bkp_time &&
	row.last_bkp_success_version === shown.last_bkp_success_version &&
	row.last_backup_time === shown.last_backup_time &&
	row.next_backup_time === shown.next_backup_time &&
	row.destination === shown.destination;

/** What this process knows of the last list. */
export interface ShownTasks {
	dialect: Dialect;
	fields: ShownFields[];
	/** In the order of the list. */
	snapshots: TaskSnapshot[];
}

function isSameList({ fields }: ShownTasks, rows: RawTask[]): boolean {
	if (fields.length !== rows.length) return false;
	for (let index = 0; index < rows.length; index++) {
		if (!isShown(rows[index]!, fields[index]!)) return false;
	}
	return true;
}

/**
 * The snapshots of a list. One that reads as in the last poll is the very same, and so is a row:
 * most of them, in most polls.
 */
export function shownTasks(
	dialect: Dialect,
	rows: RawTask[],
	last: ShownTasks | undefined,
): ShownTasks {
	const known = last?.dialect === dialect ? last : undefined;
	if (known && isSameList(known, rows)) return known;
	const fields = rows.map(shownFields);
	const snapshots = rows.map((row, index) => {
		const before = known?.fields[index];
		return before && isShown(row, before) ? known.snapshots[index]! : dialect.snapshot(row);
	});
	return { dialect, fields, snapshots };
}
