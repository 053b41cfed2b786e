import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import { DsmError, type ErrorKind } from '../dsm/errors/DsmError';

/**
 * n8n's schedulers read these: a refused login or a missing right is nothing to try again at once.
 */
const HTTP_CODES: Partial<Record<ErrorKind, string>> = { loginRefused: '401', noPermission: '403' };

/**
 * Gives the error its own sentence back. n8n's constructors replace a message in which they find
 * `EEXIST`, `EACCES` or another system code, and a task named "Preexisting photos" is enough for
 * that.
 */
function withSentence<E extends NodeApiError | NodeOperationError>(error: E, message: string): E {
	error.message = message;
	error.messages = [];
	return error;
}

function fromDsmError(node: INode, error: DsmError, itemIndex?: number): NodeApiError {
	const response: JsonObject = {
		message: error.message,
		...(error.dsmCode === undefined ? {} : { dsmCode: error.dsmCode }),
	};
	const { httpStatus } = error;
	return new NodeApiError(node, response, {
		message: error.message,
		description: error.description,
		httpCode: HTTP_CODES[error.kind] ?? (httpStatus === undefined ? undefined : `${httpStatus}`),
		itemIndex,
	});
}

/**
 * Any error as n8n shows it: what happened, and what to do about it. Only its sentences are taken
 * over: n8n saves causes, and an HTTP client's error holds the request with its secrets.
 */
export function asNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof DsmError)
		return withSentence(fromDsmError(node, error, itemIndex), error.message);
	const message = error instanceof Error ? error.message : 'Something unexpected happened';
	const description = error instanceof TaskError ? error.description : undefined;
	return withSentence(new NodeOperationError(node, message, { description, itemIndex }), message);
}
