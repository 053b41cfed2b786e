import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { showsResult, type Detail } from './anotherRun';
import type { PollMoment } from './followRun';
import type { TrackedTask } from './TrackedTask';

/** The time of the last good run, as the NAS writes it; undefined where it does not show one. */
export function successText(
	now: TaskSnapshot,
	before: TrackedTask | undefined,
	detail: Detail | undefined,
): string | undefined {
	if (detail?.success) return detail.success;
	if (!showsResult(now) || now.run.end === '') return undefined;
	if (now.result !== undefined) return now.result === 'success' ? now.run.end : undefined;
	// The documented dialect: `idle` says nothing of a run that was no success before.
	const was = before?.run.end === now.run.end && before.success !== now.run.end;
	return now.status === 'idle' && !was ? now.run.end : undefined;
}

/** The later of what DSM says, which is never later than now, and what was seen. */
export function successAt(
	text: string | undefined,
	seen: boolean,
	moment: PollMoment,
): number | undefined {
	if (seen) return moment.now;
	const at = text === undefined ? undefined : moment.toLocalTime(text);
	return at === undefined ? undefined : Math.min(at, moment.now);
}
