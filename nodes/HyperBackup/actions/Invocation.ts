import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import type { DsmClient } from '../dsm/DsmClient';

/** One operation for one input item. */
export interface Invocation {
	context: IExecuteFunctions;
	client: DsmClient;
	api: TaskApi;
	item: number;
}

/** Gives the output items' json for one input item. */
export type Operation = (invocation: Invocation) => Promise<IDataObject[]>;
