import { deepCopy, type IDataObject } from 'n8n-workflow';
import type { Call } from '../../../dsm/DsmClient';
import type { NasClock } from '../../clock/NasClock';
import { describeState, describeTask } from '../describeState';
import {
	mapDocumentedStatus,
	phaseOfDocumented,
	wordOf,
	type LastResult,
	type Status,
} from '../statusMapping';
import { isRow, numberOf, text, type Task, type TaskStatus } from '../Task';
import type { RawTask, TaskSnapshot } from '../TaskSnapshot';
import {
	checkedRows,
	TASK_API,
	TASK_VERSION,
	type Action,
	type Dialect,
	type DialectName,
} from './Dialect';

const METHODS: Record<Action, string> = {
	run: 'Run',
	cancel: 'Cancel',
	suspend: 'Suspend',
	resume: 'Resume',
	// Not documented: a NAS of this dialect responds with 103, and the node says so.
	discard: 'Discard',
};

/** Unix seconds as text; "" for 0, which stands for "never". */
const unixText = (value: unknown): string => (/^[1-9]\d*$/.test(text(value)) ? text(value) : '');

/** This dialect has no result: two statuses show how the last run ended. */
const RESULTS: Partial<Record<Status, LastResult>> = { error: 'failed', suspended: 'suspended' };

const call = (method: string, more: Partial<Call>, id?: string): Call => ({
	api: TASK_API,
	version: TASK_VERSION,
	method,
	raw: true,
	parameters: id === undefined ? {} : { task_id: id },
	...more,
});

/** Unix seconds, with 0 and "" for "never". */
function unixTime(value: unknown): number | null {
	const time = numberOf(value);
	return time !== null && time > 0 ? time : null;
}

/** What a response leaves out (Get has no times) is left out here too: null would mean "never". */
function taskFromDocumented(raw: RawTask, clock: NasClock): Task {
	const name = text(raw.name);
	const status = mapDocumentedStatus(raw.status);
	const task = {
		task_id: text(raw.task_id),
		name,
		status,
		message: describeTask({ name, status }),
	} as Task;
	const last = unixTime(raw.last_backup_time);
	const next = unixTime(raw.next_backup_time);
	if ('last_backup_time' in raw) task.last_backup_at = clock.toIso(last);
	if ('next_backup_time' in raw) task.next_backup_at = clock.toIso(next);
	task.destination = text(raw.destination);
	task.nas = null;
	if ('last_backup_time' in raw) task.last_backup_time = last;
	if ('next_backup_time' in raw) task.next_backup_time = next;
	if (Array.isArray(raw.source_folders)) task.source_folders = raw.source_folders.map(text);
	if (typeof raw.schedule === 'object' && raw.schedule !== null) {
		// Whoever gets the item may change it; the trigger keeps the row.
		task.schedule = deepCopy(raw.schedule as IDataObject);
	}
	return task;
}

function statusFromDocumented(raw: RawTask, taskId: string): TaskStatus {
	const status = mapDocumentedStatus(raw.status);
	return {
		task_id: taskId,
		status,
		progress: numberOf(raw.progress),
		message: `Task ${taskId}: ${describeState({ status })}`,
		files_backed_up: numberOf(raw.files_backed_up),
		bytes_backed_up: numberOf(raw.bytes_backed_up),
		estimated_time_remaining: numberOf(raw.estimated_time_remaining),
	};
}

/** The API as it is documented: GET for reads, Unix times, four statuses. IDs are text. */
export class DocumentedDialect implements Dialect {
	readonly name: DialectName = 'documented';

	readonly isCompound = false;

	readonly nameHasStatus = true;

	readonly statusAddsToList = false;

	/** Times are Unix times already; the clock only adds the offset in which they are shown. */
	readonly hasWallTimes = false;

	readonly task = taskFromDocumented;

	readonly taskDetails = taskFromDocumented;

	readonly taskStatus = statusFromDocumented;

	list(): Call {
		return call('List', { reads: true, http: 'GET' });
	}

	get(id: string): Call[] {
		return [call('Get', { reads: true, http: 'GET' }, id)];
	}

	status(id: string): Call {
		return call('GetStatus', { reads: true, http: 'GET' }, id);
	}

	nameOf(id: string): Call {
		return this.get(id)[0]!;
	}

	action(action: Action, id: string): Call {
		return call(METHODS[action], {}, id);
	}

	rows(data: unknown): RawTask[] {
		const { tasks, total } = isRow(data) ? data : {};
		return checkedRows(tasks, total);
	}

	snapshot(row: RawTask): TaskSnapshot {
		const status = mapDocumentedStatus(row.status);
		return {
			id: text(row.task_id),
			name: text(row.name),
			status,
			activity: status === 'running' ? 'backing_up' : null,
			result: RESULTS[status],
			resultWord: '',
			problem: status === 'error' ? 'backup_failed' : null,
			phase: phaseOfDocumented(status),
			run: { start: '', end: unixText(row.last_backup_time) },
			next: unixText(row.next_backup_time),
			target: text(row.destination),
		};
	}

	needsClock(): boolean {
		return false;
	}

	unknownWords({ status }: RawTask): string[] {
		const word = wordOf(status);
		const unknown = word !== undefined && word !== '' && mapDocumentedStatus(word) === 'unknown';
		return unknown ? [`status: ${word}`] : [];
	}
}
