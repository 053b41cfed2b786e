import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import { OWN_CONNECTION, type N8nInstance } from './instance';
import { until } from './until';

/** A throw-away account of a throw-away n8n. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Backups1234',
};

export interface Execution {
	id: string;
	status: string;
	mode: string;
	finished: boolean;
}

export type RunData = Record<
	string,
	Array<{
		error?: { message: string; description?: string };
		data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
	}>
>;

export interface ExecutionDetails extends Execution {
	/** As n8n stores it. */
	stored: string;
	runData: RunData;
	error?: { message: string; description?: string };
}

type Json = Record<string, unknown>;

/** What the editor asks n8n for, without the editor. */
export class N8nRest {
	private cookie = '';

	constructor(private readonly instance: N8nInstance) {}

	async setUpOwner(): Promise<void> {
		await this.request('POST', '/rest/owner/setup', OWNER);
	}

	async login(): Promise<void> {
		await this.request('POST', '/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	async createCredential(
		name: string,
		data: Json,
		type = 'synologyHyperBackupApi',
	): Promise<string> {
		return (
			(await this.request('POST', '/rest/credentials', { name, type, data })) as { id: string }
		).id;
	}

	/** The "Test" button of a saved credential. */
	async testCredential(
		id: string,
		name: string,
		data: Json,
	): Promise<{ status: string; message: string }> {
		return (await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type: 'synologyHyperBackupApi', data },
		})) as { status: string; message: string };
	}

	async credential(id: string): Promise<Json> {
		return (await this.request('GET', `/rest/credentials/${id}?includeData=true`)) as Json;
	}

	async updateCredential(id: string, name: string, data: Json): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, {
			id,
			name,
			type: 'synologyHyperBackupApi',
			data,
		});
	}

	async createWorkflow(workflow: Json): Promise<string> {
		return (
			(await this.request('POST', '/rest/workflows', {
				settings: {},
				connections: {},
				active: false,
				...workflow,
			})) as { id: string }
		).id;
	}

	/** Runs a workflow from its manual trigger, as the button does, and waits for the end. */
	async run(workflowId: string, trigger: string): Promise<ExecutionDetails> {
		const executionId = await this.begin(workflowId, trigger);
		return await until(`execution ${executionId}`, async () => await this.ended(executionId));
	}

	/** Starts a workflow from its manual trigger and does not wait. */
	async begin(workflowId: string, trigger: string): Promise<string> {
		const workflowData = await this.request('GET', `/rest/workflows/${workflowId}`);
		return (
			(await this.request('POST', `/rest/workflows/${workflowId}/run`, {
				workflowData,
				triggerToStartFrom: { name: trigger },
			})) as { executionId: string }
		).executionId;
	}

	/** A message in the editor's chat, and the reply. n8n gives each chat an address of its own. */
	async chat(workflowId: string, trigger: string, text: string): Promise<Json> {
		const workflowData = await this.request('GET', `/rest/workflows/${workflowId}`);
		const session = randomUUID();
		await this.request('POST', `/rest/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
			chatSessionId: session,
		});
		const response = await fetch(`${this.instance.url}/webhook-test/${workflowId}/${session}`, {
			method: 'POST',
			headers: this.headers(),
			body: JSON.stringify({ action: 'sendMessage', sessionId: session, chatInput: text }),
		});
		const reply = await response.text();
		if (!response.ok) throw new Error(`The chat: HTTP ${response.status} ${reply.slice(0, 500)}`);
		return JSON.parse(reply) as Json;
	}

	/** The "Stop" button. */
	async stop(executionId: string): Promise<void> {
		await this.request('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** Active, and really so: n8n 2.38 and newer publish a little later than they respond. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = (await this.request('GET', `/rest/workflows/${workflowId}`)) as {
			versionId?: string;
		};
		if (this.instance.version.startsWith('1.')) {
			await this.request('PATCH', `/rest/workflows/${workflowId}`, { active: true, versionId });
			return;
		}
		await this.request('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		await until(`workflow ${workflowId} to be published`, async () => {
			const state = (await this.request(
				'GET',
				`/rest/workflows/${workflowId}/publication-status`,
			).catch(() => ({ status: 'published' }))) as {
				status: string;
				triggers?: Array<{ errorMessage?: string }>;
			};
			if (state.status === 'failed')
				throw new Error(`The workflow was not published: ${JSON.stringify(state.triggers)}`);
			return state.status === 'published';
		});
	}

	async deactivate(workflowId: string): Promise<void> {
		if (this.instance.version.startsWith('1.'))
			await this.request('PATCH', `/rest/workflows/${workflowId}`, { active: false });
		else await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	async executions(workflowId: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (
			(await this.request('GET', `/rest/executions?filter=${filter}&limit=100`)) as {
				results: Execution[];
			}
		).results;
	}

	async execution(id: string): Promise<ExecutionDetails> {
		const { data, ...execution } = (await this.request(
			'GET',
			`/rest/executions/${id}`,
		)) as Execution & { data: string };
		const { resultData } = parse(data) as {
			resultData: { runData: RunData; error?: ExecutionDetails['error'] };
		};
		return { ...execution, stored: data, runData: resultData.runData, error: resultData.error };
	}

	/** What the editor lists for a resource locator. */
	async listSearch(
		methodName: string,
		credentialId: string,
		filter?: string,
	): Promise<Array<{ name: string; value: string }>> {
		const answer = (await this.request(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.taskId',
				nodeTypeAndVersion: { name: 'n8n-nodes-synology-hyper-backup.hyperBackup', version: 1 },
				methodName,
				filter,
				currentNodeParameters: { resource: 'task', operation: 'run' },
				credentials: { synologyHyperBackupApi: { id: credentialId, name: 'NAS' } },
			},
		)) as { results: Array<{ name: string; value: string }> };
		return answer.results;
	}

	/** An address that is no REST call: node types, icons. */
	async raw(path: string): Promise<Response> {
		return await fetch(`${this.instance.url}${path}`, { headers: this.headers() });
	}

	private async ended(id: string): Promise<ExecutionDetails | undefined> {
		const details = await this.execution(id).catch(() => undefined);
		return details && !['new', 'running', 'waiting'].includes(details.status) ? details : undefined;
	}

	private headers(): Record<string, string> {
		// n8n binds its cookie to this header.
		return {
			...OWN_CONNECTION,
			'browser-id': 'hyper-backup',
			'content-type': 'application/json',
			...(this.cookie === '' ? {} : { cookie: this.cookie }),
		};
	}

	private async request(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.instance.url}${path}`, {
			method,
			headers: this.headers(),
			body: body === undefined ? undefined : this.instance.reachable(JSON.stringify(body)),
		});
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await response.text();
		if (!response.ok)
			throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 500)}`);
		return (JSON.parse(text) as { data: unknown }).data;
	}
}
