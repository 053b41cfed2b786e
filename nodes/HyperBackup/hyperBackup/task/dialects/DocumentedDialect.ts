import type { Call } from '../../../dsm/DsmClient';
import type { NasClock } from '../../clock/NasClock';
import {
	mapDocumentedStatus,
	phaseOfDocumented,
	wordOf,
	type LastResult,
	type Status,
} from '../statusMapping';
import { taskFromDocumented, type Task } from '../Task';
import type { RawTask, TaskSnapshot } from '../TaskSnapshot';
import { statusFromDocumented, type TaskStatus } from '../TaskStatus';
import {
	checkedRows,
	isRow,
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

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

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

/** The API as it is documented: GET for reads, Unix times, four statuses. IDs are text. */
export class DocumentedDialect implements Dialect {
	readonly name: DialectName = 'documented';

	readonly statusAddsToList = false;

	list(): Call {
		return call('List', { reads: true, http: 'GET' });
	}

	get(id: string): Call[] {
		return [call('Get', { reads: true, http: 'GET' }, id)];
	}

	status(id: string): Call {
		return call('GetStatus', { reads: true, http: 'GET' }, id);
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

	/** Times are Unix times already; the clock only adds the offset in which they are shown. */
	needsClock(): boolean {
		return false;
	}

	task(row: RawTask, clock: NasClock): Task {
		return taskFromDocumented(row, clock);
	}

	taskDetails(row: RawTask, clock: NasClock): Task {
		return taskFromDocumented(row, clock);
	}

	taskStatus(row: RawTask, id: string): TaskStatus {
		return statusFromDocumented(row, id);
	}

	unknownWords({ status }: RawTask): string[] {
		const word = wordOf(status);
		const unknown = word !== undefined && word !== '' && mapDocumentedStatus(word) === 'unknown';
		return unknown ? [`status: ${word}`] : [];
	}
}
