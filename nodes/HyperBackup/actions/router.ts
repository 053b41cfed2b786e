import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import { readTaskParameter } from '../n8n/chosenTask';
import { asNodeError } from '../n8n/nodeErrors';
import { attemptOf } from './attempts';
import { isStopped } from '../dsm/DsmContext';
import { DEFAULT_TIMEOUT } from '../dsm/session/ConnectionOptions';
import { FileItem, type Output } from './FileItem';
import type { Operation } from './Invocation';
import type { Resource } from './operations';
import { numberParameter } from './parameters';

const PARALLEL_ITEMS = { label: 'Parallel Items', fallback: 1, min: 1, max: 20 };

/** Milliseconds. */
const REQUEST_TIMEOUT = {
	label: 'Request Timeout (Milliseconds)',
	fallback: DEFAULT_TIMEOUT,
	min: 1,
};

type Resources = Readonly<Record<string, Resource>>;

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
	Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;

function operationFor(context: IExecuteFunctions, item: number, resources: Resources): Operation {
	const resource = context.getNodeParameter('resource', item, '') as string;
	const operation = context.getNodeParameter('operation', item, '') as string;
	const found = own(own(resources, resource)?.operations ?? {}, operation);
	if (found) return found;
	throw new TaskError(
		`The operation '${operation}' of '${resource}' does not exist`,
		"Choose one in 'Resource' and 'Operation'.",
	);
}

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

/** Read once for all items. */
function readSettings(context: IExecuteFunctions): Settings {
	const where = { context, item: 0 };
	return {
		parallelItems: Math.floor(numberParameter(where, 'options.parallelItems', PARALLEL_ITEMS)),
		requestTimeout: numberParameter(where, 'options.requestTimeout', REQUEST_TIMEOUT),
	};
}

class Router {
	private readonly node: INode;

	/** What cannot be used is reported with each item. */
	private readonly settings: Settings | { unusable: unknown };

	/**
	 * One for each distinct credential: an expression in it may name another NAS for every item.
	 */
	private readonly connections = new Map<string, TaskApi>();

	private failed = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly resources: Resources,
	) {
		this.node = context.getNode();
		try {
			this.settings = readSettings(context);
		} catch (unusable) {
			this.settings = { unusable };
		}
	}

	/** Item by item, or several at a time; what comes out keeps the order of what came in. */
	async run(): Promise<INodeExecutionData[]> {
		const items = this.context.getInputData().length;
		const results: INodeExecutionData[][] = [];
		const errors: unknown[] = [];
		let next = 0;
		// Once an item has failed the node, or the execution was stopped, no other begins; those under
		// way are awaited.
		const worker = async (): Promise<void> => {
			while (next < items && !this.failed && !isStopped(this.context)) {
				const item = next++;
				try {
					results[item] = await this.handle(item);
				} catch (error) {
					this.failed = true;
					errors.push(error);
				}
			}
		};
		const atOnce = 'unusable' in this.settings ? 1 : this.settings.parallelItems;
		await Promise.all(Array.from({ length: Math.min(atOnce, items) }, worker));
		if (errors.length > 0) throw errors[0];
		if (next < items) throw this.stopped(items - next, items);
		return results.flat();
	}

	private stopped(left: number, items: number): Error {
		const error = new TaskError(
			`The execution was stopped: ${left} of ${items} items were not processed`,
			'Nothing was sent for them.',
		);
		return asNodeError(this.context.getNode(), error);
	}

	private async handle(item: number): Promise<INodeExecutionData[]> {
		const { context } = this;
		try {
			const results = await this.perform(item);
			return results.map((result) => ({
				...(result instanceof FileItem
					? { json: result.json, binary: result.binary }
					: { json: result }),
				pairedItem: { item },
			}));
		} catch (error) {
			const nodeError = asNodeError(context.getNode(), error, item);
			if (!context.continueOnFail()) throw nodeError;
			const data = error instanceof TaskError ? error.data : undefined;
			return [{ json: errorItem(context, nodeError, data), pairedItem: { item } }];
		}
	}

	private async connection(item: number, timeout: number): Promise<TaskApi> {
		const api = await TaskApi.connect(this.context, { timeout, itemIndex: item });
		const known = this.connections.get(api.client.identity);
		if (!known) this.connections.set(api.client.identity, api);
		return known ?? api;
	}

	private async perform(item: number): Promise<Output[]> {
		const { context, node, settings } = this;
		if ('unusable' in settings) throw settings.unusable;
		const attempt = attemptOf(context, node, item);
		if (attempt.settled instanceof Error) throw attempt.settled;
		if (attempt.settled) return attempt.settled;
		const operation = operationFor(context, item, this.resources);
		if (operation.onTask) readTaskParameter(context, item);
		operation.check?.({ context, item });
		const api = await this.connection(item, settings.requestTimeout);
		if (api.client.isReadOnly) rejectReadOnly(operation, context, item);
		const results = await operation.execute({ context, api, item, attempt });
		// What was done once is not done again because another item has failed.
		if (operation.changes) attempt.settled = results;
		return results;
	}
}

/**
 * Resource and operation to work, for every item. An item that fails stops the node, or becomes an
 * item that says why.
 */
export const router = async (
	context: IExecuteFunctions,
	resources: Resources,
): Promise<INodeExecutionData[]> => await new Router(context, resources).run();
