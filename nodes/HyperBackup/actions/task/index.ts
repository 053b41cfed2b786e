import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import { taskLocator } from '../../n8n/taskLocator';
import * as cancel from './cancel';
import * as discard from './discard';
import * as get from './get';
import * as getAll from './getAll';
import * as getStatus from './getStatus';
import * as resume from './resume';
import * as run from './run';
import * as suspend from './suspend';
import * as waitForCompletion from './waitForCompletion';

export const operations: Record<string, Operation> = {
	cancel: cancel.execute,
	discard: discard.execute,
	get: get.execute,
	getAll: getAll.execute,
	getStatus: getStatus.execute,
	resume: resume.execute,
	run: run.execute,
	suspend: suspend.execute,
	waitForCompletion: waitForCompletion.execute,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		default: 'getAll',
		options: [
			{
				name: 'Cancel',
				value: 'cancel',
				action: 'Cancel a running backup',
				description:
					'Stop a running backup for good. What was copied so far does not become a version.',
			},
			{
				name: 'Discard',
				value: 'discard',
				action: 'Discard a suspended backup',
				description: 'Throw a suspended backup away, so that the next run starts afresh',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a backup task',
				description: 'Retrieve one task with its source folders, destination and schedule',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many backup tasks',
				description: 'Retrieve a list of many backup tasks with their IDs, status and last result',
			},
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get the status of a backup task',
				description:
					'Retrieve what one task is doing now, its progress, and how its last backup went',
			},
			{
				name: 'Resume',
				value: 'resume',
				action: 'Resume a suspended backup',
				description: 'Go on with a suspended backup. Refused for a task that is not suspended.',
			},
			{
				name: 'Run',
				value: 'run',
				action: 'Run a backup task',
				description:
					'Start a backup now, whatever its schedule. Success means the NAS accepted it, not that it has finished.',
			},
			{
				name: 'Suspend',
				value: 'suspend',
				action: 'Suspend a running backup',
				description: 'Pause a running backup so that it can be resumed later',
			},
			{
				name: 'Wait for Completion',
				value: 'waitForCompletion',
				action: 'Wait for a backup to complete',
				description:
					'Wait for the end of a backup that was started elsewhere, and retrieve its outcome',
			},
		],
	},
	taskLocator([
		'cancel',
		'discard',
		'get',
		'getStatus',
		'resume',
		'run',
		'suspend',
		'waitForCompletion',
	]),
	...run.description,
	...waitForCompletion.description,
	...getAll.description,
	...get.description,
	...getStatus.description,
];
