import type { IDataObject } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { TaskStatus } from '../hyperBackup/task/TaskStatus';
import { act } from './act';
import { describeState } from '../hyperBackup/task/describeState';
import type { Invocation } from './Invocation';
import { withTaskContext } from '../n8n/withTaskContext';
import { chosenTask, type ChosenTask } from '../n8n/taskLocator';

type Guarded = 'cancel' | 'suspend' | 'resume' | 'discard';

interface Guard {
	outcome: string;
	/** Whether the action makes sense in this state. */
	allows: (status: TaskStatus) => boolean;
	/** Whether there is nothing to do, because the task is as it would be afterwards. */
	isThere: (status: TaskStatus) => boolean;
	refusal: (status: TaskStatus) => [clause: string, advice: string];
}

const isRunning = ({ status, activity }: TaskStatus): boolean =>
	status === 'running' &&
	(activity === undefined ||
		activity === null ||
		['backing_up', 'resuming', 'queued'].includes(String(activity)));

const nothingRuns = (status: TaskStatus): [string, string] => [
	`nothing is running: ${describeState(status)}`,
	"There is nothing to stop. With the option 'Only If Needed' this is no error.",
];

/** On a task that is not suspended DSM answers success to both, and marks the task as failed. */
const notSuspended =
	(what: string) =>
	(status: TaskStatus): [string, string] => [
		`it is not suspended, ${describeState(status)}`,
		`Only a suspended task can be ${what}. Nothing was sent: on any other, DSM answers success and marks the task as failed.`,
	];

const GUARDS: Record<Guarded, Guard> = {
	cancel: {
		outcome: 'was not canceled',
		allows: isRunning,
		isThere: (status) => !isRunning(status),
		refusal: nothingRuns,
	},
	suspend: {
		outcome: 'was not suspended',
		allows: (status) => isRunning(status) && status.can_suspend !== false,
		isThere: ({ status }) => status === 'suspended',
		refusal: (status) =>
			isRunning(status)
				? [
						`DSM does not allow it at this step${typeof status.step === 'string' ? ` ('${status.step}')` : ''}`,
						'A backup can be suspended while it transfers data, not while it prepares or counts. Try again in a minute.',
					]
				: nothingRuns(status),
	},
	resume: {
		outcome: 'was not resumed',
		allows: ({ status }) => status === 'suspended',
		isThere: isRunning,
		refusal: notSuspended('resumed'),
	},
	discard: {
		outcome: 'was not discarded',
		allows: ({ status }) => status === 'suspended',
		isThere: ({ last_result }) => last_result === 'discarded',
		refusal: notSuspended('discarded'),
	},
};

/** Reads the task, and has the action carried out only in a state that it is meant for: two requests. Success means DSM accepted it. */
export async function guarded(invocation: Invocation, action: Guarded): Promise<IDataObject[]> {
	const { context, api, item } = invocation;
	const task: ChosenTask = await chosenTask(invocation);
	const guard = GUARDS[action];
	const { model, raw } = await withTaskContext(task, guard.outcome, api.getStatus(task.id));
	const onlyIfNeeded = context.getNodeParameter('options.onlyIfNeeded', item, false) === true;
	if (onlyIfNeeded && guard.isThere(model))
		return [{ task_id: task.id, success: true, changed: false, status: model.status }];
	if (!guard.allows(model)) {
		const [clause, advice] = guard.refusal(model);
		throw new TaskError(`Task ${task.label} ${guard.outcome}: ${clause}`, advice);
	}
	const accepted = await act(
		api,
		task,
		action,
		typeof raw.state === 'string' ? raw.state : undefined,
	);
	return [{ ...accepted, ...(onlyIfNeeded ? { changed: true } : {}) }];
}
