import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import { DEFAULT_TIMEOUT, DsmClient } from '../dsm/DsmClient';
import type { Invocation, Operation } from './Invocation';
import * as nas from './nas';
import { asNodeError } from '../n8n/nodeErrors';
import { rejectReadOnly } from './rejectReadOnly';
import * as task from './task';

const OPERATIONS: Record<string, Record<string, Operation>> = {
	nas: nas.operations,
	task: task.operations,
};

function operationFor(context: IExecuteFunctions, item: number): Operation {
	const resource = context.getNodeParameter('resource', item) as string;
	const operation = context.getNodeParameter('operation', item) as string;
	const operations = Object.prototype.hasOwnProperty.call(OPERATIONS, resource)
		? OPERATIONS[resource]!
		: {};
	if (!Object.prototype.hasOwnProperty.call(operations, operation)) {
		throw new TaskError(
			`The operation '${operation}' of '${resource}' does not exist`,
			"Choose one in 'Resource' and 'Operation'.",
		);
	}
	return operations[operation]!;
}

/**
 * An item that says what went wrong, with what is known all the same. n8n sends an item to the error output only if it has no other fields than `error`,
 * `message` and `details`, so there the rest goes into `details`.
 */
function errorItem(
	context: IExecuteFunctions,
	{ message, description }: Error & { description?: string | null },
	data: Record<string, unknown> | undefined,
): IDataObject {
	const said = description ? { details: description } : {};
	if (data === undefined) return { error: message, ...said };
	if (context.getNode().onError === 'continueErrorOutput')
		return { error: message, details: { description, ...data } as IDataObject };
	return { ...(data as IDataObject), error: message, ...said };
}

/** Resource and operation to function, item by item, on one connection. An item that fails stops the node, or becomes an item that says why. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	let connecting: Promise<Pick<Invocation, 'client' | 'api'>> | undefined;
	const connect = async (): Promise<Pick<Invocation, 'client' | 'api'>> => {
		const timeout = Number(context.getNodeParameter('options.timeout', 0, DEFAULT_TIMEOUT));
		const client = await DsmClient.connect(
			context,
			Number.isFinite(timeout) && timeout > 0 ? timeout : DEFAULT_TIMEOUT,
		);
		return { client, api: new TaskApi(client, context.getTimezone()) };
	};
	const handle = async (item: number): Promise<INodeExecutionData[]> => {
		try {
			const operation = operationFor(context, item);
			connecting ??= connect();
			const invocation: Invocation = { context, ...(await connecting), item };
			rejectReadOnly(invocation);
			const results = await operation(invocation);
			return results.map((json) => ({ json, pairedItem: { item } }));
		} catch (error) {
			const nodeError = asNodeError(context.getNode(), error, item);
			if (!context.continueOnFail()) throw nodeError;
			return [
				{
					json: errorItem(context, nodeError, error instanceof TaskError ? error.data : undefined),
					pairedItem: { item },
				},
			];
		}
	};
	const items = context.getInputData().length;
	const atOnce = Math.max(
		1,
		Math.floor(Number(context.getNodeParameter('options.parallel', 0, 1)) || 1),
	);
	const results: INodeExecutionData[][] = [];
	let next = 0;
	// One after the other, or - for items that are waited for - several at a time; what comes out keeps the order of what came in.
	const worker = async (): Promise<void> => {
		while (next < items) {
			const item = next++;
			results[item] = await handle(item);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items) }, worker));
	return results.flat();
}
