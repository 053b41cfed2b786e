import type { INodeProperties } from 'n8n-workflow';

const whenWaiting = {
	show: { '/operation': ['run', 'waitForCompletion'], '/waitForCompletion': [true] },
};

/** *Run* has a switch of this name; the options of waiting are shown where it is on. */
export const alwaysWaits: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'hidden',
	default: true,
};

const forTask = { show: { ...whenWaiting.show, '/resource': ['task'] } };
const forCheck = { show: { ...whenWaiting.show, '/resource': ['integrityCheck'] } };

const whole = (minValue: number) => ({ minValue, numberPrecision: 0 });

/** Added to the node's Options and shown for what waits; alphabetical with the others. */
export const waitFields: INodeProperties[] = [
	{
		displayName: 'Fail On',
		name: 'failOn',
		type: 'multiOptions',
		default: ['failed'],
		description:
			'Which outcomes make the node fail. Failed includes a destination that cannot be used and ' +
			'an unknown outcome. A backup that was interrupted and cannot be resumed ends as ' +
			'canceled, too.',
		displayOptions: forTask,
		options: [
			{ name: 'Canceled or Interrupted', value: 'canceled' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Not Started', value: 'not_started' },
			{ name: 'Partially Completed', value: 'partial' },
			{ name: 'Suspended', value: 'suspended' },
			{ name: 'Timed Out', value: 'timed_out' },
		],
	},
	{
		displayName: 'Fail On',
		name: 'failOn',
		type: 'multiOptions',
		default: ['damaged', 'failed_to_run', 'unknown'],
		description: 'Which outcomes of the integrity check make the node fail',
		displayOptions: forCheck,
		options: [
			{ name: 'Canceled', value: 'canceled' },
			{ name: 'Damaged', value: 'damaged' },
			{ name: 'Failed to Run', value: 'failed_to_run' },
			{ name: 'Finished (Outcome Not Proven)', value: 'finished' },
			{ name: 'Not Started', value: 'not_started' },
			{ name: 'Timed Out', value: 'timed_out' },
			{ name: 'Unknown', value: 'unknown' },
		],
	},
	{
		displayName: 'If Already Running',
		name: 'ifAlreadyRunning',
		type: 'options',
		default: 'fail',
		description: 'What to do if the backup or integrity check is already running',
		displayOptions: { show: { '/operation': ['run'], '/waitForCompletion': [true] } },
		options: [
			{ name: 'Fail', value: 'fail' },
			{ name: 'Skip', value: 'skip' },
			{ name: 'Wait for the Current Run', value: 'wait' },
		],
	},
	{
		displayName: 'Ignore If Already Done',
		name: 'ignoreIfDone',
		type: 'boolean',
		default: false,
		description:
			'Whether a task that is already in the wanted state is no error. The field "changed" of ' +
			'the output shows whether anything was done.',
		displayOptions: { show: { '/operation': ['cancel', 'discard', 'resume', 'suspend'] } },
	},
	{
		displayName: 'Include Log',
		name: 'includeLog',
		type: 'boolean',
		default: false,
		description:
			"Whether to add what Hyper Backup's log says about the run: why it failed, or which files " +
			'were skipped (experimental)',
		displayOptions: forTask,
	},
	{
		displayName: 'Include Version Rotation',
		name: 'withRotation',
		type: 'boolean',
		default: false,
		description: 'Whether deleting old versions after the backup counts as part of the run',
		displayOptions: forTask,
	},
	{
		displayName: 'Max Check Interval (Seconds)',
		name: 'maxCheckInterval',
		type: 'number',
		typeOptions: whole(1),
		default: 30,
		description: 'The longest time between two checks of the task. The first is 2 seconds.',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'On Stop',
		name: 'onStop',
		type: 'options',
		default: 'leave',
		description: 'What to do with the backup or check when the execution is stopped in n8n',
		displayOptions: whenWaiting,
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
		],
	},
	{
		displayName: 'On Time Limit',
		name: 'onTimeLimit',
		type: 'options',
		default: 'leave',
		description: 'What to do with the backup when the time limit is reached',
		displayOptions: forTask,
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
			{ name: 'Suspend It', value: 'suspend' },
		],
	},
	{
		displayName: 'On Time Limit',
		name: 'onTimeLimit',
		type: 'options',
		default: 'leave',
		description: 'What to do with the integrity check when the time limit is reached',
		displayOptions: forCheck,
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
		],
	},
	{
		displayName: 'Outage Tolerance (Minutes)',
		name: 'outageTolerance',
		type: 'number',
		typeOptions: whole(0),
		default: 10,
		description: 'How long the NAS may be unreachable during the wait',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Parallel Items',
		name: 'parallelItems',
		type: 'number',
		typeOptions: { ...whole(1), maxValue: 20 },
		default: 1,
		description: 'How many items to process at the same time',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Request Timeout (Milliseconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1000 },
		default: 30000,
		description: 'How long to wait for each response from the NAS',
	},
	{
		displayName: 'Start Timeout (Minutes)',
		name: 'startTimeout',
		type: 'number',
		typeOptions: whole(0),
		default: 2,
		description:
			'How long a backup or check may take to start before it counts as not started. Time in the ' +
			'queue behind another backup does not count.',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Time Limit (Minutes)',
		name: 'timeLimit',
		type: 'number',
		typeOptions: whole(1),
		default: 1440,
		description: 'How long to wait for the backup or check to finish',
		displayOptions: whenWaiting,
	},
];
