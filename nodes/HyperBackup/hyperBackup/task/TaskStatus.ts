import type { IDataObject } from 'n8n-workflow';
import type { ToUnixTime } from '../clock/nasClock';
import { mapDocumentedStatus, type Status } from './statusMapping';
import { numberOf, runFields, type RawTask } from './Task';

/** What a task is doing now. */
export interface TaskStatus extends IDataObject {
	task_id: string;
	status: Status;
	/** 0 to 100, or null: nothing runs, or DSM does not know yet. */
	progress: number | null;
	files_backed_up: number | null;
	bytes_backed_up: number | null;
	/** Seconds, or null. */
	estimated_time_remaining: number | null;
}

/** DSM's `progress`, present only while something runs. Sizes are bytes, and text. */
function progressFields(
	progress: Record<string, unknown>,
): IDataObject &
	Pick<
		TaskStatus,
		'progress' | 'files_backed_up' | 'bytes_backed_up' | 'estimated_time_remaining'
	> {
	const total = numberOf(progress.total_size);
	const processed = numberOf(progress.processed_size);
	const speed = numberOf(progress.avg_speed);
	const remaining =
		total !== null && processed !== null && speed !== null && speed > 0 && total >= processed;
	return {
		// With `show_progress: false` the percentage means nothing yet.
		progress: progress.show_progress === false ? null : numberOf(progress.progress),
		files_backed_up: numberOf(progress.scan_file_count),
		bytes_backed_up: processed,
		estimated_time_remaining: remaining ? Math.round((total - processed) / speed) : null,
		bytes_total: total,
		bytes_transmitted: numberOf(progress.transmitted_size),
		speed,
		step: typeof progress.step === 'string' ? progress.step : null,
		can_cancel: progress.can_cancel === true,
		can_suspend: progress.can_suspend === true,
	};
}

const NOTHING_RUNS = {
	progress: null,
	files_backed_up: null,
	bytes_backed_up: null,
	estimated_time_remaining: null,
};

/** `last_bkp_progress` is left over from the last run and never used here. */
export function statusFromDsm(raw: RawTask, taskId: string, toUnixTime: ToUnixTime): TaskStatus {
	const { status, activity, last_result, problem, ...more } = runFields(
		raw,
		toUnixTime,
	) as IDataObject & { status: Status };
	const { progress, ...counts } =
		typeof raw.progress === 'object' && raw.progress !== null && status === 'running'
			? progressFields(raw.progress as Record<string, unknown>)
			: NOTHING_RUNS;
	return { task_id: taskId, status, activity, progress, last_result, problem, ...counts, ...more };
}

export function statusFromDocumented(raw: RawTask, taskId: string): TaskStatus {
	return {
		task_id: taskId,
		status: mapDocumentedStatus(raw.status),
		progress: numberOf(raw.progress),
		files_backed_up: numberOf(raw.files_backed_up),
		bytes_backed_up: numberOf(raw.bytes_backed_up),
		estimated_time_remaining: numberOf(raw.estimated_time_remaining),
	};
}
