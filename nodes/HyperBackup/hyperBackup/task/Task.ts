import type { IDataObject } from 'n8n-workflow';
import { DsmError } from '../../dsm/errors/DsmError';
import type { NasClock } from '../clock/NasClock';
import { describeState, describeTask } from './describeState';
import { destinationOf, destinationTypeOf } from './destination';
import { lastErrorCode } from './errorCode';
import { mapStatus, type LastResult, type Problem, type Status } from './statusMapping';
import type { RawTask } from './TaskSnapshot';

/**
 * A backup task. Some fields are only there on real DSMs; the documented API does not have them.
 */
export interface Task extends IDataObject {
	/** As `taskIdText` gives it. */
	task_id: string;
	name: string;
	status: Status;
	last_result?: LastResult;
	/** How the task is, in one sentence. */
	message: string;
	/**
	 * Unix seconds: when the last run ended; null if it never ran, or DSM does not show it (LUN
	 * tasks).
	 */
	last_backup_time: number | null;
	/** The same in ISO 8601, with the NAS's offset. */
	last_backup_at: string | null;
	/** Unix seconds; null without a schedule. */
	next_backup_time: number | null;
	next_backup_at: string | null;
	destination: string;
	/** How the NAS is called in n8n. */
	nas: string | null;
	activity?: string | null;
	problem?: Problem | null;
}

/** What a task is doing now. */
export interface TaskStatus extends IDataObject {
	task_id: string;
	status: Status;
	/** 0 to 100, or null: nothing is running, or DSM does not know yet. */
	progress: number | null;
	files_backed_up: number | null;
	/** Only the documented API has a figure that is bytes for certain. */
	bytes_backed_up: number | null;
	/** Seconds, or null. */
	estimated_time_remaining: number | null;
}

/**
 * A task's ID as text that leads back to the very same task: DSM numbers tasks, and LUN tasks have
 * their name as ID. A name that would read as a number, that begins with `=` (which n8n evaluates)
 * or with a quote is put in quotes.
 */
