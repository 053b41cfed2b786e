import type { Call } from '../../../dsm/DsmClient';
import { readRunTimes } from '../../runs/runTimes';
import { isKnownWord, mapStatus, phaseOfDsm, wordOf, type DsmWords } from '../statusMapping';
import {
	isLun,
	isRow,
	statusFromDsm,
	taskDetailsFromDsm,
	taskFromDsm,
	taskIdText,
	taskIdValue,
	text,
} from '../Task';
import type { RawTask, TaskSnapshot } from '../TaskSnapshot';
import {
	checkedRows,
	TASK_API,
	TASK_VERSION,
	type Action,
	type Dialect,
	type DialectName,
} from './Dialect';

const LAST_RUN = ['last_bkp_time', 'next_bkp_time', 'last_bkp_result', 'is_modified'];
const FOR_LIST = [...LAST_RUN, 'schedule'];
const FOR_GET = ['repository', 'schedule', 'backup_params', 'rotate_params'];
const FOR_STATUS = [...LAST_RUN, 'last_bkp_progress', 'last_bkp_success_version'];

const METHODS: Record<Action, string> = {
	run: 'backup',
	cancel: 'cancel',
	suspend: 'suspend',
	resume: 'resume',
	discard: 'discard',
};

const DATES = ['last_bkp_time', 'last_bkp_end_time', 'last_bkp_success_time', 'next_bkp_time'];

const WORDS: Array<keyof DsmWords> = ['state', 'status', 'last_bkp_result'];

export function dsmWords(row: RawTask): DsmWords {
	return {
		state: wordOf(row.state),
		status: wordOf(row.status),
		last_bkp_result: wordOf(row.last_bkp_result),
	};
}

const READ = { api: TASK_API, version: TASK_VERSION, reads: true };

/**
 * What real DSM 6 and 7 offer: everything is a form POST, times are wall-clock text, and three
 * words make one status.
 */
export class DsmDialect implements Dialect {
	readonly name: DialectName = 'dsm';

	readonly isCompound = true;

	readonly nameHasStatus = false;

	readonly statusAddsToList = true;

	readonly hasWallTimes = true;

	readonly task = taskFromDsm;

	readonly taskDetails = taskDetailsFromDsm;

	readonly taskStatus = statusFromDsm;

	list(): Call {
		return { method: 'list', parameters: { additional: FOR_LIST }, ...READ };
	}

	/** `get` has the sources and the destination, `status` how the task is. */
	get(id: string): Call[] {
		const parameters = { task_id: taskIdValue(id), additional: FOR_GET };
		return [{ ...READ, method: 'get', parameters }, this.status(id)];
	}

	/**
	 * `blOnline: false` leaves the destination alone: checking it is slow, hangs when it is away, and
	 * wakes disks.
	 */
	status(id: string): Call {
		const parameters = { task_id: taskIdValue(id), blOnline: false, additional: FOR_STATUS };
		return { method: 'status', parameters, ...READ };
	}

	nameOf(id: string): Call {
		return { ...READ, method: 'get', parameters: { task_id: taskIdValue(id) } };
	}

	action(action: Action, id: string, state = 'backupable'): Call {
		const needsState = action === 'cancel' || action === 'suspend';
		return {
			api: TASK_API,
			version: TASK_VERSION,
			method: METHODS[action],
			parameters: { task_id: taskIdValue(id), ...(needsState ? { task_state: state } : {}) },
		};
	}

	rows(data: unknown): RawTask[] {
		const { task_list, total } = isRow(data) ? data : {};
		return checkedRows(task_list, total);
	}

	snapshot(row: RawTask, id?: string): TaskSnapshot {
		const words = dsmWords(row);
		const { status, activity, last_result, problem } = mapStatus(words, isLun(row, id));
		return {
			id: id ?? taskIdText(row.task_id),
			name: text(row.name),
			status,
			activity,
			result: last_result,
			resultWord: words.last_bkp_result ?? '',
			problem,
			phase: phaseOfDsm(words, last_result),
			run: readRunTimes(row),
			next: text(row.next_bkp_time),
			version: text(row.last_bkp_success_version) || undefined,
			target: text(row.target_id),
		};
	}

	needsClock(rows: RawTask[]): boolean {
		for (const row of rows) for (const date of DATES) if (text(row[date]) !== '') return true;
		return false;
	}

	unknownWords(row: RawTask): string[] {
		const words = dsmWords(row);
		return WORDS.flatMap((field) => {
			const word = words[field];
			const unknown = word !== undefined && word !== '' && !isKnownWord(field, word);
			return unknown ? [`${field}: ${word}`] : [];
		});
	}
}
