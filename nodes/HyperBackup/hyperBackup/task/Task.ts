import type { IDataObject } from 'n8n-workflow';
import type { ToUnixTime } from '../clock/nasClock';
import {
	mapDocumentedStatus,
	mapStatus,
	wordOf,
	type LastResult,
	type Problem,
	type Status,
} from './statusMapping';

/** One row of DSM's answer, as it came. */
export type RawTask = Record<string, unknown>;

/** A backup task. Fields from `activity` on are told by real DSMs only; the documented dialect has none of them. */
export interface Task extends IDataObject {
	/** A number as text, or the task's name for LUN tasks. */
	task_id: string;
	name: string;
	status: Status;
	/** Unix seconds: when the last run ended; null if it never ran, or DSM does not tell (LUN tasks). */
	last_backup_time: number | null;
	/** Unix seconds; null without a schedule. */
	next_backup_time: number | null;
	destination: string;
	activity?: string | null;
	last_result?: LastResult;
	problem?: Problem | null;
}

const text = (value: unknown): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Numbers come as numbers or as text; null for anything else. */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || value.trim() === '') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

/** A date the NAS wrote as text: converted, with 0 and "" for "never". */
function unixTime(value: unknown): number | null {
	const time = numberOf(value);
	return time !== null && time > 0 ? time : null;
}

/** Fields that say where a task writes to, by kind of destination; the first one present is shown. */
const PLACES = ['share', 'bucket', 'container', 'remote_url', 'host', 'hostname', 'remote_module'];

function destination(raw: RawTask): string {
	const repository = (
		typeof raw.repository === 'object' && raw.repository !== null ? raw.repository : {}
	) as Record<string, unknown>;
	const place = PLACES.map((field) => text(repository[field])).find((value) => value !== '');
	const parts = [place, text(raw.target_id)].filter(
		(part): part is string => part !== undefined && part !== '',
	);
	const kind = text(raw.transfer_type) || text(raw.type);
	if (kind === '') return parts.join('/');
	return parts.length === 0 ? kind : `${kind}://${parts.join('/')}`;
}

const isLun = (raw: RawTask): boolean => /lunbkp$/.test(text(raw.type));

/** null where DSM does not tell, as for LUN tasks. */
const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** DSM names a broken destination's cause with a code; 4401 in this place means "no error". */
function lastErrorCode(raw: RawTask): number | null {
	const code = numberOf(raw.last_bkp_error_code);
	return code === null || code === 4401 || code === 0 ? null : code;
}

/** What a run left behind and what comes next, from a row of `list` or from `status`. Only what DSM told is there. */
export function runFields(raw: RawTask, toUnixTime: ToUnixTime): IDataObject {
	const reading = mapStatus(
		{
			state: wordOf(raw.state),
			status: wordOf(raw.status),
			last_bkp_result: wordOf(raw.last_bkp_result),
		},
		isLun(raw),
	);
	const fields: IDataObject = {
		...reading,
		last_backup_time: toUnixTime(raw.last_bkp_end_time) ?? toUnixTime(raw.last_bkp_time),
		next_backup_time: toUnixTime(raw.next_bkp_time),
	};
	if ('last_bkp_success_time' in raw)
		fields.last_success_time = toUnixTime(raw.last_bkp_success_time);
	if ('last_bkp_success_version' in raw)
		fields.last_success_version = text(raw.last_bkp_success_version) || null;
	if ('last_bkp_error' in raw) fields.last_error = text(raw.last_bkp_error) || null;
	if ('last_bkp_error_code' in raw) fields.last_error_code = lastErrorCode(raw);
	fields.dsm_state = wordOf(raw.state) ?? null;
	fields.dsm_status = wordOf(raw.status) ?? null;
	fields.dsm_last_result = wordOf(raw.last_bkp_result) ?? null;
	return fields;
}

export function taskFromDsm(raw: RawTask, toUnixTime: ToUnixTime): Task {
	// What a reader looks for first comes first: n8n's table shows a handful of columns.
	const { status, last_result, problem, activity, last_backup_time, next_backup_time, ...more } =
		runFields(raw, toUnixTime) as IDataObject &
			Pick<
				Task,
				'status' | 'last_result' | 'problem' | 'activity' | 'last_backup_time' | 'next_backup_time'
			>;
	return {
		task_id: text(raw.task_id),
		name: text(raw.name),
		status,
		last_result,
		problem,
		activity,
		last_backup_time,
		next_backup_time,
		destination: destination(raw),
		...more,
		encrypted: flag(raw.data_enc),
		modified: flag(raw.is_modified),
	};
}

function sourceFolders(raw: RawTask): string[] {
	const source = (raw.source ?? {}) as { folder_list?: unknown; file_list?: unknown };
	const rows = Array.isArray(source.folder_list)
		? source.folder_list
		: Array.isArray(source.file_list)
			? source.file_list
			: [];
	return rows
		.map((row: unknown) =>
			typeof row === 'object' && row !== null
				? text((row as RawTask).fullPath) || text((row as RawTask).folderPath)
				: text(row),
		)
		.filter((folder) => folder !== '');
}

/** DSM's schedule as the documented one: whether it is on, and when it starts by the NAS's clock. */
function schedule(raw: RawTask): IDataObject | null {
	const outer = raw.schedule;
	if (typeof outer !== 'object' || outer === null) return null;
	const { schedule_enable, schedule: inner } = outer as {
		schedule_enable?: unknown;
		schedule?: unknown;
	};
	if (typeof inner !== 'object' || inner === null) return null;
	const { hour, min, week_name } = inner as Record<string, unknown>;
	return {
		enabled: schedule_enable === true,
		hour: numberOf(hour),
		minute: numberOf(min),
		...(typeof week_name === 'string' && week_name !== ''
			? { weekdays: week_name.split(',').map(Number).filter(Number.isInteger) }
			: {}),
	};
}

export function taskDetailsFromDsm(raw: RawTask, toUnixTime: ToUnixTime): Task {
	return {
		...taskFromDsm(raw, toUnixTime),
		source_folders: sourceFolders(raw),
		schedule: schedule(raw),
	};
}

/** The documented dialect. What an answer leaves out (Get has no times) is left out here too: null would mean "never". */
export function taskFromDocumented(raw: RawTask): Task {
	const task = {
		task_id: text(raw.task_id),
		name: text(raw.name),
		status: mapDocumentedStatus(raw.status),
	} as Task;
	if ('last_backup_time' in raw) task.last_backup_time = unixTime(raw.last_backup_time);
	if ('next_backup_time' in raw) task.next_backup_time = unixTime(raw.next_backup_time);
	task.destination = text(raw.destination);
	if (Array.isArray(raw.source_folders)) task.source_folders = raw.source_folders.map(text);
	if (typeof raw.schedule === 'object' && raw.schedule !== null)
		task.schedule = raw.schedule as IDataObject;
	return task;
}
