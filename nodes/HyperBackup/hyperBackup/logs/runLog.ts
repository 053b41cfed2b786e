import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../dsm/DsmClient';
import { messageOf } from '../../dsm/errors/DsmError';
import { NasClock, readClock } from '../clock/NasClock';
import { outcomeOfResult } from '../runs/runOutcome';
import { readRunTimes } from '../runs/runTimes';
import { figuresOfEntry, type RunFigures } from '../runs/runFigures';
import type { Task } from '../task/Task';
import type { TaskApi, WithRaw } from '../task/TaskApi';
import { splitEvent, toLogEntry, type LogEntry, type RawEntry } from './LogEntry';
import { logCall, logPage } from './readLog';

/** The run that the entries are to explain. */
export interface LoggedRun {
	taskId: string;
	/** null where it is not known: then the NAS alone picks the entries of the task. */
	name: string | null;
	outcome: string;
	/** Unix seconds by the NAS's clock; null where DSM does not show them. */
	started: number | null;
	finished: number | null;
}

/** What the log says of one run. */
export interface RunLog extends IDataObject {
	/** Why the run ended as it did, in one line; null if the log gives no cause. */
	reason: string | null;
	skipped_count: number;
	/** The first of them. */
	skipped_paths: string[];
	/** Warnings and errors of the run, the first of them, the oldest first. */
	entries: LogEntry[];
	/** false: the log was longer than what was read, so there may be more. */
	complete: boolean;
}

export interface WithLog extends IDataObject {
	log: RunLog | null;
	/** Why there is no log. */
	log_error?: string;
}

/** For the item of the run. */
export interface LoggedItem {
	fields: WithLog;
	/** What the log counts of the run. */
	figures: Partial<RunFigures>;
}

/** Entries of the one request. */
const LIMIT = 1000;
const SHOWN = 100;
const PATHS_IN_REASON = 3;
/** Seconds: times of a run may be cut to the minute, and its entries are written around them. */
const BEFORE = 90;
const AFTER = 120;
const MINUTE = 60;

/** The entries from the start of the run to its end, the oldest first. */
function entriesOfRun(entries: LogEntry[], { started, finished }: LoggedRun): LogEntry[] {
	const from = started === null ? -Infinity : started - BEFORE;
	const to = finished === null ? Infinity : finished + AFTER;
	const within = entries.filter(({ logged_time: at }) => at === null || (at >= from && at <= to));
	const starts = within.flatMap(({ kind }, index) => (kind === 'run_started' ? [index] : []));
	const isBefore = (index: number): boolean =>
		finished === null || (within[index]!.logged_time ?? 0) < finished + MINUTE;
	const begin = starts.filter(isBefore).pop() ?? 0;
	const next = starts.find((index) => index > begin);
	return within.slice(begin, next);
}

