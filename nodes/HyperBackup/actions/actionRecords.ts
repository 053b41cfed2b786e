import type { Action } from '../hyperBackup/task/dialects/Dialect';
import { describeState } from '../hyperBackup/task/describeState';
import type { TaskStatus } from '../hyperBackup/task/Task';

/** A clause that follows "Task 'x' was not ...:", and what to do. */
export type Refusal = [clause: string, advice: string];

/** Everything there is to know of an action, in one place. */
export interface ActionRecord {
	/** Follows "The backup was not" and "Task 'x' was not". */
	done: string;
	/**
	 * The task has to be in a state that it is meant for, which is read first; Run is left to DSM.
	 */
	guarded: boolean;
	allows: (status: TaskStatus) => boolean;
	/** There is nothing to do: the task is as it would be afterwards. */
	isDone: (status: TaskStatus) => boolean;
	/** A task in this state shows that the action was accepted. */
	shows: (status: TaskStatus) => boolean;
	/** Why it is not possible in this state; undefined if the state does not explain it. */
	refusal: (status: TaskStatus) => Refusal | undefined;
}

const BACKUP_ACTIVITIES = ['backing_up', 'resuming', 'queued'];

export const isBackingUp = ({ status, activity }: TaskStatus): boolean =>
	status === 'running' &&
	(activity === undefined || activity === null || BACKUP_ACTIVITIES.includes(String(activity)));

const isSuspended = ({ status }: TaskStatus): boolean => status === 'suspended';

const nothingRuns = (status: TaskStatus): Refusal => [
	`no backup is running: ${describeState(status)}`,
	"There is nothing to stop. With the option 'Ignore If Already Done' this is no error.",
];

/**
 * On a task that is not suspended DSM responds with success to both, and marks the task as failed.
 */
const notSuspended =
	(done: string) =>
	(status: TaskStatus): Refusal | undefined =>
		isSuspended(status)
			? undefined
			: [
					`it is not suspended: ${describeState(status)}`,
					`Only a suspended task can be ${done}. Nothing was sent: on any other task DSM reports ` +
						`success and marks it as failed.`,
				];

function notStarted(status: TaskStatus): Refusal | undefined {
	const state = describeState(status);
	if (status.status === 'running') {
		return [state, "Wait until it has finished, or read its progress with 'Get Status'."];
	}
	if (isSuspended(status)) return [state, "Use 'Resume' to continue it."];
	const destination = String(status.problem ?? '').startsWith('destination_');
	return destination
		? [state, 'Open the task in Hyper Backup and repair its destination.']
		: undefined;
}

function notSuspendable(status: TaskStatus): Refusal {
	if (!isBackingUp(status)) return nothingRuns(status);
	const step = typeof status.step === 'string' ? ` ('${status.step}')` : '';
	return [
		`DSM does not allow it at this step${step}`,
		'A backup can be suspended while it transfers data, not while it prepares or counts. Try ' +
			'again in a minute.',
	];
}

export const ACTIONS: Record<Action, ActionRecord> = {
	run: {
		done: 'started',
		guarded: false,
		allows: () => true,
		isDone: () => false,
		shows: ({ status }) => status === 'running',
		refusal: notStarted,
	},
	cancel: {
		done: 'canceled',
		guarded: true,
		allows: isBackingUp,
		isDone: (status) => !isBackingUp(status),
		shows: ({ status, activity }) => status !== 'running' || activity === 'canceling',
		refusal: (status) => (isBackingUp(status) ? undefined : nothingRuns(status)),
	},
	suspend: {
		done: 'suspended',
		guarded: true,
		allows: (status) => isBackingUp(status) && status.can_suspend !== false,
		isDone: isSuspended,
		shows: isSuspended,
		refusal: notSuspendable,
	},
	resume: {
		done: 'resumed',
		guarded: true,
		allows: isSuspended,
		isDone: isBackingUp,
		shows: ({ status }) => status === 'running',
		refusal: notSuspended('resumed'),
	},
	discard: {
		done: 'discarded',
		guarded: true,
		allows: isSuspended,
		isDone: ({ last_result }) => last_result === 'discarded',
		shows: (status) => !isSuspended(status),
		refusal: notSuspended('discarded'),
	},
};
