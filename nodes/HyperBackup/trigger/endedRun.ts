import type { EndedRun } from '../hyperBackup/runs/fetchFigures';
import type { Outcome } from '../hyperBackup/runs/runOutcome';
import type { RunFigures } from '../hyperBackup/runs/runFigures';
import { isSameRun } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { rotationHidRun } from './anotherRun';
import type { RunEvent } from './followRun';
import type { TrackedTask } from './TrackedTask';

/** Of runs with another outcome DSM shows no figures. */
export const hasFigures = (outcome: Outcome | undefined): boolean =>
	outcome === 'succeeded' || outcome === 'partial';

const lastEnd = (events: RunEvent[]): number =>
	events.map(({ outcome }) => outcome !== undefined).lastIndexOf(true);

/** The run that ended last, if it saved something and the times shown are its own. */
export function endedRun(
	before: TrackedTask,
	now: TaskSnapshot,
	events: RunEvent[],
): EndedRun | undefined {
	const last = events[lastEnd(events)];
	if (!hasFigures(last?.outcome) || last?.withoutTimes || now.run.end === '') return undefined;
	const hidden = rotationHidRun(before, now);
	const another = hidden || !isSameRun(before.run, now.run);
	if (!another && before.open?.pending !== true) return undefined;
	const { id, name, run } = now;
	const earlier = hidden ? before.success : (before.open?.after ?? before.run.end);
	return { id, name, end: run.end, after: run.start || (earlier ?? '') };
}

/** The events with the figures of the run that ended last. */
export function withFigures(
	events: RunEvent[],
	before: TrackedTask,
	now: TaskSnapshot,
	figuresOf: (id: string) => RunFigures | undefined,
): RunEvent[] {
	if (endedRun(before, now, events) === undefined) return events;
	const figures = figuresOf(now.id);
	const last = lastEnd(events);
	return events.map((event, index) => (index === last ? { ...event, figures } : event));
}
