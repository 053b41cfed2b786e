import type { INodeProperties } from 'n8n-workflow';
import type { WatchOutcome as RunOutcome } from '../hyperBackup/runs/RunWatch';
import type { Invocation } from './Invocation';
import type { WaitOptions } from './waiting';

const MINUTE = 60_000;

const whenWaiting = {
	show: { '/operation': ['run', 'waitForCompletion'], '/waitForCompletion': [true] },
};

/** Added to the node's Options; only what waits shows them. Alphabetical with the others. */
export const waitOptionFields: INodeProperties[] = [
	{
		displayName: 'Fail On',
		name: 'failOn',
		type: 'multiOptions',
		default: ['failed'],
		description:
			'Which outcomes make the node fail. Failed includes a destination that cannot be used and an outcome that could not be learnt.',
		displayOptions: whenWaiting,
		options: [
			{ name: 'Canceled', value: 'canceled' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Not Started', value: 'not_started' },
			{ name: 'Partially Completed', value: 'partial' },
			{ name: 'Suspended', value: 'suspended' },
			{ name: 'Timed Out', value: 'timed_out' },
		],
	},
	{
		displayName: 'If Already Running',
		name: 'ifAlreadyRunning',
		type: 'options',
		default: 'fail',
		description: 'What to do if a backup of the task is under way already',
		displayOptions: { show: { '/operation': ['run'], '/waitForCompletion': [true] } },
		options: [
			{ name: 'Fail', value: 'fail' },
			{ name: 'Skip', value: 'skip' },
			{ name: 'Wait for the Current Run', value: 'wait' },
		],
	},
	{
		displayName: 'Include Version Rotation',
		name: 'withRotation',
		type: 'boolean',
		default: false,
		description: 'Whether deleting old versions after the backup counts as part of the run',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Items at Once',
		name: 'parallel',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20 },
		default: 1,
		description: 'How many items are waited for at the same time',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Max Check Interval (Seconds)',
		name: 'longestPause',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			'How long to wait at most between two looks at the task. It begins with 2 seconds.',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Max Time to Begin (Minutes)',
		name: 'startGrace',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 2,
		description:
			'How long a backup may take to begin before it counts as not started. Waiting in the queue behind another backup does not count.',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'On Stop',
		name: 'onStop',
		type: 'options',
		default: 'leave',
		description: 'What to do with the backup when the execution is stopped in n8n',
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
		displayOptions: whenWaiting,
		options: [
			{ name: 'Cancel It', value: 'cancel' },
			{ name: 'Leave It Running', value: 'leave' },
			{ name: 'Suspend It', value: 'suspend' },
		],
	},
	{
		displayName: 'Only If Needed',
		name: 'onlyIfNeeded',
		type: 'boolean',
		default: false,
		description:
			'Whether a task that is already in the wanted state is accepted instead of being an error. The output then tells by "changed" whether anything was done.',
		displayOptions: { show: { '/operation': ['cancel', 'discard', 'resume', 'suspend'] } },
	},
	{
		displayName: 'Outage Tolerance (Minutes)',
		name: 'outageTolerance',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'How long the NAS may be out of reach while waiting',
		displayOptions: whenWaiting,
	},
	{
		displayName: 'Time Limit (Minutes)',
		name: 'timeLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1440,
		description: 'How long to wait for the end of the backup',
		displayOptions: whenWaiting,
	},
];

export interface WaitSettings extends WaitOptions {
	failOn: RunOutcome[];
	ifAlreadyRunning: 'fail' | 'wait' | 'skip';
	onTimeLimit: 'leave' | 'cancel' | 'suspend';
	onStop: 'leave' | 'cancel';
}

export function waitSettings({ context, item }: Invocation): WaitSettings {
	const option = <T>(name: string, fallback: T): T =>
		context.getNodeParameter(`options.${name}`, item, fallback) as T;
	const time = (name: string, fallback: number, unit: number): number => {
		const value = Number(option(name, fallback));
		return (Number.isFinite(value) && value >= 0 ? value : fallback) * unit;
	};
	return {
		timeLimit: time('timeLimit', 1440, MINUTE),
		longestPause: Math.max(time('longestPause', 30, 1000), 1000),
		outageTolerance: time('outageTolerance', 10, MINUTE),
		startTimeout: time('startGrace', 2, MINUTE),
		withRotation: option('withRotation', false),
		failOn: option<RunOutcome[]>('failOn', ['failed']),
		ifAlreadyRunning: option('ifAlreadyRunning', 'fail'),
		onTimeLimit: option('onTimeLimit', 'leave'),
		onStop: option('onStop', 'leave'),
	};
}
