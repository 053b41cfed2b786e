import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Invocation';
import { act } from '../act';
import { runAndWait } from '../runAndWait';
import { chosenTask } from '../../n8n/taskLocator';

export const description: INodeProperties[] = [
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the backup has ended, and give its outcome. Otherwise the node is done when the NAS has accepted the start.',
		displayOptions: { show: { resource: ['task'], operation: ['run'] } },
	},
];

/** Starts a backup now, whatever the schedule. Without waiting, success means DSM accepted it: one request. */
export const execute: Operation = async (invocation) => {
	if (invocation.context.getNodeParameter('waitForCompletion', invocation.item, false) === true)
		return await runAndWait(invocation);
	const task = await chosenTask(invocation);
	return [await act(invocation.api, task, 'run')];
};
