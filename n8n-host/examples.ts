import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ACCOUNT } from '../simulator';

interface Node {
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string; name: string }>;
}

/** Of an address that is made by an expression only the origin is another one. */
const addressOf = (url: string, sendTo: string): string =>
	url.startsWith('=') ? url.replace(/https:\/\/[^/]+/, sendTo) : sendTo;

/**
 * An example workflow as a user would make it his own: with his credentials and an address to send
 * to.
 */
export function exampleWorkflow(
	root: string,
	file: string,
	{
		credentialId,
		sendTo,
		smtpId,
		modelId,
	}: { credentialId: string; sendTo: string; smtpId?: string; modelId?: string },
): Record<string, unknown> & { name: string } {
	const workflow = JSON.parse(readFileSync(join(root, 'examples', file), 'utf8')) as {
		name: string;
		nodes: Node[];
	};
	for (const node of workflow.nodes) {
		if (node.credentials?.synologyHyperBackupApi)
			node.credentials.synologyHyperBackupApi = { id: credentialId, name: 'NAS' };
		else if (node.type === 'n8n-nodes-base.httpRequest')
			node.parameters.url = addressOf(String(node.parameters.url), sendTo);
		if (node.credentials?.openAiApi) node.credentials.openAiApi = { id: modelId, name: 'Model' };
		if (node.credentials?.smtp) node.credentials.smtp = { id: smtpId, name: 'SMTP' };
	}
	return workflow as unknown as Record<string, unknown> & { name: string };
}

/** What a user enters to reach a simulated NAS. */
export const credentialData = (nas: { url: string }, more: Record<string, unknown> = {}) => ({
	baseUrl: nas.url,
	username: DEFAULT_ACCOUNT.name,
	password: DEFAULT_ACCOUNT.password,
	allowUnauthorizedCerts: false,
	...more,
});
