import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { maskSecrets } from '../hyperBackup/task/maskSecrets';
import type { WithRaw } from '../hyperBackup/task/TaskApi';
import type { Invocation } from './Invocation';

/** Shown by every operation that reads. */
export function simplifyField(operation: string): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show: { resource: ['task'], operation: [operation] } },
	};
}

/** The model, or the NAS's own answer with the secrets of its destination masked. */
export function chosenForm(invocation: Invocation, told: WithRaw<IDataObject>): IDataObject {
	const simplify = invocation.context.getNodeParameter(
		'simplify',
		invocation.item,
		true,
	) as boolean;
	return simplify ? told.model : maskSecrets(told.raw);
}
