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
import { waitFields } from './actions/waiting/fields';
import { searchTasks } from './methods/listSearch';

/** The operation, and the task it acts on: n8n hands the locator over as its value, or whole. */
const OPERATION =
	'({ getAll: "Get Many", getStatus: "Get Status", waitForCompletion: "Wait for Completion" ' +
	'}[$parameter["operation"]] ?? $parameter["operation"].charAt(0).toUpperCase() + ' +
	'$parameter["operation"].slice(1))';
const TASK =
	'(typeof $parameter["taskId"] === "object" ? ($parameter["taskId"]?.cachedResultName || ' +
	'$parameter["taskId"]?.value) : $parameter["taskId"])';
const SUBTITLE = `={{ ${OPERATION} + (${TASK} ? ": " + ${TASK} : "") }}`;

export class HyperBackup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Synology Hyper Backup',
		name: 'hyperBackup',
		icon: { light: 'file:hyperBackup.svg', dark: 'file:hyperBackup.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Run, watch and control backup tasks of Hyper Backup on a Synology NAS',
		defaults: { name: 'Synology Hyper Backup' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		hints: [
			{
				message:
					'The backup goes on after this node. To get its outcome, turn on Wait for Completion.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition:
					'={{ $parameter["operation"] === "run" && !$parameter["waitForCompletion"] }}',
			},
			{
				message:
					'With Retry On Fail, n8n executes the node again for all of its items. A backup that ' +
					'this execution has already started is not started again.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ $parameter["operation"] === "run" && $parameter["waitForCompletion"] === true }}',
			},
		],
		credentials: [{ name: 'synologyHyperBackupApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'task',
				options: [
					{ name: 'Task', value: 'task', description: 'A backup task of Hyper Backup' },
					{
						name: 'NAS System',
						value: 'nas',
						description: 'The Synology NAS itself, with its Hyper Backup package',
					},
				],
			},
			...task.description,
			...nas.description,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: waitFields,
			},
		],
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await router(this)];
	}
}
