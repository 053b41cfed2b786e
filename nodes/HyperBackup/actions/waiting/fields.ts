import type { INodeProperties } from 'n8n-workflow';

/** Of *Run*. */
export const waitSwitch: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the backup or integrity check has finished, and return its outcome. ' +
		'Otherwise the node is done when the NAS has accepted the start.',
};

const whole = (minValue: number) => ({ minValue, numberPrecision: 0 });

/** Of every wait. */
const ofBoth: INodeProperties[] = [
	{
		displayName: 'Max Check Interval (Seconds)',
		name: 'maxCheckInterval',
		type: 'number',
		typeOptions: whole(1),
		default: 30,
		description: 'The longest time between two checks of the task. The first is 2 seconds.',
	},
	{
		displayName: 'On Stop',
		name: 'onStop',
		type: 'options',
		default: 'leave',
		description: 'What to do with the backup or check when the execution is stopped in n8n',
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
	},
	{
		displayName: 'Parallel Items',
		name: 'parallelItems',
		type: 'number',
		typeOptions: { ...whole(1), maxValue: 20 },
		default: 1,
		description: 'How many items to process at the same time',
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
	},
	{
		displayName: 'Time Limit (Minutes)',
		name: 'timeLimit',
		type: 'number',
		typeOptions: whole(1),
		default: 1440,
		description: 'How long to wait for the backup or check to finish',
	},
];

/** Options of waiting for a backup. */
export const backupWaitOptions: INodeProperties[] = [
	...ofBoth,
	{
		displayName: 'Fail On',
		name: 'failOn',
		type: 'multiOptions',
		default: ['failed'],
		description:
			'Which outcomes make the node fail. Failed includes a destination that cannot be used and ' +
			'an unknown outcome. A backup that was interrupted and cannot be resumed ends as ' +
			'canceled, too.',
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
		displayName: 'Include Log',
		name: 'includeLog',
		type: 'boolean',
		default: false,
		description:
			"Whether to add what Hyper Backup's log says about the run: why it failed, or which files " +
			'were skipped (experimental)',
	},
	{
		displayName: 'Include Version Rotation',
		name: 'withRotation',
		type: 'boolean',
		default: false,
		description: 'Whether deleting old versions after the backup counts as part of the run',
	},
	{
		displayName: 'On Time Limit',
		name: 'onTimeLimit',
		type: 'options',
		default: 'leave',
		description: 'What to do with the backup when the time limit is reached',
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
			{ name: 'Suspend It', value: 'suspend' },
		],
	},
];

/** Options of waiting for an integrity check. */
export const checkWaitOptions: INodeProperties[] = [
	...ofBoth,
	{
		displayName: 'Fail On',
		name: 'failOn',
		type: 'multiOptions',
		default: ['damaged', 'failed_to_run', 'unknown'],
		description: 'Which outcomes of the integrity check make the node fail',
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
		displayName: 'On Time Limit',
		name: 'onTimeLimit',
		type: 'options',
		default: 'leave',
		description: 'What to do with the integrity check when the time limit is reached',
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
		],
	},
];

const ifAlreadyRunning: INodeProperties = {
	displayName: 'If Already Running',
	name: 'ifAlreadyRunning',
	type: 'options',
	default: 'fail',
	description: 'What to do if the backup or integrity check is already running',
	options: [
		{ name: 'Fail', value: 'fail' },
		{ name: 'Skip', value: 'skip' },
		{ name: 'Wait for the Current Run', value: 'wait' },
	],
};

/** The same for *Run*, and shown where it waits. */
export const whereRunWaits = (options: INodeProperties[]): INodeProperties[] =>
	[...options, ifAlreadyRunning].map((option) => ({
		...option,
		displayOptions: { show: { '/waitForCompletion': [true] } },
	}));
