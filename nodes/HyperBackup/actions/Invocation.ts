import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Attempt } from './attempts';
import type { Output } from './FileItem';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import type { ChosenTask } from '../n8n/chosenTask';

/** One operation for one input item. */
export interface Invocation {
	context: IExecuteFunctions;
	api: TaskApi;
	item: number;
	/** What earlier attempts of *Retry On Fail* did for this item, and what this one does. */
	attempt: Attempt;
	/** *Simplify*, of operations that have it. */
	simplify: boolean;
}

/** The same with the task chosen in *Task*. */
export interface TaskInvocation extends Invocation {
	task: ChosenTask;
}

/** Where parameters are read: there is no connection yet. */
export type Where = Pick<Invocation, 'context' | 'item'>;

interface OperationForm {
	option: Omit<INodePropertyOptions, 'value'>;
	/** Beside *Task*. A field that other operations have too is the same object in each of them. */
	fields?: INodeProperties[];
	/**
	 * In *Options*, beside the one that every operation has. Operations with the same options share
	 * the list.
	 */
	options?: INodeProperties[];
	/** Checks what the user entered, before anything is sent. */
	check?: (where: Where) => void;
	/**
	 * Whether it may change something on the NAS: refused with a read-only credential. A text says
	 * what did not happen.
	 */
	changes?: (where: Where) => string | undefined;
}

/**
 * A whole operation: its row in the editor's list, its form and its work. A new one is one file,
 * and one row in its resource. `execute` gives the output items' json for one input item. `onTask`:
 * it acts on the task chosen in *Task*.
 */
export type Operation = OperationForm &
	(
		| { onTask?: undefined; execute: (invocation: Invocation) => Promise<Output[]> }
		| { onTask: true; execute: (invocation: TaskInvocation) => Promise<Output[]> }
	);
