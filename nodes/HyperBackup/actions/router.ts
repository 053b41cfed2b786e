import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { TaskApi } from '../task/TaskApi';
import { TaskError } from '../task/TaskError';
import { DEFAULT_TIMEOUT, DsmClient } from '../transport/DsmClient';
import type { Operation } from './Invocation';
import { asNodeError } from './nodeErrors';
import * as task from './task';

const OPERATIONS: Record<string, Record<string, Operation>> = { task: task.operations };

function operationFor(context: IExecuteFunctions, item: number): Operation {
	const resource = context.getNodeParameter('resource', item) as string;
	const operation = context.getNodeParameter('operation', item) as string;
	const operations = Object.prototype.hasOwnProperty.call(OPERATIONS, resource) ? OPERATIONS[resource]! : {};
	if (!Object.prototype.hasOwnProperty.call(operations, operation)) {
		throw new TaskError(`The operation '${operation}' of '${resource}' does not exist`, "Choose one in 'Resource' and 'Operation'.");
	}
	return operations[operation]!;
}

/** Resource and operation to function, item by item, on one connection. An item that fails stops the node, or becomes an item that says why. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	let connecting: Promise<TaskApi> | undefined;
	const connect = async (): Promise<TaskApi> => {
		const timeout = Number(context.getNodeParameter('options.timeout', 0, DEFAULT_TIMEOUT));
		const client = await DsmClient.connect(context, Number.isFinite(timeout) && timeout > 0 ? timeout : DEFAULT_TIMEOUT);
		return new TaskApi(client, context.getTimezone());
	};
	for (let item = 0; item < context.getInputData().length; item++) {
		try {
			const operation = operationFor(context, item);
			connecting ??= connect();
			const results = await operation({ context, api: await connecting, item });
			for (const json of results) output.push({ json, pairedItem: { item } });
		} catch (error) {
			const nodeError = asNodeError(context.getNode(), error, item);
			if (!context.continueOnFail()) throw nodeError;
			const json: IDataObject = { error: nodeError.message, ...(nodeError.description ? { details: nodeError.description } : {}) };
			output.push({ json, pairedItem: { item } });
		}
	}
	return output;
}
