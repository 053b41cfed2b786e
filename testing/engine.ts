import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../credentials/SynologyHyperBackupApi.credentials';
import { HyperBackup } from '../nodes/HyperBackup/HyperBackup.node';
import { HyperBackupTrigger } from '../nodes/HyperBackup/HyperBackupTrigger.node';
import type { CredentialsHelper } from './credentialsHelper';

/**
 * All use of n8n's internals by the tests is in this file and its neighbour: an n8n upgrade touches
 * these.
 */

class Items implements INodeType {
	description = {
		displayName: 'Items',
		name: 'items',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	} as INodeType['description'];

	execute: INodeType['execute'];

	constructor(items: IDataObject[]) {
		this.execute = async () => [items.map((json) => ({ json }))];
	}
}

const TYPES: Record<string, INodeType> = {
	hyperBackup: new HyperBackup(),
	hyperBackupTrigger: new HyperBackupTrigger(),
};

function nodeTypesWith(items: IDataObject[] = []): INodeTypes {
	const types: Record<string, INodeType> = { ...TYPES, items: new Items(items) };
	return {
		getByName: (name) => types[name]!,
		getByNameAndVersion: (name) => types[name]!,
		getKnownTypes: () => ({}),
	};
}

const nodeTypes = nodeTypesWith();

const CREDENTIALS = { synologyHyperBackupApi: { id: 'credential-1', name: 'NAS' } };

function node(
	name: string,
	type: string,
	parameters: INodeParameters,
	extra: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...extra };
}

