import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { TaskApi } from '../task/TaskApi';

/** One operation for one input item. */
export interface Invocation {
	context: IExecuteFunctions;
	api: TaskApi;
	item: number;
}

/** Gives the output items' json for one input item. */
export type Operation = (invocation: Invocation) => Promise<IDataObject[]>;
