import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { DsmClient } from '../dsm/DsmClient';
import { CREDENTIAL_TYPE } from '../dsm/DsmContext';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import { taskByName } from '../n8n/chosenTask';
import { MAY_HOLD_EXPRESSION } from '../n8n/expressions';
import { asNodeError } from '../n8n/nodeErrors';
import { attemptOf } from './attempts';
import { DEFAULT_TIMEOUT } from '../dsm/session/ConnectionOptions';
import { FileItem, type Output } from './FileItem';
import type { Operation, Where } from './Invocation';
import { flagParameter, numberParameter, simplifyField, taskParameter } from './parameters';

const PARALLEL_ITEMS = { label: 'Parallel Items', fallback: 1, min: 1, max: 20 };

/** Milliseconds. */
const REQUEST_TIMEOUT = {
	label: 'Request Timeout (Milliseconds)',
	fallback: DEFAULT_TIMEOUT,
	min: 1,
};

type Operations = ReadonlyMap<string, Operation>;

/** What every operation begins with, for one item. */
type Given = Record<'resource' | 'operation' | 'taskId' | 'simplify', unknown>;

const unknownOperation = ({ resource, operation = '' }: Given): TaskError =>
	new TaskError(
		`The operation '${String(operation)}' of '${String(resource)}' does not exist`,
		"Choose one in 'Resource' and 'Operation', without an expression.",
	);

/**
 * An item that says what went wrong, with what is known. n8n sends an item to the error output only
 * if it has no other fields than `error`, `message` and
 * `details`, so there the rest goes into `details`.
 */
function errorItem(
	context: IExecuteFunctions,
	{ message, description }: Error & { description?: string | null },
	data: Record<string, unknown> | undefined,
): IDataObject {
	const details = description ? { details: description } : {};
	if (data === undefined) return { error: message, ...details };
	if (context.getNode().onError === 'continueErrorOutput') {
		return { error: message, details: { description, ...data } as IDataObject };
	}
	return { ...(data as IDataObject), error: message, ...details };
}

/**
 * With a read-only credential: said before anything is sent, in plainer words than where the
 * request would be refused.
 */
function rejectReadOnly(operation: Operation, context: IExecuteFunctions, item: number): void {
	const consequence = operation.changes?.({ context, item });
	if (consequence === undefined) return;
	const message = consequence.includes('read-only')
		? consequence
		: `${consequence}: the credential is read-only`;
	throw new TaskError(
		message,
		"Use another credential, or switch off 'Read Only' in this one. Nothing was sent.",
	);
}

interface Settings {
	parallelItems: number;
	/** Milliseconds for one request. */
	requestTimeout: number;
}

/** What the items of one execution share. */
interface Batch {
	context: IExecuteFunctions;
	node: Readonly<INode>;
	/** As it is stored, where all items have the same: what is in it holds no expression. */
	stored?: Given;
	operations: Operations;
	/** What cannot be used is reported with each item. */
	settings: Settings | { unusable: unknown };
	/**
	 * One for each distinct credential: an expression in it may name another NAS for every item.
	 */
	connections: Map<string, TaskApi>;
	items: number;
	/** The next item to be taken. */
	next: number;
	/** By item. */
	results: INodeExecutionData[][];
	/** Of items that fail the node. */
	errors: Error[];
}

/**
 * Resource and operation are chosen in the form. Of an expression there n8n 1.x would show all
 * fields, and keep the options of just one operation.
 */
const evaluated = ({ resource, operation }: INodeParameters, { context, item }: Where): Given => ({
	resource,
	operation,
	taskId: context.getNodeParameter('taskId', item, ''),
	simplify: context.getNodeParameter('simplify', item, true),
});

