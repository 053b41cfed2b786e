import type { IDataObject } from 'n8n-workflow';
import type { RunOutcome } from '../hyperBackup/runs/RunWatch';
import { numberOf, type RawTask, type Task } from '../hyperBackup/task/Task';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import type { TaskStatus } from '../hyperBackup/task/TaskStatus';
import { asIfUtc } from '../hyperBackup/clock/nasClock';
import { describeState } from '../hyperBackup/task/describeState';
import type { Waited } from './waiting';
import type { ChosenTask } from '../n8n/taskLocator';

/** DSM's own words for a failed run are keys into its texts, e.g. `...:error:status_target_broken`; the last part is readable. */
export function readableKey(key: string): string {
	return (key.split(':').pop() ?? key).replace(/_/g, ' ').slice(0, 120);
}

const SENTENCES: Partial<Record<RunOutcome, string>> = {
	succeeded: 'the backup succeeded',
	partial: 'the backup ended with something left out',
	canceled: 'the backup was canceled',
	discarded: 'the suspended backup was thrown away',
	suspended: 'the backup was suspended and can be resumed',
	not_started: 'the NAS accepted the start, and no backup began',
	timed_out: 'the backup was not over at the time limit',
	unknown: 'the backup ended, and how is not known',
};

/** Seconds from start to end by DSM's own text, where it tells the start (Hyper Backup 4.2 and newer). */
function toldDuration(raw: RawTask): number | null {
	const started = asIfUtc(raw.last_bkp_time);
	const ended = asIfUtc(raw.last_bkp_end_time);
	return started !== null && ended !== null && ended > started ? ended - started : null;
}

function messageOf(task: ChosenTask, outcome: RunOutcome, status: Task, raw: RawTask): string {
	const parts = [SENTENCES[outcome] ?? describeState(status as unknown as TaskStatus)];
	const key = typeof raw.last_bkp_error === 'string' ? raw.last_bkp_error : '';
	if (outcome === 'failed' && key !== '') parts.push(`DSM says: ${readableKey(key)}`);
	if (outcome === 'failed' && typeof status.last_error_code === 'number')
		parts.push(`code ${status.last_error_code}`);
	return `Task ${task.label}: ${parts.join('; ')}`;
}

/** What a finished run is reported as: numbers as numbers, null for what DSM did not tell. */
export async function runReport(
	api: TaskApi,
	task: ChosenTask,
	waited: Waited,
): Promise<IDataObject & { outcome: RunOutcome; message: string }> {
	const { outcome, raw, progress = {}, seenAt, endedAt, polls } = waited;
	const status = (await api.tell([{ ...raw, task_id: task.id }]))[0]!.model;
	const over = !['not_started', 'timed_out'].includes(outcome);
	const duration = over
		? (toldDuration(raw) ?? (seenAt === undefined ? null : Math.round((endedAt - seenAt) / 1000)))
		: null;
	const finished = over ? (status.last_backup_time ?? Math.round(endedAt / 1000)) : null;
	const bytes =
		outcome === 'succeeded'
			? (numberOf(progress.total_size) ?? numberOf(progress.processed_size))
			: numberOf(progress.processed_size);
	return {
		task_id: task.id,
		name: task.name ?? null,
		outcome,
		started_at:
			finished !== null && duration !== null
				? finished - duration
				: seenAt === undefined
					? null
					: Math.round(seenAt / 1000),
		finished_at: finished,
		duration,
		bytes,
		bytes_transmitted: numberOf(progress.transmitted_size),
		files: numberOf(progress.counted_file_count) ?? numberOf(progress.scan_file_count),
		average_speed:
			bytes !== null && duration !== null && duration > 0 ? Math.round(bytes / duration) : null,
		version:
			outcome === 'succeeded' &&
			typeof raw.last_bkp_success_version === 'string' &&
			raw.last_bkp_success_version !== ''
				? raw.last_bkp_success_version
				: null,
		error: status.last_error ?? null,
		error_code: status.last_error_code ?? null,
		message: messageOf(task, outcome, status, raw),
		polls,
	};
}
