import { wallShift } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { PollMoment } from './followRun';
import { fitsPattern } from './namePattern';
import type { TaskEvent } from './taskEvents';
import type { Due, TrackedTask } from './TrackedTask';

/** Limits for what is wrong by lasting too long, in hours; undefined: not watched. */
export interface Limits {
	/** Whether overdue backups are reported at all. */
	overdue: boolean;
	/** Without a good backup. Undefined: the task's schedule is followed. */
	overdueHours?: number;
	/** After the scheduled time by which a run has to have begun, or a good one to have ended. */
	lateHours: number;
	neverRanHours?: number;
	tooLongHours?: number;
	/** For tasks of certain names; the first one that fits holds. */
	rules?: LimitRule[];
}

export interface LimitRule {
	pattern: string;
	/** All that applies to its tasks: what the rule does not name is taken from the common limits. */
	limits: Limits;
}

const ruleFor = (rules: LimitRule[], name: string): LimitRule | undefined =>
	rules.find(({ pattern }) => fitsPattern(pattern, name));

/** Called for every task in every poll. */
export const limitsFor = (limits: Limits, name: string): Limits =>
	limits.rules === undefined ? limits : (ruleFor(limits.rules, name)?.limits ?? limits);

const HOUR = 3_600_000;

/** Conditions that begin and end: each is reported once when it begins and once when it ends. */
export const CONDITIONS = ['backupOverdue', 'backupNeverRan', 'backupTooLong'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface Finding {
	reason: string;
	/** Milliseconds since 1970, n8n's clock. */
	since: number;
}

const exceeds = (since: number, now: number, hours: number): boolean => now - since > hours * HOUR;

/** DSM has a word for it; the documented dialect shows no time of a last backup. */
function hasNeverRun({ settledResult, result, run }: TrackedTask): boolean {
	if (run.end !== '') return false;
	if (result === 'never' || result === undefined) return true;
	return result === 'running' && (settledResult === undefined || settledResult === 'never');
}

function overdue(task: TrackedTask, now: number, limits: Limits): Finding | undefined {
	// A task that has never run, or whose first backup has been running for days, is covered by other
	// events.
	if (!limits.overdue || hasNeverRun(task)) return undefined;
	const last = task.successAt ?? task.firstSeen;
	if (limits.overdueHours !== undefined && exceeds(last, now, limits.overdueHours)) {
		return { reason: 'no_success', since: last };
	}
	const { missedAt, ranSinceMissed } = task;
	if (missedAt === undefined || !exceeds(missedAt, now, limits.lateHours)) return undefined;
	if (!ranSinceMissed) return { reason: 'not_started', since: missedAt };
	return limits.overdueHours === undefined ? { reason: 'no_success', since: missedAt } : undefined;
}

function neverRan(task: TrackedTask, now: number, limits: Limits): Finding | undefined {
	const { open, firstSeen } = task;
	const { neverRanHours } = limits;
	if (neverRanHours === undefined || open !== undefined || !hasNeverRun(task)) return undefined;
	const lasts = exceeds(firstSeen, now, neverRanHours);
	return lasts ? { reason: 'never_ran', since: firstSeen } : undefined;
}

function tooLong({ open }: TrackedTask, now: number, limits: Limits): Finding | undefined {
	const { tooLongHours } = limits;
	if (tooLongHours === undefined || open === undefined || open.pending) return undefined;
	const lasts = exceeds(open.since, now, tooLongHours);
	return lasts ? { reason: 'running', since: open.since } : undefined;
}

/** What is wrong with a task by lasting too long, and since when. */
export function findings(
	task: TrackedTask,
	now: number,
	all: Limits,
): Record<Condition, Finding | undefined> {
	const limits = limitsFor(all, task.name);
	return {
		backupOverdue: overdue(task, now, limits),
		backupNeverRan: neverRan(task, now, limits),
		backupTooLong: tooLong(task, now, limits),
	};
}

/** Its scheduled time has passed, and no poll has accounted for that yet. */
export const hasComeDue = ({ due }: TrackedTask, now: number): boolean =>
	due?.at !== undefined && !due.stale && due.at <= now;

/** The same as no finding at all, for the many tasks of which that is so. */
export function hasFindings(task: TrackedTask, now: number, all: Limits): boolean {
	const limits = limitsFor(all, task.name);
	return (
		overdue(task, now, limits) !== undefined ||
		neverRan(task, now, limits) !== undefined ||
		tooLong(task, now, limits) !== undefined
	);
}

/** What has been reported of a task and has not ended. */
export type Reported = ReadonlySet<Condition>;

/**
 * Begins and ends of conditions. A backup that is under way or queued may still make good what is
 * overdue, so that waits; what was reported stands.
 */
export function conditionEvents(
	task: TrackedTask,
	reported: Reported | undefined,
	now: number,
	all: Limits,
): { events: TaskEvent[]; holding: Set<Condition> } {
	const limits = limitsFor(all, task.name);
	const events: TaskEvent[] = [];
	const holding = new Set<Condition>();
	for (const [name, finding] of Object.entries(findings(task, now, limits)) as Array<
		[Condition, Finding | undefined]
	>) {
		const was = reported?.has(name) === true;
		const waits = name === 'backupOverdue' && limits.overdueHours === undefined && isBusy(task);
		if (finding && (was || !waits)) holding.add(name);
		if (finding && !was && !waits) events.push({ event: name, ...finding });
		if (!finding && was) events.push({ event: `${name}Ended` });
	}
	return { events, holding };
}

const isBusy = ({ open, phase }: TrackedTask): boolean => open !== undefined || phase === 'queued';

/** The next scheduled time; one that had passed when it was first seen is nothing to wait for. */
function dueOf(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	moment: PollMoment,
): Due | undefined {
	if (now.next === '') return undefined;
	if (before?.due?.text === now.next) return before.due;
	const at = moment.toLocalTime(now.next);
	return { text: now.next, at, ...(at !== undefined && at < moment.now ? { stale: true } : {}) };
}

/**
 * When a scheduled time has passed since the last poll; by the text alone where the NAS's clock
 * cannot be read.
 */
function passedAt(before: TrackedTask, now: TaskSnapshot, moment: PollMoment): number | undefined {
	const { due } = before;
	if (due === undefined || due.stale) return undefined;
	if (due.at === undefined) return due.text < now.next ? moment.now : undefined;
	// Around a change of the clocks a time has two readings. While DSM still shows it, the later one
	// counts.
	const again = moment.toLocalTime(due.text) ?? due.at;
	const at = due.text === now.next ? Math.max(due.at, again) : Math.min(due.at, again);
	return at <= moment.now ? at : undefined;
}

export interface RunMarks {
	/** A run was seen to begin or to end since the last poll. */
	ran: boolean;
	/** When the last success was, if one was seen since the last poll. */
	successAt?: number;
	/** The same as the NAS writes it, if its time cannot be read. */
	successUnread?: string;
}

type Timing = Pick<TrackedTask, 'due' | 'missedAt' | 'missedText' | 'ranSinceMissed' | 'successAt'>;

/** Brings what is measured of a task up to this poll. */
export function measure(
	before: TrackedTask | undefined,
	now: TaskSnapshot,
	{ ran, successAt, successUnread }: RunMarks,
	moment: PollMoment,
): Timing {
	const due = dueOf(now, before, moment);
	const success = latest(before?.successAt, successAt);
	const passed = before && passedAt(before, now, moment);
	const dueAgain = passed !== undefined && due?.text === before?.due?.text;
	// The time has passed and DSM still shows it: it is accounted for from now on.
	const kept = dueAgain && due ? { ...due, stale: true } : due;
	const missedText = before?.missedAt === undefined ? before?.due?.text : before.missedText;
	const missedAt = missedTime(before?.missedAt ?? passed, missedText, moment);
	// A change of the clocks moves the reading of the scheduled time: a success after either one
	// counts.
	const again = missedText === undefined ? undefined : moment.toLocalTime(missedText);
	const earliest = Math.min(missedAt ?? Infinity, again ?? Infinity);
	// Without the NAS's clock, by its own texts.
	const unreadAfter = isNotBefore(successUnread, missedText);
	const madeGood = unreadAfter || (success !== undefined && success >= earliest);
	if (missedAt === undefined || madeGood || now.next === '') {
		return { due: kept, successAt: success };
	}
	const already = before?.missedAt !== undefined && before.ranSinceMissed === true;
	const live = now.phase === 'live' || before?.open !== undefined;
	const ranSinceMissed = already || ran || live;
	return { due: kept, missedAt, missedText, ranSinceMissed, successAt: success };
}

/** Of two texts as the NAS writes them. */
function isNotBefore(text: string | undefined, than: string | undefined): boolean {
	if (text === undefined || than === undefined) return false;
	return wallShift(than, text) >= 0;
}

/**
 * In the night of a daylight saving change a scheduled time has two readings: the later one counts.
 */
function missedTime(
	at: number | undefined,
	text: string | undefined,
	moment: PollMoment,
): number | undefined {
	const again = at === undefined || text === undefined ? undefined : moment.toLocalTime(text);
	const anHourLater = again !== undefined && again > at! && again - at! <= HOUR;
	return anHourLater ? again : at;
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return Math.max(a, b);
}
