import type { Detection } from './detectEvents';
import type { DetectionInput, ReportedConditions } from './detectionInput';
import type { ShownTasks } from './shownTasks';
import { hasComeDue, hasFindings, limitsFor, type Limits } from './thresholds';
import type { TrackedTask, TrackedTasks } from './TrackedTask';
import { isAboutToBeLate } from './wantedDetails';

/** A list by which nothing had happened to any of these tasks. Neither of them ever changes. */
export interface QuietList {
	shown: ShownTasks;
	tasks: TrackedTasks;
}

/** What the time alone brings about: evaluated in every poll. */
function isDue(task: TrackedTask, now: number, all: Limits): boolean {
	if (hasComeDue(task, now) || hasFindings(task, now, all)) return true;
	const limits = limitsFor(all, task.name);
	return limits.overdue && isAboutToBeLate(task, now, limits);
}

/**
 * The detection of a poll whose list reads as the last one, by which nothing had happened, and in
 * which nothing has come due since; undefined for any other.
 */
export function quietDetection(
	quiet: QuietList | undefined,
	{ shown, tasks }: QuietList,
	reported: ReportedConditions,
	{ baseline, complete, now, limits }: DetectionInput,
): Detection | undefined {
	if (baseline || !complete || reported.size > 0) return undefined;
	if (quiet?.shown !== shown || quiet.tasks !== tasks) return undefined;
	for (const task of tasks.values()) {
		if (isDue(task, now, limits)) return undefined;
	}
	return { events: [], tracked: tasks, reported: new Map() };
}

/** For the next poll; undefined if something happened in this one, or is to be stored. */
export function quietList(
	{ shown, tasks }: QuietList,
	{ events, tracked, reported }: Detection,
): QuietList | undefined {
	if (tracked === tasks) return { shown, tasks };
	const nothing = events.length === 0 && reported.size === 0 && tracked.size === tasks.size;
	const same = nothing && [...tracked].every(([id, task]) => tasks.get(id) === task);
	// The very map that is compared with next is the one that is known as stored.
	return same ? { shown, tasks: tracked } : undefined;
}
