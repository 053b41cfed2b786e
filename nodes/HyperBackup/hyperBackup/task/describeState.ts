import type { LastResult, Problem, Status } from './statusMapping';

/** What of a task a sentence is made from. */
export interface Describable {
	status: Status;
	activity?: string | null;
	last_result?: LastResult;
	problem?: Problem | null;
}

const ACTIVITIES: Record<string, string> = {
	backing_up: 'a backup is running',
	resuming: 'a resumed backup is running',
	queued: 'it is waiting for another task',
	canceling: 'its backup is being canceled',
	checking_integrity: 'an integrity check is running',
	rotating_versions: 'old versions are being deleted',
	deleting: 'it is being deleted',
	waiting_for_destination: 'its destination is offline',
};

const PROBLEMS: Record<string, string> = {
	backup_failed: 'its last backup failed',
	backup_partial: 'its last backup was only partially completed',
	integrity_check_failed: 'its last integrity check failed',
	version_rotation_failed: 'old versions could not be deleted',
	destination_offline: 'its destination is offline',
	destination_broken: 'its destination is damaged',
	destination_unauthorized: 'its destination no longer accepts the login',
	destination_restore_only: 'its destination only allows restoring',
	destination_service_ended: 'the cloud service of its destination has ended',
	destination_problem: 'its destination has a problem',
};

const RESULTS: Partial<Record<LastResult, string>> = {
	success: 'it is idle, and its last backup completed successfully',
	never: 'it is idle and has never run',
	canceled: 'it is idle, and its last backup was canceled by a user or interrupted',
	discarded: 'it is idle, and its last backup was discarded',
};

/** A clause for a sentence: what the task is doing, or what is wrong with it. */
export function describeState({ status, activity, last_result, problem }: Describable): string {
	if (typeof activity === 'string' && status !== 'error') {
		return ACTIVITIES[activity] ?? `its status '${activity.slice(0, 40)}' is not known`;
	}
	if (typeof problem === 'string') return PROBLEMS[problem] ?? 'it has a problem';
	switch (status) {
		case 'idle':
			return (last_result && RESULTS[last_result]) ?? 'it is idle';
		case 'suspended':
			return 'its backup is suspended';
		case 'running':
			return 'a backup is running';
		case 'error':
			return 'its last backup failed';
		default:
			return 'its state is not clear';
	}
}

/** The same as one sentence that names the task. */
export function describeTask({ name, ...task }: Describable & { name: string }): string {
	return `Task '${name}': ${describeState(task)}`;
}

/** Free text from a NAS on one line. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** The same inside a sentence: short, and in quotes. */
export function quoted(text: string): string {
	const line = oneLine(text);
	return `'${line.length > 80 ? `${line.slice(0, 77)}...` : line}'`;
}
