import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import { DsmError, type ErrorKind } from '../dsm/errors/DsmError';

/** n8n's schedulers read these: a refused login or a missing right is nothing to try again at once. */
const HTTP_CODES: Partial<Record<ErrorKind, string>> = { loginRefused: '401', noPermission: '403' };

/**
 * Any error as n8n shows it: what happened, and what to do about it. Nothing of the original but its sentences goes along: n8n saves causes, and
 * an HTTP client's error holds the request. Message and description are always given, because n8n replaces what it makes up itself.
 */
export function asNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof TaskError) {
		return new NodeOperationError(node, error.message, {
			description: error.description,
			itemIndex,
		});
	}
	if (error instanceof DsmError) {
		const said: JsonObject = {
			message: error.message,
			...(error.dsmCode === undefined ? {} : { dsmCode: error.dsmCode }),
		};
		return new NodeApiError(node, said, {
			message: error.message,
			description: error.description,
			httpCode:
				HTTP_CODES[error.kind] ??
				(error.httpStatus === undefined ? undefined : String(error.httpStatus)),
			itemIndex,
		});
	}
	const message = error instanceof Error ? error.message : 'Something unexpected happened';
	return new NodeOperationError(node, message, { itemIndex });
}
