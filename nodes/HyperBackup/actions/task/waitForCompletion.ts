import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import { waitForCompletion } from '../runAndWait';

/** What is a choice for Run goes without saying here: the options of waiting are shown where this is true. */
export const description: INodeProperties[] = [
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'hidden',
		default: true,
		displayOptions: { show: { resource: ['task'], operation: ['waitForCompletion'] } },
	},
];

/** Waits for a run that the schedule, a person or another workflow started. */
export const execute: Operation = waitForCompletion;
