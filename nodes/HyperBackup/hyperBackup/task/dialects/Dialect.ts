import type { Call } from '../../../dsm/DsmClient';
import { DsmError } from '../../../dsm/errors/DsmError';
import type { NasClock } from '../../clock/NasClock';
import { isRow, type Task, type TaskStatus } from '../Task';
import type { RawTask, TaskSnapshot } from '../TaskSnapshot';

export type DialectName = 'dsm' | 'documented';

export type Action = 'run' | 'cancel' | 'suspend' | 'resume' | 'discard';

export const TASK_API = 'SYNO.Backup.Task';
/** 2 is advertised everywhere and has no method at all. */
export const TASK_VERSION = 1;

/**
 * A list of more tasks than this is not one of Hyper Backup: refused before anything is made of it.
 */
export const MAX_TASKS = 10_000;

/**
 * One of the two ways in which a NAS offers `SYNO.Backup.Task`: its requests and the reading of its
 * responses. A response is only ever read by the dialect that made the request.
 */
export interface Dialect {
	readonly name: DialectName;
	/** Its calls may be members of a compound request. */
	readonly isCompound: boolean;
	list(): Call;
	/** Everything about one task; several responses, read together. */
	get(id: string): Call[];
	status(id: string): Call;
	/** What shows the task's name, for an action that knows only its ID. */
	nameOf(id: string): Call;
	/** `nameOf` shows the status of the task as well. */
	readonly nameHasStatus: boolean;
	/** `state` is the task's own word, which DSM's cancel and suspend require. */
	action(action: Action, id: string, state?: string): Call;
	/** The rows of a list response. Throws where it is no whole list. */
	rows(data: unknown): RawTask[];
	/** `id`: the task whose status was requested; a row of the list names its own. */
	snapshot(row: RawTask, id?: string): TaskSnapshot;
	/** Its times are texts by the NAS's wall clock. */
	readonly hasWallTimes: boolean;
	/** Whether any of these rows has such a time. */
	needsClock(rows: RawTask[]): boolean;
	task(row: RawTask, clock: NasClock): Task;
	/** With the fields that only `get` shows. */
	taskDetails(row: RawTask, clock: NasClock): Task;
	taskStatus(row: RawTask, id: string, clock: NasClock): TaskStatus;
	/** Whether `status` shows more of a task than its row in the list. */
	readonly statusAddsToList: boolean;
	/** Words in this row that are not known, as `field: word`. */
	unknownWords(row: RawTask): string[];
}

/**
 * Checked before any row is mapped: a damaged list would read as tasks that were deleted, a hostile
 * one would keep n8n busy.
 */
export function checkedRows(rows: unknown, total: unknown): RawTask[] {
	const whole = Array.isArray(rows) && !(typeof total === 'number' && total > rows.length);
	if (!whole) {
		throw new DsmError({
			kind: 'badResponse',
			message: 'The NAS left the list of tasks out of its response',
			description: 'Try again. If it keeps happening, check Hyper Backup on the NAS.',
		});
	}
	if (rows.length > MAX_TASKS) {
		throw new DsmError({
			kind: 'notDsm',
			message: `The response of the NAS lists more than ${MAX_TASKS} tasks`,
			description: 'Check the NAS Address: something other than Hyper Backup may have responded.',
		});
	}
	for (const row of rows as unknown[]) {
		const id = isRow(row) ? row.task_id : undefined;
		if ((typeof id === 'string' && id !== '') || typeof id === 'number') continue;
		throw new DsmError({
			kind: 'badResponse',
			message: 'The NAS listed a task without its ID',
			description: 'Try again. If it keeps happening, check Hyper Backup on the NAS.',
		});
	}
	return rows as RawTask[];
}
