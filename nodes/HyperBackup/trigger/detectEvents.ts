import { isSameRun } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { DetectionInput, ReportedConditions } from './detectionInput';
import { withFigures } from './endedRun';
import { followRun } from './followRun';
import { followStreak, streakAtBaseline } from './followStreak';
import { followUnusual } from './followUnusual';
import { checkEvents, otherEvents, statusEvents, type TaskEvent } from './taskEvents';
import {
	conditionEvents,
	findings,
	hasComeDue,
	hasFindings,
	type Condition,
	type Reported,
} from './thresholds';
import { missedBefore, track } from './trackTask';
import type { TrackedTask, TrackedTasks } from './TrackedTask';

export interface DetectedEvent extends TaskEvent {
	/** undefined for a task that was deleted. */
	now?: TrackedTask;
	before?: TrackedTask;
}

export interface Detection {
	events: DetectedEvent[];
	tracked: TrackedTasks;
	reported: ReportedConditions;
}

/** A task missing from a list is kept for this many polls; in the next one it counts as deleted. */
export const POLLS_KEPT = 3;

/** Since when the task has been reported as overdue; undefined: it has not. */
function overdueFor(
	before: TrackedTask | undefined,
	reported: Reported | undefined,
	{ now, limits }: DetectionInput,
): number | undefined {
	if (before === undefined || reported?.has('backupOverdue') !== true) return undefined;
	return findings(before, now, limits).backupOverdue?.since ?? before.missedAt ?? before.firstSeen;
}

/**
 * The first response about a task: nothing is compared. What was measured of the same task before
 * goes on.
 */
function firstTracked(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	input: DetectionInput,
	reported?: Reported,
): { task: TrackedTask; events: TaskEvent[] } {
	const same = before?.name === now.name && before.target === now.target ? before : undefined;
	// The run under way is the one that was reported as begun, unless another has ended in between.
	const begun = same !== undefined && isSameRun(same.run, now.run) ? same.open : undefined;
	const live = now.phase === 'live' ? { since: input.now } : undefined;
	const open = now.phase === 'live' || now.phase === 'pending' ? (begun ?? live) : undefined;
	const task = track(now, same, { events: [], state: { open } }, input);
	const { streak, events } = streakAtBaseline(
		now,
		same,
		input.now,
		overdueFor(same, reported, input),
	);
	const history = input.unusual.threshold === undefined ? undefined : same?.history;
	return { task: { ...task, streak, history, ...missedBefore(task, input) }, events };
}

/**
 * A task cannot un-run: with neither times nor a result it is a new one that was given the number
 * of an old one.
 */
function isAnotherTask(before: TrackedTask, now: TaskSnapshot): boolean {
	const had = before.run.end !== '' || !['never', undefined].includes(before.settledResult);
	const neverRan = now.result === 'never' && now.phase === 'settled' && now.run.end === '';
	const moved = before.name !== now.name && before.target !== now.target;
	return (had && neverRan) || (moved && before.target !== '' && now.target !== '');
}

function follow(
	now: TaskSnapshot,
	before: TrackedTask,
	input: DetectionInput,
	reported: Reported | undefined,
) {
	const followed = followRun(before, now, input.details.get(now.id), input);
	if (followed.held)
		return {
			task: { ...before, ...followed.state, missing: undefined, offset: undefined },
			events: [],
		};
	const since = overdueFor(before, reported, input);
	const ended = withFigures(followed.events, before, now, input.figuresOf);
	const { events: counted, streak } = followStreak(before.streak, ended, input.now, since);
	const compared = followUnusual(before, now, counted, input.unusual, input.now);
	const task = { ...track(now, before, followed, input), streak, history: compared.history };
	const runs = followed.events;
	const events: TaskEvent[] = [
		...statusEvents(before, now, runs),
		...counted,
		...compared.events,
		...checkEvents(before, now),
		...otherEvents(before, now),
	];
	return { task, events };
}

/** What a task's row in this poll leads to. */
function detectTask(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	input: DetectionInput,
	reported: Reported | undefined,
) {
	if (input.baseline) return firstTracked(now, before, input, reported);
	if (before === undefined) {
		const added: TaskEvent[] = input.complete ? [{ event: 'taskAdded' }] : [];
		return { ...firstTracked(now, undefined, input), events: added };
	}
	if (isAnotherTask(before, now)) {
		const { task } = firstTracked(now, undefined, input);
		return { task, events: [{ event: 'taskAdded' } as TaskEvent], replaced: true };
	}
	return follow(now, before, input, reported);
}