function additionalData(
	helper: CredentialsHelper,
	nodes: INode[],
	mode: WorkflowExecuteMode,
	done: (run: IRun) => void = () => {},
): IWorkflowExecuteAdditionalData {
	const hooks = new ExecutionLifecycleHooks(mode, '1', {
		id: 'w',
		name: 'w',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections: {},
		activeVersionId: null,
	} as never);
	hooks.addHandler('workflowExecuteAfter', (run) => done(run));
	return {
		credentialsHelper: helper,
		hooks,
		currentNodeExecutionIndex: 0,
		restApiUrl: '',
		instanceBaseUrl: '',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: '',
		variables: {},
		// n8n counts its executions.
		executionId: String(++executions),
		logAiEvent() {},
		setExecutionStatus() {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

let executions = 0;

export interface Ran {
	items: INodeExecutionData[];
	/** The second output, where errors go with "Continue (using error output)". */
	errorItems: INodeExecutionData[];
	error?: Error & { description?: string; httpCode?: string | null; context?: IDataObject };
	/** Everything n8n would save of the execution, as text. */
	saved: string;
}

export interface RunOptions {
	items?: IDataObject[];
	onError?: INode['onError'];
	timezone?: string;
	/** *Retry On Fail*: how often n8n executes the node at most, without a pause in between. */
	maxTries?: number;
	/** Gets what *Stop* in n8n does; a workflow's time-out does the same. */
	withStop?: (stop: () => void) => void;
}

/** Runs our action node in n8n-core's real engine, behind a node that gives `items`. */
export async function runNode(
	helper: CredentialsHelper,
	parameters: INodeParameters,
	{ items = [{}], onError, timezone = 'UTC', maxTries, withStop }: RunOptions = {},
): Promise<Ran> {
	// n8n takes 0 milliseconds for "not set".
	const retried =
		maxTries === undefined ? {} : { retryOnFail: true, maxTries, waitBetweenTries: 1 };
	const nodes = [
		node('Items', 'items', {}),
		node(
			'Hyper Backup',
			'hyperBackup',
			{ resource: 'task', ...parameters },
			{ credentials: CREDENTIALS, onError, ...retried },
		),
	];
	const workflow = new Workflow({
		id: 'w',
		name: 'w',
		nodes,
		connections: { Items: { main: [[{ node: 'Hyper Backup', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesWith(items),
		settings: { timezone },
	});
	let running: ReturnType<WorkflowExecute['run']>;
	const run = await new Promise<IRun>((resolve, reject) => {
		const execution = new WorkflowExecute(
			additionalData(helper, nodes, 'trigger', resolve),
			'trigger',
		);
		running = execution.run({ workflow, startNode: nodes[0]! });
		withStop?.(() => running.cancel());
		running.catch(reject);
	});
	// A stopped execution has its result at once; the node is still at work.
	await running!;
	const { resultData } = run.data;
	const outputs = resultData.runData['Hyper Backup']?.[0]?.data?.main ?? [];
	return {
		items: outputs[0] ?? [],
		errorItems: outputs[1] ?? [],
		error: resultData.error as Ran['error'],
		saved: JSON.stringify(run.data),
	};
}

/** A polling trigger in a workflow that is active: its context and static data live as in n8n. */
export class ActiveTrigger {
	private workflow: Workflow;

	private context: PollContext;

	/** Milliseconds that n8n gives each poll. */
	budget = 300_000;

	/** What n8n has in its database. */
	private saved: IDataObject = {};

	/** What n8n has not written there yet. */
	private waiting?: IDataObject;

	/** n8n takes its time to save what a poll left: until `saveLate`. */
	savesLate = false;

	constructor(
		private readonly helper: CredentialsHelper,
		private readonly parameters: INodeParameters = {},
		private readonly timezone = 'UTC',
		private readonly id = 'w',
	) {
		this.workflow = this.load();
		this.context = this.register('activate');
	}

	/** One poll: the items it emits, or null. Whatever it emits makes n8n save the static data. */
	async poll(): Promise<IDataObject[] | null> {
		const output = await TYPES.hyperBackupTrigger!.poll!.call(this.context);
		if (output === null) return null;
		this.save();
		return output[0]!.map(({ json }) => json);
	}

	/** n8n's HTTP helper as this trigger has it. */
	async httpRequest(options: IHttpRequestOptions): Promise<unknown> {
		return await this.context.helpers.httpRequest(options);
	}

	/** The same with the credential, as n8n wants it from community nodes. */
	async requestWithCredential(options: IHttpRequestOptions): Promise<unknown> {
		return await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			'synologyHyperBackupApi',
			options,
		);
	}

	/**
	 * n8n stops (or is killed) and starts again: only what was saved is left. `mode` as n8n passes it.
	 */
	restart(mode: WorkflowActivateMode = 'init'): void {
		this.workflow = this.load();
		this.context = this.register(mode);
	}

	/** n8n saves static data when a poll emits, and once after activation. */
	save(): void {
		if (this.savesLate) this.waiting = this.staticData;
		else this.saved = this.staticData;
	}

	saveLate(): void {
		this.saved = this.waiting ?? this.saved;
	}

	/** Somebody, or a damaged database, changes what the trigger has stored. */
	change(edit: (data: IDataObject) => void): void {
		edit(this.workflow.getStaticData('node', this.workflow.getNode('Trigger')!));
	}

	/** Another address in the credential. */
	move(baseUrl: string): void {
		Object.assign(this.helper.stored, { baseUrl, sessionToken: '' });
	}

	/** Other parameters, without the workflow having been published as new. */
	choose(parameters: INodeParameters): void {
		this.workflow.getNode('Trigger')!.parameters = parameters;
		this.context = this.register('update');
	}

	get staticData(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	private load(): Workflow {
		const trigger = node('Trigger', 'hyperBackupTrigger', this.parameters, {
			credentials: CREDENTIALS,
		});
		return new Workflow({
			id: this.id,
			name: this.id,
			nodes: [trigger],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(this.saved)) as IDataObject,
			settings: { timezone: this.timezone },
		});
	}

	private register(mode: WorkflowActivateMode): PollContext {
		const trigger = this.workflow.getNode('Trigger')!;
		return new PollContext(
			this.workflow,
			trigger,
			additionalData(this.helper, [trigger], 'trigger'),
			'trigger',
			mode,
			...([undefined, undefined, undefined, undefined, undefined] as const),
			() => this.budget,
		);
	}
}

/** "Fetch Test Event" in the editor. */
export async function testEvent(
	helper: CredentialsHelper,
	parameters: INodeParameters = {},
): Promise<Ran> {
	const nodes = [node('Trigger', 'hyperBackupTrigger', parameters, { credentials: CREDENTIALS })];
	const workflow = new Workflow({
		id: 'manual',
		name: 'manual',
		nodes,
		connections: {},
		active: false,
		nodeTypes,
	});
	const run = await new Promise<IRun>((resolve, reject) => {
		const execution = new WorkflowExecute(
			additionalData(helper, nodes, 'manual', resolve),
			'manual',
		);
		execution.run({ workflow, startNode: nodes[0]! }).catch(reject);
	});
	const { resultData } = run.data;
	return {
		items: resultData.runData.Trigger?.[0]?.data?.main?.[0] ?? [],
		errorItems: [],
		error: resultData.error as Ran['error'],
		saved: JSON.stringify(run.data),
	};
}

/** What the editor's lists are filled in. */
function listContext(helper: CredentialsHelper): LoadOptionsContext {
	const trigger = node(
		'Hyper Backup',
		'hyperBackup',
		{ resource: 'task', operation: 'run' },
		{ credentials: CREDENTIALS },
	);
	const workflow = new Workflow({
		id: 'list',
		nodes: [trigger],
		connections: {},
		active: false,
		nodeTypes,
	});
	const additional = additionalData(helper, [trigger], 'internal');
	return new LoadOptionsContext(workflow, trigger, additional, '/');
}

/** The list behind "From List" in the editor. */
export async function searchTasks(
	helper: CredentialsHelper,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { listSearch } = new HyperBackup().methods;
	return await listSearch.searchTasks.call(listContext(helper), filter);
}

/** What a field with a list of its own offers. */
export async function loadOptions(
	helper: CredentialsHelper,
	method: keyof HyperBackup['methods']['loadOptions'],
): Promise<INodePropertyOptions[]> {
	return await new HyperBackup().methods.loadOptions[method].call(listContext(helper));
}

/**
 * "Test" under the credential: what its `preAuthentication` gives, or throws, with n8n's own HTTP
 * helper.
 */
export async function testCredential(helper: CredentialsHelper): Promise<IDataObject> {
	const anyNode = node(
		'Hyper Backup',
		'hyperBackup',
		{ resource: 'task', operation: 'getAll' },
		{ credentials: CREDENTIALS },
	);
	const workflow = new Workflow({
		id: 'test',
		nodes: [anyNode],
		connections: {},
		active: false,
		nodeTypes,
	});
	const { helpers } = new LoadOptionsContext(
		workflow,
		anyNode,
		additionalData(helper, [anyNode], 'internal'),
		'/',
	);
	return await new SynologyHyperBackupApi().preAuthentication.call(
		{ helpers } as IHttpRequestHelper,
		{ ...(await helper.getDecrypted()) },
	);
}
