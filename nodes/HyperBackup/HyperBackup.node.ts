import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import * as nas from './actions/nas';
import { router } from './actions/router';
import * as task from './actions/task';
import { waitOptionFields } from './actions/waitFields';
import { searchTasks } from './methods/listSearch';

export class HyperBackup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Synology Hyper Backup',
		name: 'hyperBackup',
		icon: { light: 'file:hyperBackup.svg', dark: 'file:hyperBackup.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ getAll: "Get Many", getStatus: "Get Status", waitForCompletion: "Wait for Completion" }[$parameter["operation"]] ?? $parameter["operation"].charAt(0).toUpperCase() + $parameter["operation"].slice(1)) + ($parameter["taskId"]?.value ? ": " + ($parameter["taskId"].cachedResultName || $parameter["taskId"].value) : "") }}',
		description: 'Run, watch and control backup tasks of Hyper Backup on a Synology NAS',
		defaults: { name: 'Synology Hyper Backup' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'synologyHyperBackupApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'task',
				options: [
					{
						name: 'NAS System',
						value: 'nas',
						description: 'The Synology NAS itself, with its Hyper Backup package',
					},
					{ name: 'Task', value: 'task', description: 'A backup task of Hyper Backup' },
				],
			},
			...nas.description,
			...task.description,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					...waitOptionFields,
					{
						displayName: 'Timeout (Milliseconds)',
						name: 'timeout',
						type: 'number',
						typeOptions: { minValue: 1000 },
						default: 30000,
						description: 'How long to wait for one answer of the NAS',
					},
				],
			},
		],
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await router(this)];
	}
}