function skippedSentence(paths: string[]): string | null {
	if (paths.length === 0) return null;
	const shown = paths.slice(0, PATHS_IN_REASON).join(', ');
	const more = paths.length - PATHS_IN_REASON;
	const items = paths.length === 1 ? '1 item was' : `${paths.length} items were`;
	return `${items} skipped: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

const sentenceOf = (entry: LogEntry | undefined): string | null =>
	entry === undefined ? null : (entry.reason ?? splitEvent(entry.event).sentence);

/** In another language than English no kind is known: the last error speaks then. */
function reasonOf(entries: LogEntry[], paths: string[], outcome: string): string | null {
	const last = (fits: (entry: LogEntry) => boolean): string | null =>
		sentenceOf(entries.filter(fits).pop());
	const skipped = skippedSentence(paths);
	if (outcome === 'partial' && skipped !== null) return skipped;
	return (
		last(({ kind }) => kind === 'run_exception') ??
		last(({ kind, level }) => level === 'err' && kind === 'other') ??
		skipped ??
		last(({ level }) => level === 'err') ??
		last(({ level }) => level !== 'info')
	);
}

/** Only a success is logged with counts. */
function figuresIn(entries: LogEntry[], { outcome, finished }: LoggedRun): Partial<RunFigures> {
	if (outcome !== 'succeeded' || finished === null) return {};
	const ends = entries.filter(({ kind }) => kind === 'run_succeeded');
	return ends.length === 1 ? figuresOfEntry(ends[0]!) : {};
}

/** `raw` the newest first; entries of other tasks among them are left out. */
export function explainRun(
	raw: RawEntry[],
	run: LoggedRun,
	{ clock, nas, complete }: { clock: NasClock; nas: string | null; complete: boolean },
): { log: RunLog; figures: Partial<RunFigures> } {
	const ids = new Map(run.name === null ? [] : [[run.name, run.taskId]]);
	const own = raw
		.map((entry) => toLogEntry(entry, { clock, nas, ids }))
		.filter(({ name }) => run.name === null || name === run.name)
		.reverse();
	const entries = entriesOfRun(own, run);
	const paths = entries.flatMap(({ kind, path, event }) =>
		kind === 'item_skipped' ? [path ?? event] : [],
	);
	const oldest = own[0]?.logged_time ?? null;
	const reached = oldest !== null && run.started !== null && oldest < run.started - BEFORE;
	const log = {
		reason: reasonOf(entries, paths, run.outcome),
		skipped_count: paths.length,
		skipped_paths: paths.slice(0, SHOWN),
		entries: entries.filter(({ level }) => level !== 'info').slice(0, SHOWN),
		complete: complete || reached || entries[0]?.kind === 'run_started',
	};
	return { log, figures: figuresIn(entries, run) };
}

/**
 * What the log says of some runs: one request for all of them. A log that cannot be read is no
 * error: the result says so.
 */
export async function fetchRunLogs(
	api: TaskApi,
	runs: LoggedRun[],
	clock: NasClock,
): Promise<LoggedItem[]> {
	if (runs.length === 0) return [];
	const starts = runs.map(({ started }) => started);
	// Without the NAS's clock, its times are only readable by it.
	const from =
		clock.reading === undefined || starts.includes(null)
			? undefined
			: Math.min(...(starts as number[])) - BEFORE;
	const ids = [...new Set(runs.map(({ taskId }) => taskId))];
	try {
		const filter = { taskId: ids.length === 1 ? ids[0] : undefined, from };
		const page = logPage(await api.client.call(logCall(filter, 0, LIMIT)), 0, LIMIT);
		const context = { clock, nas: api.nas, complete: page.last };
		return runs.map((run) => {
			const { log, figures } = explainRun(page.entries, run, context);
			return { fields: { log }, figures };
		});
	} catch (error) {
		const fields = { log: null, log_error: messageOf(error) };
		return runs.map(() => ({ fields, figures: {} }));
	}
}

/** The one that the times of the task were read with. A log is not lost over it. */
async function clockOf(api: TaskApi): Promise<NasClock> {
	try {
		return await readClock(api.client, api.workflowZone);
	} catch {
		return new NasClock(api.workflowZone);
	}
}

/** The newest entries about a task, for `lastRunLog`. */
export const taskLogCall = (taskId: string): Call => logCall({ taskId }, 0, LIMIT);

/** What the response to `taskLogCall` says of the last run that the task shows. */
export async function lastRunLog(
	api: TaskApi,
	{ model, raw }: WithRaw<Task>,
	entries: unknown,
): Promise<RunLog> {
	const { task_id: taskId, name, last_result: result, last_backup_time: finished = null } = model;
	const page = logPage(entries, 0, LIMIT);
	const clock = await clockOf(api);
	const started = clock.toUnix(readRunTimes(raw).start);
	const outcome = outcomeOfResult(result) ?? 'unknown';
	const run = { taskId, name: name || null, outcome, started, finished };
	return explainRun(page.entries, run, { clock, nas: api.nas, complete: page.last }).log;
}
