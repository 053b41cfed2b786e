import { outcomeOfResult } from '../hyperBackup/runs/runOutcome';
import { isSameRun, liesWithin } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTask } from './TrackedTask';

/** What `status` shows of a task beyond its row. */
export interface Detail {
	/** The last good run: its version, and its time as DSM writes it. */
	version?: string;
	success?: string;
}

/** A backup that waits for its turn still shows how the one before ended. */
export const showsResult = ({ phase }: TaskSnapshot): boolean =>
	phase === 'settled' || phase === 'queued';

export const isRotating = ({ phase, activity }: TaskSnapshot): boolean =>
	phase === 'pending' || activity === 'rotating_versions';

/**
 * While versions are being deleted DSM may write the end of the last run anew; its result and its
 * start it keeps. Where DSM shows no start (DSM 6 to 7.1) another run shows no other difference:
 * none has begun only if the deletion is over and the next scheduled time is the same.
 */
function mayBeRewritten(before: TrackedTask, now: TaskSnapshot): boolean {
	if (!isRotating(before) || !before.rotatesReported) return false;
	if (now.run.start === '' && (isRotating(now) || now.next !== before.next)) return false;
	return now.phase !== 'settled' || now.result === before.settledResult;
}

/** The times shown are not those of the run before. */
export const isAnotherRun = (before: TrackedTask, now: TaskSnapshot): boolean =>
	!isSameRun(before.run, now.run, mayBeRewritten(before, now));

/**
 * The times that showed up while old versions were being deleted were taken for those of the run
 * that had been reported. A result other than that one's is that of another run.
 */
export function rotationHidRun(before: TrackedTask, now: TaskSnapshot): boolean {
	if (before.phase !== 'pending' || before.endedEarly === undefined) return false;
	return outcomeOfResult(now.result) !== undefined && now.result !== before.settledResult;
}

/**
 * Whether `status` shows a success since the last poll that is that of the run shown: of two runs
 * between two polls the first may have succeeded and the second failed. Other times by another
 * clock are no other success.
 */
export function hasSucceeded(
	before: TrackedTask,
	now: TaskSnapshot,
	detail: Detail | undefined,
	sameZone: boolean,
): boolean {
	if (detail?.success === undefined || !liesWithin(now.run, detail.success)) return false;
	const differs = (was?: string, is?: string): boolean =>
		was !== undefined && is !== undefined && was !== is;
	return (
		differs(before.version, detail.version) || (sameZone && differs(before.success, detail.success))
	);
}
