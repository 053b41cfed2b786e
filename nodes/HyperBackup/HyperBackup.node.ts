import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { form } from './actions/form';
import { OPERATIONS, RESOURCES, subtitle } from './actions/operations';
import { router } from './actions/router';
import { getTasks, getVaultTargets } from './methods/loadOptions';
import { searchTasks } from './methods/listSearch';

export class HyperBackup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Synology Hyper Backup',
		name: 'hyperBackup',
		icon: { light: 'file:hyperBackup.svg', dark: 'file:hyperBackup.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(),
		description: 'Run, watch and control backup tasks of Hyper Backup on a Synology NAS',
		defaults: { name: 'Synology Hyper Backup' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		hints: [
			{
				message:
					'The backup continues after this node. To get its outcome, turn on Wait for Completion.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition:
					'={{ $parameter["resource"] === "task" && $parameter["operation"] === "run" && ' +
					'!$parameter["waitForCompletion"] }}',
			},
			{
				message:
					'With Retry On Fail, n8n executes the node again for all of its items. A backup that ' +
					'this execution has already started is not started again.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ $parameter["resource"] === "task" && $parameter["operation"] === "run" && ' +
					'$parameter["waitForCompletion"] === true }}',
			},
		],
		credentials: [{ name: 'synologyHyperBackupApi', required: true }],
		properties: form(RESOURCES),
	};

	methods = { listSearch: { searchTasks }, loadOptions: { getTasks, getVaultTargets } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await router(this, OPERATIONS)];
	}
}
