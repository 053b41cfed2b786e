import type { Dialect } from '../../hyperBackup/task/dialects/Dialect';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';

/** One response about a task that is waited for. */
export interface Reading {
	snapshot: TaskSnapshot;
	row: RawTask;
	dialect: Dialect;
}
