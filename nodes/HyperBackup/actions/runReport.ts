import type { IDataObject } from 'n8n-workflow';
import { NasClock } from '../hyperBackup/clock/NasClock';
import { readClock } from '../hyperBackup/clock/readClock';
import type { WatchOutcome } from '../hyperBackup/runs/RunWatch';
import { reportRun } from '../hyperBackup/runs/runReport';
import { numberOf } from '../hyperBackup/task/Task';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { SIZE_UNIT } from '../hyperBackup/task/TaskStatus';
import type { ChosenTask } from '../n8n/taskLocator';
import type { Waited } from './waiting';

const NOT_OVER: Partial<Record<WatchOutcome, string>> = {
	not_started: 'the NAS accepted the start, but no backup started',
	timed_out: 'the backup was still running at the time limit',
};

/** What a run is reported as when the wait is over: null for what the NAS does not show. */
export async function runReport(
	api: TaskApi,
	task: ChosenTask,
	waited: Waited,
): Promise<IDataObject & { outcome: WatchOutcome; message: string }> {
	const { outcome, raw, dialect, progress = {}, seenAt, endedAt, polls } = waited;
	const clock = dialect?.needsClock([raw])
		? await readClock(api.client, api.workflowZone)
		: new NasClock(api.workflowZone);
	const over = outcome !== 'not_started' && outcome !== 'timed_out';
	const name = task.name ?? task.id;
	const run = reportRun({
		outcome: over ? outcome : 'unknown',
		taskName: name,
		row: raw,
		clock,
		seen: { from: seenAt, to: endedAt },
		withoutTimes: !over,
	});
	const ended = over ? (run.finished_time ?? Math.round(endedAt / 1000)) : null;
	const begun =
		run.started_time ??
		(ended !== null && run.duration !== null
			? ended - run.duration
			: seenAt === undefined
				? null
				: Math.round(seenAt / 1000));
	return {
		task_id: task.id,
		name: task.name ?? null,
		nas: api.nas,
		...run,
		outcome,
		message: over ? run.message : `Task '${name}': ${NOT_OVER[outcome]}`,
		started_time: begun,
		started_at: clock.toIso(begun),
		finished_time: ended,
		finished_at: clock.toIso(ended),
		processed_size: numberOf(progress.processed_size),
		total_size: numberOf(progress.total_size),
		transmitted_size: numberOf(progress.transmitted_size),
		size_unit: SIZE_UNIT,
		files: numberOf(progress.counted_file_count) ?? numberOf(progress.scan_file_count),
		polls,
	};
}
