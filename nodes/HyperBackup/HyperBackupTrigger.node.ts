import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { getTasks } from './methods/loadOptions';
import { levelOptions } from './n8n/levelOptions';
import { eventOptions, statusOptions, triggerOptions } from './trigger/description';
import { poll } from './trigger/poll';

export class HyperBackupTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Synology Hyper Backup Trigger',
		name: 'hyperBackupTrigger',
		icon: { light: 'file:hyperBackup.svg', dark: 'file:hyperBackup.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].length === 1 ? ' +
			'$parameter["events"][0].charAt(0).toUpperCase() + ' +
			'$parameter["events"][0].slice(1).replace(/[A-Z]/g, " $&").replace(/^as /, "AS ") : ' +
			'$parameter["events"].length + " events" }}',
		description:
			'Starts a workflow when a Hyper Backup task fails, finishes or is overdue. Actions ' +
			'run, suspend, resume and read tasks.',
		defaults: { name: 'Synology Hyper Backup Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'synologyHyperBackupApi', required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['statusChanged'],
				options: eventOptions,
			},
			{
				displayName: 'Task Names or IDs',
				name: 'tasks',
				type: 'multiOptions',
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'Leave empty to watch all tasks. In an expression, names work as well as IDs.',
				typeOptions: { loadOptionsMethod: 'getTasks' },
			},
			{
				displayName: 'From Status',
				name: 'fromStatus',
				type: 'multiOptions',
				default: [],
				description: 'For Task Status Changed: the status before. Leave empty for any.',
				displayOptions: { show: { events: ['statusChanged'] } },
				options: statusOptions,
			},
			{
				displayName: 'To Status',
				name: 'toStatus',
				type: 'multiOptions',
				default: [],
				description: 'For Task Status Changed: the status after. Leave empty for any.',
				displayOptions: { show: { events: ['statusChanged'] } },
				options: statusOptions,
			},
			{
				displayName: 'Minimum Level',
				name: 'logLevel',
				type: 'options',
				default: 'warn',
				description: 'For Log Entry: which entries to report',
				displayOptions: { show: { events: ['logEntry'] } },
				options: levelOptions,
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: triggerOptions,
			},
		],
	};

	methods = { loadOptions: { getTasks } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