export function taskIdText(id: unknown): string {
	if (typeof id === 'number') return Number.isSafeInteger(id) ? String(id) : '';
	if (typeof id !== 'string' || id === '') return '';
	return /^(\d+$|["=])/.test(id) || id !== id.trim() ? `"${id}"` : id;
}

/**
 * What is sent for such a text: only `0` or digits without a leading zero are a number, everything
 * else is a LUN task's name.
 */
export function taskIdValue(text: string): string | number {
	if (/^".*"$/s.test(text) && text.length > 1) return text.slice(1, -1);
	return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

export const isRow = (data: unknown): data is RawTask =>
	typeof data === 'object' && data !== null && !Array.isArray(data);

/** `id`: of the task whose row was requested, which the response need not name. */
export function asRow(data: unknown, id?: string): RawTask {
	if (isRow(data)) return id === undefined ? data : { task_id: taskIdValue(id), ...data };
	throw new DsmError({
		kind: 'badResponse',
		message: 'The NAS left the task out of its response',
		description: 'Try again. If it keeps happening, check the task in Hyper Backup.',
	});
}

export const text = (value: unknown): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Numbers come as numbers or as text; null for anything else. */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || value.trim() === '') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

/** null where DSM does not show it, as for LUN tasks. */
export const flagOf = (value: unknown): boolean | null =>
	typeof value === 'boolean' ? value : null;

/** A row as an item: what is no object is put into one, so that it is shown. */
export const rowItem = (row: unknown): IDataObject =>
	typeof row === 'object' && row !== null ? (row as IDataObject) : { row: row as string };

/**
 * What a run left behind and what comes next, from a row of `list` or from `status`; only what DSM
 * sent.
 */
export interface RunFields extends IDataObject {
	status: Status;
	last_result: LastResult;
	activity: string | null;
	problem: Problem | null;
	last_backup_time: number | null;
	last_backup_at: string | null;
	next_backup_time: number | null;
	next_backup_at: string | null;
}

export function runFields(raw: RawTask, clock: NasClock, isLun: boolean): RunFields {
	const last = clock.read(raw.last_bkp_end_time) ?? clock.read(raw.last_bkp_time);
	const next = clock.read(raw.next_bkp_time);
	const fields: RunFields = {
		...mapStatus(raw, isLun),
		last_backup_time: last?.time ?? null,
		last_backup_at: last?.at ?? null,
		next_backup_time: next?.time ?? null,
		next_backup_at: next?.at ?? null,
	};
	if ('last_bkp_success_time' in raw) {
		const success = clock.read(raw.last_bkp_success_time);
		fields.last_success_time = success?.time ?? null;
		fields.last_success_at = success?.at ?? null;
	}
	if ('last_bkp_success_version' in raw) {
		fields.last_success_version = text(raw.last_bkp_success_version) || null;
	}
	// After a success an old code may be left behind.
	const succeeded = fields.last_result === 'success';
	if ('last_bkp_error' in raw) {
		fields.last_error = succeeded ? null : text(raw.last_bkp_error) || null;
	}
	if ('last_bkp_error_code' in raw) {
		fields.last_error_code = succeeded ? null : lastErrorCode(raw.last_bkp_error_code);
	}
	return fields;
}

/**
 * LUN tasks have neither a state nor times; their ID is their name. `status` names no type: what it
 * was requested for (`id`) shows the kind there.
 */
export const isLun = (raw: RawTask, id?: string): boolean =>
	raw.type === undefined
		? id !== undefined && typeof taskIdValue(id) === 'string'
		: /lunbkp$/.test(text(raw.type));

export function taskFromDsm(raw: RawTask, clock: NasClock): Task {
	const lun = isLun(raw);
	const {
		status,
		last_result,
		problem,
		activity,
		last_backup_time,
		last_backup_at,
		next_backup_time,
		next_backup_at,
		...more
	} = runFields(raw, clock, lun);
	const name = text(raw.name);
	// What users search for first comes first: n8n's table shows a handful of columns.
	return {
		task_id: taskIdText(raw.task_id),
		name,
		status,
		last_result,
		message: describeTask({ name, status, activity, last_result, problem }),
		last_backup_at,
		next_backup_at,
		destination: destinationOf(raw),
		nas: null,
		activity,
		problem,
		last_backup_time,
		next_backup_time,
		...more,
		destination_type: destinationTypeOf(raw),
		...(lun ? { lun: true } : {}),
		encrypted: flagOf(raw.data_enc),
		modified: flagOf(raw.is_modified),
	};
}

function sourceFolders(raw: RawTask): string[] {
	const source = (raw.source ?? {}) as { folder_list?: unknown; file_list?: unknown };
	const rows = [source.folder_list, source.file_list].find(Array.isArray) ?? [];
	return (rows as unknown[])
		.map((row: unknown) =>
			typeof row === 'object' && row !== null
				? text((row as RawTask).fullPath) || text((row as RawTask).folderPath)
				: text(row),
		)
		.filter((folder) => folder !== '');
}

/**
 * DSM's schedule in the documented form: whether it is on, and when it starts by the NAS's clock.
 */
function schedule(raw: RawTask): IDataObject | null {
	const outer = raw.schedule;
	if (typeof outer !== 'object' || outer === null) return null;
	const { schedule_enable, schedule: inner } = outer as Record<string, unknown>;
	if (typeof inner !== 'object' || inner === null) return null;
	const { hour, min, week_name } = inner as Record<string, unknown>;
	const weekdays = typeof week_name === 'string' && week_name !== '' ? week_name.split(',') : [];
	return {
		enabled: schedule_enable === true,
		hour: numberOf(hour),
		minute: numberOf(min),
		...(weekdays.length > 0 ? { weekdays: weekdays.map(Number).filter(Number.isInteger) } : {}),
	};
}

export function taskDetailsFromDsm(raw: RawTask, clock: NasClock): Task {
	return {
		...taskFromDsm(raw, clock),
		source_folders: sourceFolders(raw),
		schedule: schedule(raw),
	};
}

type Progress = Pick<
	TaskStatus,
	'progress' | 'files_backed_up' | 'bytes_backed_up' | 'estimated_time_remaining'
> &
	IDataObject;

/**
 * DSM's sizes are text, and most probably KiB: nobody has proved it, so they keep DSM's names and
 * say so.
 */
export const SIZE_UNIT = 'KiB (inferred)';

/** Right only if the inferred unit is. */
export const kibToBytes = (size: number | null): number | null =>
	size === null ? null : size * 1024;

/** DSM's `progress`, present only while something runs. */
function progressFields(progress: Record<string, unknown>): Progress {
	const total = numberOf(progress.total_size);
	const processed = numberOf(progress.processed_size);
	const speed = numberOf(progress.avg_speed);
	return {
		// With `show_progress: false` the percentage means nothing yet.
		progress: progress.show_progress === false ? null : numberOf(progress.progress),
		files_backed_up: numberOf(progress.scan_file_count),
		bytes_backed_up: null,
		// The unit of `avg_speed` is not known, so no time can be made of it.
		estimated_time_remaining: null,
		processed_size: processed,
		total_size: total,
		size_unit: SIZE_UNIT,
		transmitted_size: numberOf(progress.transmitted_size),
		average_speed: speed,
		step: typeof progress.step === 'string' ? progress.step : null,
		can_cancel: progress.can_cancel === true,
		can_suspend: progress.can_suspend === true,
	};
}

const NOTHING_RUNS: Progress = {
	progress: null,
	files_backed_up: null,
	bytes_backed_up: null,
	estimated_time_remaining: null,
};

/** `last_bkp_progress` is left over from the last run and never used here. */
export function statusFromDsm(raw: RawTask, taskId: string, clock: NasClock): TaskStatus {
	const lun = isLun(raw, taskId);
	const run = runFields(raw, clock, lun);
	const { status, activity, last_result, problem } = run;
	const running = typeof raw.progress === 'object' && raw.progress !== null && status !== 'idle';
	const counts = running ? progressFields(raw.progress as Record<string, unknown>) : NOTHING_RUNS;
	const state = describeState({ status, activity, last_result, problem });
	const first = {
		task_id: taskId,
		status,
		activity,
		progress: counts.progress,
		last_result,
		problem,
		message: `Task ${taskId}: ${state}`,
	};
	return Object.assign(first, counts, run);
}
