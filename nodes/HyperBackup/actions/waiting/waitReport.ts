import type { IDataObject } from 'n8n-workflow';
import { NasClock, readClock } from '../../hyperBackup/clock/NasClock';
import { fetchRunLogs } from '../../hyperBackup/logs/runLog';
import type { WatchOutcome } from '../../hyperBackup/runs/RunWatch';
import { mergeFigures, type RunFigures } from '../../hyperBackup/runs/runFigures';
import { reportRun, type RunReport } from '../../hyperBackup/runs/runReport';
import { numberOf } from '../../hyperBackup/task/Task';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import type { RawTask } from '../../hyperBackup/task/TaskSnapshot';
import type { ChosenTask } from '../../n8n/chosenTask';
import type { Waited } from './waitForRun';

const NOT_OVER: Partial<Record<WatchOutcome, string>> = {
	not_started: 'the NAS accepted the start, but no backup started',
	timed_out: 'the backup was still running at the time limit',
};

/** The clock only makes times readable: a report is not lost over it. */
async function clockOf(api: TaskApi, { last }: Waited): Promise<NasClock> {
	if (!last?.dialect.needsClock([last.row])) return new NasClock(api.workflowZone);
	try {
		return await readClock(api.client, api.workflowZone);
	} catch {
		return new NasClock(api.workflowZone);
	}
}

/** Where DSM shows no times of the run, what n8n saw of it stands in. */
function seenTimes(run: RunReport, { runningSince, endedAt }: Waited, over: boolean) {
	const seen = runningSince === undefined ? null : Math.round(runningSince / 1000);
	if (!over) return { finished: null, started: seen };
	const finished = run.finished_time ?? Math.round(endedAt / 1000);
	const counted = run.duration === null ? seen : finished - run.duration;
	return { finished, started: run.started_time ?? counted };
}

/** Counts of the log where it was read; `progress` is as of the last check before the end. */
function figuresOf(run: RunFigures, progress: RawTask, logged: Partial<RunFigures>) {
	const counted = numberOf(progress.counted_file_count) ?? numberOf(progress.scan_file_count);
	return {
		...mergeFigures(run, { files: run.files ?? counted }, logged),
		processed_size: numberOf(progress.processed_size),
		total_size: numberOf(progress.total_size),
		transmitted_size: numberOf(progress.transmitted_size),
	};
}

/** What a run is reported as when the wait is over: null for what the NAS does not show. */
export async function waitReport(
	api: TaskApi,
	task: ChosenTask,
	waited: Waited,
	includeLog = false,
): Promise<IDataObject & { outcome: WatchOutcome; message: string }> {
	const { outcome, last, progress = {}, runningSince, endedAt, polls, wasQueued } = waited;
	const clock = await clockOf(api, waited);
	const over = outcome !== 'not_started' && outcome !== 'timed_out';
	const name = task.name ?? task.id;
	const run = reportRun({
		outcome: over ? outcome : 'unknown',
		taskName: name,
		row: last?.row ?? {},
		clock,
		seen: { from: runningSince, to: endedAt },
		withoutTimes: !over,
	});
	const { started, finished } = seenTimes(run, waited, over);
	const logged = { taskId: task.id, name: task.name ?? null, outcome, started, finished };
	const [log] = includeLog ? await fetchRunLogs(api, [logged], clock) : [];
	const queued = wasQueued && outcome === 'not_started' ? ' after it was queued' : '';
	return {
		task_id: task.id,
		name: task.name ?? null,
		nas: api.nas,
		...run,
		outcome,
		message: over ? run.message : `Task '${name}': ${NOT_OVER[outcome]}${queued}`,
		started_time: started,
		started_at: clock.toIso(started),
		finished_time: finished,
		finished_at: clock.toIso(finished),
		...figuresOf(run, progress, log?.figures ?? {}),
		polls,
		...log?.fields,
	};
}
