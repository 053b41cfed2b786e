import { describeState } from '../task/describeState';
import type { TaskSnapshot } from '../task/TaskSnapshot';

/** `detect` and `detect_waiting`. While a backup runs, the same word is a step of the backup. */
export const isChecking = ({ activity, phase }: TaskSnapshot): boolean =>
	phase !== 'live' && (activity === 'checking_integrity' || activity === 'waiting_for_destination');

/** `detect_waiting`: the check is waiting for its turn, or for its destination. */
export const isCheckWaiting = (snapshot: TaskSnapshot): boolean =>
	isChecking(snapshot) && snapshot.activity === 'waiting_for_destination';

/** A clause for a sentence: that a check is under way, or what the task is doing. */
export function describeCheckState(snapshot: TaskSnapshot): string {
	if (isCheckWaiting(snapshot)) return 'an integrity check is waiting to begin';
	return describeState({ ...snapshot, last_result: snapshot.result });
}

/**
 * Why a check would not begin now; undefined for a task that is free. DSM accepts the start of a
 * check on a busy task and does nothing, so that a state that is not known counts as busy.
 */
export function whyNotReady(snapshot: TaskSnapshot): string | undefined {
	const { status, activity, phase } = snapshot;
	const idle = activity === null && !['live', 'queued', 'pending'].includes(phase);
	const free = idle && status !== 'running' && status !== 'unknown';
	return free ? undefined : describeCheckState(snapshot);
}
