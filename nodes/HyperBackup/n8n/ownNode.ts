import type { INode, IPollFunctions } from 'n8n-workflow';

const nodes = new WeakMap<IPollFunctions, INode>();

/**
 * The trigger's node as it was registered, for what stays the same until it is registered anew. n8n
 * copies the whole node for whoever asks.
 */
export function ownNode(context: IPollFunctions): INode {
	let node = nodes.get(context);
	if (!node) {
		node = context.getNode();
		nodes.set(context, node);
	}
	return node;
}
