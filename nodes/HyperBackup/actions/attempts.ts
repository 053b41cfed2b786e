import type { IExecuteFunctions, INode } from 'n8n-workflow';
import type { CheckBefore } from '../hyperBackup/integrity/checkReport';
import type { Output } from './FileItem';
import type { Reading } from './waiting/Reading';

/** What earlier attempts of this execution did for one item. */
export interface Attempt {
	/** The item's output, or the error that reports how its run ended: given again as it is. */
	settled?: Output[] | Error;
	/** A start was accepted, or may have been: the task as it was before. */
	startedFrom?: Reading;
	/** The same for an integrity check. */
	checkedFrom?: CheckBefore;
	/** The NAS has accepted the start. */
	accepted?: boolean;
	/** The response to an action was lost. */
	responseLost?: boolean;
}

const attempts = new WeakMap<object, Map<number, Attempt>>();

/**
 * *Retry On Fail* executes the node again for all of its items, without a word about it. But n8n
 * hands the very same execute data to every attempt, and to no other execution of the node.
 * `node`: one that has this setting.
 */
export function attemptOf(context: IExecuteFunctions, node: INode, item: number): Attempt {
	const data = context.getExecuteData();
	// As a tool, the node is handed the agent's data, which is the same for every call of the tool.
	if (data.node.id !== node.id) return {};
	const items = attempts.get(data) ?? new Map<number, Attempt>();
	attempts.set(data, items);
	const attempt = items.get(item) ?? {};
	items.set(item, attempt);
	return attempt;
}
