import type { IDataObject } from 'n8n-workflow';
import { readableTime } from '../clock/readableTime';
import type { Task } from '../task/Task';
import { STATUSES, type Status } from '../task/statusMapping';
import { summaryHtml, summaryText } from './summaryText';

/** Why a task needs attention, worst first. */
export const REASONS = [
	'error',
	'unknown',
	'late',
	'suspended',
	'interrupted',
	'never_ran',
] as const;
export type Reason = (typeof REASONS)[number];

export interface TaskSummary extends IDataObject {
	task_id: string;
	name: string;
	status: Status;
	/** How the last run ended; null: the documented API does not show it. */
	last_result: string | null;
	/** null: nothing to do. */
	attention: Reason | null;
	/** How the task is, in one sentence. */
	message: string;
	/** Unix seconds: since when it needs attention, as far as DSM shows it. */
	since_time: number | null;
	since_at: string | null;
	last_backup_at: string | null;
	next_backup_at: string | null;
}

export interface Summary extends IDataObject {
	/** The whole NAS in one sentence. */
	message: string;
	nas: string | null;
	needs_attention: number;
	total: number;
	by_status: Record<Status, number>;
	/** Of the tasks whose last run completed successfully, the one whose run is oldest. */
	oldest_success: { task_id: string; name: string; time: number; at: string | null } | null;
	/** Worst first. */
	tasks: TaskSummary[];
	text: string;
	html: string;
}

/** Seconds after a scheduled time before its run is called late: it may be queued. */
const GRACE = 2 * 3600;

/** The documented API shows no result: a task that is idle and has run is taken for good there. */
const succeeded = ({ status, last_result, last_backup_time }: Task): boolean =>
	last_result === undefined
		? status === 'idle' && typeof last_backup_time === 'number'
		: last_result === 'success';

const neverRan = ({ last_result, last_backup_time, lun }: Task): boolean =>
	last_result === 'never' || (last_result === undefined && last_backup_time === null && !lun);

/** `now`: Unix seconds by the NAS's clock. */
function reasonOf(task: Task, now: number): Reason | null {
	const { status, last_result, next_backup_time } = task;
	if (status === 'error') return 'error';
	if (status === 'unknown') return 'unknown';
	if (status === 'running') return null;
	const due = next_backup_time;
	if (typeof due === 'number' && due + GRACE < now) return 'late';
	if (status === 'suspended') return 'suspended';
	if (last_result === 'canceled' || last_result === 'discarded') return 'interrupted';
	return neverRan(task) ? 'never_ran' : null;
}

/** A late run is missing since its scheduled time; what a run left behind is so since its end. */
function sinceOf(task: Task, reason: Reason | null): Pick<TaskSummary, 'since_time' | 'since_at'> {
	if (reason === null || reason === 'never_ran') return { since_time: null, since_at: null };
	return reason === 'late'
		? { since_time: task.next_backup_time, since_at: task.next_backup_at }
		: { since_time: task.last_backup_time ?? null, since_at: task.last_backup_at ?? null };
}

function summarizeTask(task: Task, now: number): TaskSummary {
	const { task_id, name, status, last_result = null } = task;
	const { last_backup_at = null, next_backup_at = null } = task;
	const attention = reasonOf(task, now);
	const due = next_backup_at === null ? 'a past time' : readableTime(next_backup_at);
	const message =
		attention === 'late'
			? `Task '${name}': the backup scheduled for ${due} did not start`
			: task.message;
	const since = sinceOf(task, attention);
	const state = { status, last_result, attention, message };
	return { task_id, name, ...state, ...since, last_backup_at, next_backup_at };
}

const rank = ({ attention }: TaskSummary): number =>
	attention === null ? REASONS.length : REASONS.indexOf(attention);

/** Worst first; of the same reason the one that has lasted longest. */
function byUrgency(a: TaskSummary, b: TaskSummary): number {
	const order = rank(a) - rank(b);
	if (order !== 0) return order;
	return (a.since_time ?? Infinity) - (b.since_time ?? Infinity) || a.name.localeCompare(b.name);
}

function oldestSuccess(tasks: Task[]): Summary['oldest_success'] {
	const times = tasks
		.filter((task) => succeeded(task) && typeof task.last_backup_time === 'number')
		.sort((a, b) => a.last_backup_time! - b.last_backup_time!);
	const [oldest] = times;
	if (!oldest) return null;
	const { task_id, name, last_backup_time, last_backup_at } = oldest;
	return { task_id, name, time: last_backup_time!, at: last_backup_at };
}

function messageOf(nas: string | null, tasks: TaskSummary[]): string {
	const where = nas === null ? '' : ` on '${nas}'`;
	if (tasks.length === 0) return `There is no backup task${where}`;
	const all = tasks.length === 1 ? '1 backup task' : `${tasks.length} backup tasks`;
	const open = tasks.filter(({ attention }) => attention !== null);
	if (open.length === 0) return `${all}${where}: nothing needs attention`;
	const need = open.length === 1 ? '1 needs attention' : `${open.length} need attention`;
	return `${all}${where}: ${need}. ${open[0]!.message}`;
}

/**
 * All tasks of a NAS as one item: for digests, dashboards and agents. `now`: Unix seconds by the
 * NAS's clock.
 */
export function summarize(tasks: Task[], nas: string | null, now: number): Summary {
	const rows = tasks.map((task) => summarizeTask(task, now)).sort(byUrgency);
	const count = (status: Status): number => rows.filter((row) => row.status === status).length;
	const message = messageOf(nas, rows);
	return {
		message,
		nas,
		needs_attention: rows.filter(({ attention }) => attention !== null).length,
		total: rows.length,
		by_status: Object.fromEntries(STATUSES.map((one) => [one, count(one)])) as Summary['by_status'],
		oldest_success: oldestSuccess(tasks),
		tasks: rows,
		text: summaryText(message, rows),
		html: summaryHtml(message, rows),
	};
}