/**
 * Everything that happened between the stored state and this poll, and what to store now. Changes
 * neither. Called once for a poll, on complete input.
 */
export function detectEvents(
	tasks: TrackedTasks,
	reportedBefore: ReportedConditions,
	input: DetectionInput,
): Detection {
	const detection: Detection = { events: [], tracked: new Map(), reported: new Map() };
	for (const now of input.snapshots) {
		const before = tasks.get(now.id);
		if (before && isUnchanged(before, now, input, reportedBefore)) {
			detection.tracked.set(now.id, before);
			continue;
		}
		const known = reportedBefore.get(now.id)?.conditions;
		const detected = detectTask(now, before, input, known);
		const { task, events, replaced } = { replaced: false, ...detected };
		if (replaced && before) remove(before, reportedBefore, detection);
		detection.tracked.set(now.id, task);
		const { name } = task;
		const reported = replaced ? undefined : known;
		const { events: begun, holding } = conditionEvents(task, reported, input.now, input.limits);
		if (holding.size > 0) detection.reported.set(now.id, { name, conditions: holding });
		for (const event of [...events, ...begun])
			detection.events.push({ ...event, now: task, before });
	}
	for (const [id, before] of tasks) {
		if (!detection.tracked.has(id)) detectMissing(before, reportedBefore, input, detection);
	}
	endOrphans(tasks, reportedBefore, detection);
	return detection;
}

/**
 * Kept for some polls and compared when it returns: DSM lists no tasks for a moment while it starts
 * or updates Hyper Backup.
 */
function detectMissing(
	before: TrackedTask,
	reportedBefore: ReportedConditions,
	input: DetectionInput,
	detection: Detection,
): void {
	const missing = (before.missing ?? 0) + 1;
	if (input.baseline || missing > POLLS_KEPT)
		return remove(before, reportedBefore, detection, !input.baseline);
	const offset = before.offset ?? input.offset;
	detection.tracked.set(before.id, { ...before, missing, offset });
	const reported = reportedBefore.get(before.id);
	if (reported) detection.reported.set(before.id, reported);
}

/** What was reported of a deleted task is reported as ended. */
function remove(
	before: TrackedTask,
	reportedBefore: ReportedConditions,
	detection: Detection,
	asRemoved = true,
): void {
	if (asRemoved) detection.events.push({ event: 'taskRemoved', before });
	for (const condition of reportedBefore.get(before.id)?.conditions ?? []) {
		detection.events.push({
			event: `${condition as Condition}Ended`,
			reason: 'task_removed',
			before,
		});
	}
}

/**
 * Conditions of tasks that are not stored any more, as after a change of the NAS or of the
 * selection.
 */
function endOrphans(
	tasks: TrackedTasks,
	reportedBefore: ReportedConditions,
	{ tracked, events }: Detection,
): void {
	for (const [id, { name, conditions }] of reportedBefore) {
		if (tasks.has(id) || tracked.has(id)) continue;
		const before = { id, name, status: 'unknown', activity: null, problem: null } as TrackedTask;
		for (const condition of conditions) {
			events.push({ event: `${condition}Ended`, reason: 'task_removed', before });
		}
	}
}

/**
 * A task that nothing has happened to and of which nothing new is to be stored: most of them, in
 * most polls.
 */
function isUnchanged(
	before: TrackedTask,
	now: TaskSnapshot,
	input: DetectionInput,
	reported: ReportedConditions,
): boolean {
	if (input.baseline || input.details.has(now.id) || !showsNothingNew(before, now)) return false;
	// What depends on the time is evaluated in every poll.
	if (hasComeDue(before, input.now) || reported.has(now.id)) return false;
	return !hasFindings(before, input.now, input.limits);
}

const showsNothingNew = (before: TrackedTask, now: TaskSnapshot): boolean =>
	now.phase === 'settled' &&
	before.phase === 'settled' &&
	before.open === undefined &&
	before.missing === undefined &&
	now.status === before.status &&
	now.run.end === before.run.end &&
	now.run.start === before.run.start &&
	now.next === before.next &&
	now.resultWord === before.resultWord &&
	now.name === before.name &&
	now.target === before.target &&
	now.result === before.result &&
	now.activity === before.activity &&
	now.problem === before.problem;
