import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import { Connections } from '../n8n/connectTaskApi';
import { asNodeError } from '../n8n/nodeErrors';
import { isStopped, type Operation } from './Invocation';
import { findOperation } from './operations';
import { numberParameter, requestTimeout } from './parameters';

function operationFor(context: IExecuteFunctions, item: number): Operation {
	const resource = context.getNodeParameter('resource', item) as string;
	const operation = context.getNodeParameter('operation', item) as string;
	const found = findOperation(resource, operation);
	if (found) return found;
	throw new TaskError(
		`The operation '${operation}' of '${resource}' does not exist`,
		"Choose one in 'Resource' and 'Operation'.",
	);
}

/**
 * An item that says what went wrong, with what is known. n8n sends an item to the error output only if it has no other fields than `error`, `message` and
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

/** With a read-only credential: said before anything is sent, in plainer words than where the request would be refused. */
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

class Router {
	private connections?: Connections;

	private failed = false;

	constructor(private readonly context: IExecuteFunctions) {}

	/** Item by item, or several at a time; what comes out keeps the order of what came in. */
	async run(): Promise<INodeExecutionData[]> {
		const items = this.context.getInputData().length;
		const results: INodeExecutionData[][] = [];
		const errors: unknown[] = [];
		let next = 0;
		// Once an item has failed the node, or the execution was stopped, no other begins; those under way are awaited.
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
		const workers = Math.min(this.parallelItems(), items);
		await Promise.all(Array.from({ length: workers }, worker));
		if (errors.length > 0) throw errors[0];
		return results.flat();
	}

	private parallelItems(): number {
		try {
			return Math.floor(
				numberParameter({ context: this.context, item: 0 }, 'options.parallelItems', {
					label: 'Parallel Items',
					fallback: 1,
					min: 1,
					max: 20,
				}),
			);
		} catch (error) {
			throw asNodeError(this.context.getNode(), error, 0);
		}
	}

	private async handle(item: number): Promise<INodeExecutionData[]> {
		const { context } = this;
		try {
			const operation = operationFor(context, item);
			operation.check?.({ context, item });
			this.connections ??= new Connections(context, requestTimeout(context));
			const api = await this.connections.forItem(item);
			if (api.client.isReadOnly) rejectReadOnly(operation, context, item);
			const results = await operation.execute({ context, api, item });
			return results.map((json) => ({ json, pairedItem: { item } }));
		} catch (error) {
			const nodeError = asNodeError(context.getNode(), error, item);
			if (!context.continueOnFail()) throw nodeError;
			const data = error instanceof TaskError ? error.data : undefined;
			return [{ json: errorItem(context, nodeError, data), pairedItem: { item } }];
		}
	}
}

/** Resource and operation to work, for every item. An item that fails stops the node, or becomes an item that says why. */
export const router = async (context: IExecuteFunctions): Promise<INodeExecutionData[]> =>
	await new Router(context).run();
