import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { describeState } from './describeState';
import { mapDocumentedStatus, type Status } from './statusMapping';
import { isLun, numberOf, runFields } from './Task';
import type { RawTask } from './TaskSnapshot';

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
	const { status, activity, last_result, problem, ...more } = runFields(raw, clock, lun);
	const running = typeof raw.progress === 'object' && raw.progress !== null && status !== 'idle';
	const { progress, ...counts } = running
		? progressFields(raw.progress as Record<string, unknown>)
		: NOTHING_RUNS;
	const state = describeState({ status, activity, last_result, problem });
	return {
		task_id: taskId,
		status,
		activity,
		progress,
		last_result,
		problem,
		message: `Task ${taskId}: ${state}`,
		...counts,
		...more,
	};
}

export function statusFromDocumented(raw: RawTask, taskId: string): TaskStatus {
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
