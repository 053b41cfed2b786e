import type { TaskStatus } from './TaskStatus';

const ACTIVITIES: Record<string, string> = {
	backing_up: 'a backup is running',
	resuming: 'a resumed backup is running',
	queued: 'it waits behind another task',
	canceling: 'it is being canceled',
	checking_integrity: 'an integrity check is running',
	rotating_versions: 'old versions are being deleted after a backup',
	deleting: 'it is being deleted',
	waiting_for_destination: 'it waits for its destination',
};

const PROBLEMS: Record<string, string> = {
	backup_failed: 'its last backup failed',
	backup_partial: 'its last backup is incomplete',
	destination_offline: 'its destination is offline',
	destination_broken: 'its destination is broken',
	destination_unauthorized: 'its destination no longer accepts the login',
	destination_restore_only: 'its destination allows restoring only',
	destination_service_ended: 'the cloud service of its destination has ended',
	destination_problem: 'its destination has a problem',
};

/** A clause for a sentence: what the task is doing, or what is wrong with it. */
export function describeState(status: TaskStatus): string {
	const { activity, problem } = status;
	if (typeof activity === 'string' && status.status !== 'error')
		return ACTIVITIES[activity] ?? `DSM says '${activity.slice(0, 40)}', which is not known here`;
	if (typeof problem === 'string') return PROBLEMS[problem] ?? 'it has a problem';
	switch (status.status) {
		case 'idle':
			return status.last_result === 'never' ? 'it is idle and has never run' : 'it is idle';
		case 'suspended':
			return 'it is suspended';
		case 'running':
			return 'it is running';
		case 'error':
			return 'its last backup failed';
		default:
			return 'its state is not clear';
	}
}