/** Resource and operation to work, for one item. */
async function perform(batch: Batch, item: number): Promise<Output[]> {
	const { context, node, settings, connections } = batch;
	if ('unusable' in settings) throw settings.unusable;
	const where = { context, item };
	const attempt = node.retryOnFail === true ? attemptOf(context, node, item) : {};
	if (attempt.settled instanceof Error) throw attempt.settled;
	if (attempt.settled) return attempt.settled;
	const given = batch.stored ?? evaluated(node.parameters, where);
	const operation = batch.operations.get(`${given.resource}.${given.operation}`);
	if (!operation) throw unknownOperation(given);
	const chosen = operation.onTask ? taskParameter(given.taskId) : undefined;
	operation.check?.(where);
	// True as the form has it; anything else may be what an expression gives.
	const simplify =
		operation.fields?.includes(simplifyField) === true &&
		(given.simplify === true || flagParameter(where, 'simplify', 'Simplify', true));
	const connectSettings = { timeout: settings.requestTimeout, itemIndex: item };
	const client = await DsmClient.connect(context, connectSettings);
	const api = connections.get(client.identity) ?? new TaskApi(client, context.getTimezone(), node);
	connections.set(client.identity, api);
	if (client.isReadOnly) rejectReadOnly(operation, context, item);
	const invocation = { context, api, item, attempt, simplify };
	let results: Output[];
	if (operation.onTask) {
		const task = 'id' in chosen! ? chosen : await taskByName(api, chosen!.nameToFind);
		results = await operation.execute({ ...invocation, task });
	} else {
		results = await operation.execute(invocation);
	}
	// What was done once is not done again because another item has failed.
	if (operation.changes) attempt.settled = results;
	return results;
}

function stopped(context: IExecuteFunctions, left: number, items: number): Error {
	const error = new TaskError(
		`The execution was stopped: ${left} of ${items} items were not processed`,
		'Nothing was sent for them.',
	);
	return asNodeError(context.getNode(), error);
}

/**
 * Takes one item after the other. Once an item has failed the node, or the execution was stopped,
 * no other begins; those under way are awaited.
 */
async function work(batch: Batch): Promise<void> {
	const { context, items, results, errors } = batch;
	const stop = context.getExecutionCancelSignal();
	while (batch.next < items && errors.length === 0 && !stop?.aborted) {
		const item = batch.next++;
		const outputs: INodeExecutionData[] = [];
		results[item] = outputs;
		try {
			for (const output of await perform(batch, item)) {
				const data =
					output instanceof FileItem
						? { json: output.json, binary: output.binary }
						: { json: output };
				outputs.push({ ...data, pairedItem: { item } });
			}
		} catch (error) {
			const nodeError = asNodeError(context.getNode(), error, item);
			const data = error instanceof TaskError ? error.data : undefined;
			if (!context.continueOnFail()) errors.push(nodeError);
			else outputs.push({ json: errorItem(context, nodeError, data), pairedItem: { item } });
		}
	}
}

/**
 * Resource and operation to work, item by item or several at a time; what comes out keeps the order
 * of what came in. An item that fails stops the node, or becomes an item that says why.
 */
export async function router(
	context: IExecuteFunctions,
	operations: Operations,
): Promise<INodeExecutionData[]> {
	// n8n copies the whole node for whoever asks, and has it in the execute data as well. As a tool,
	// the node is handed the data of its agent, which has no credential of ours.
	const executed = context.getExecuteData().node;
	const node = executed.credentials?.[CREDENTIAL_TYPE] ? executed : context.getNode();
	const { parameters } = node;
	// n8n evaluates and checks a parameter each time it is read.
	const stored = MAY_HOLD_EXPRESSION.test(JSON.stringify([parameters.taskId, parameters.simplify]))
		? undefined
		: (parameters as Given);
	const items = context.getInputData().length;
	const first = { context, item: 0 };
	let settings: Batch['settings'];
	try {
		// Only those that were added are read.
		const { parallelItems, requestTimeout } = (parameters.options ?? {}) as IDataObject;
		settings = {
			parallelItems:
				parallelItems === undefined
					? PARALLEL_ITEMS.fallback
					: Math.floor(numberParameter(first, 'options.parallelItems', PARALLEL_ITEMS)),
			requestTimeout:
				requestTimeout === undefined
					? REQUEST_TIMEOUT.fallback
					: numberParameter(first, 'options.requestTimeout', REQUEST_TIMEOUT),
		};
	} catch (unusable) {
		settings = { unusable };
	}
	const connections = new Map<string, TaskApi>();
	const shared = { context, node, stored, operations, settings, connections };
	const batch: Batch = { ...shared, items, next: 0, results: [], errors: [] };
	const atOnce = 'unusable' in settings ? 1 : settings.parallelItems;
	const workers = new Array<Batch>(Math.min(atOnce, items)).fill(batch);
	await Promise.all(workers.map(work));
	if (batch.errors.length > 0) throw batch.errors[0]!;
	if (batch.next < items) throw stopped(context, items - batch.next, items);
	return batch.results.flat();
}
