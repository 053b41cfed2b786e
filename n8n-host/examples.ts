import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Node {
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string; name: string }>;
}

/** An example workflow as a user would make it his own: with a credential, an address to send to, and - so as not to wait - a shorter wait. */
export function exampleWorkflow(root: string, file: string, { credentialId, sendTo, waitSeconds }: { credentialId: string; sendTo: string; waitSeconds?: number }): Record<string, unknown> & { name: string } {
	const workflow = JSON.parse(readFileSync(join(root, 'examples', file), 'utf8')) as { name: string; nodes: Node[] };
	for (const node of workflow.nodes) {
		if (node.credentials?.synologyHyperBackupApi) node.credentials.synologyHyperBackupApi = { id: credentialId, name: 'NAS' };
		if (node.type === 'n8n-nodes-base.httpRequest') node.parameters.url = sendTo;
		if (node.type === 'n8n-nodes-base.wait' && waitSeconds !== undefined) node.parameters.amount = waitSeconds;
	}
	return workflow as unknown as Record<string, unknown> & { name: string };
}
