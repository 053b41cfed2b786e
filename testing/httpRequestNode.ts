import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	Workflow,
	createEmptyRunExecutionData,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type IRequestOptions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../credentials/SynologyHyperBackupApi.credentials';
import type { CredentialsHelper } from './credentialsHelper';

/**
 * What n8n itself does with the credential, without our nodes: its HTTP Request node, and the
 * button "Test".
 */

const TYPE = 'synologyHyperBackupApi';

function additionalData(credentialsHelper: CredentialsHelper): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		hooks: { runHook: async () => undefined },
		currentNodeExecutionIndex: 0,
	} as unknown as IWorkflowExecuteAdditionalData;
}

function contextOf(
	helper: CredentialsHelper,
	type: string,
	nodeType: INodeType,
	parameters: INodeParameters,
): ExecuteContext {
	const node: INode = {
		id: 'node',
		name: 'Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [TYPE]: { id: 'credential-1', name: 'NAS' } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const input = [{ json: {} }];
	return new ExecuteContext(
		workflow,
		workflow.getNode('Node')!,
		additionalData(helper),
		'internal',
		createEmptyRunExecutionData(),
		0,
		input,
		{ main: [input] },
		{ node, data: {}, source: null },
		[],
	);
}

function nodeTypeWith(properties: INodeType['description']['properties']): INodeType {
	const description = {
		displayName: 'Node',
		name: 'node',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: TYPE, required: true }],
		properties,
	};
	return { description } as unknown as INodeType;
}

/**
 * One request of n8n's HTTP Request node with our credential, in the older form that this node
 * still uses.
 */
export async function httpRequestNode(
	helper: CredentialsHelper,
	request: IRequestOptions,
): Promise<unknown> {
	const context = contextOf(helper, 'n8n-nodes-base.httpRequest', nodeTypeWith([]), {});
	return await context.helpers.requestWithAuthentication.call(context, TYPE, request);
}

/**
 * The button "Test": the message n8n shows, or "OK". As n8n's CredentialsTester does it, with
 * n8n-core's own RoutingNode.
 */
export async function testButton(helper: CredentialsHelper): Promise<string> {
	const { request } = new SynologyHyperBackupApi().test;
	const nodeType = nodeTypeWith([
		{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
	]);
	const data = await helper.getDecrypted();
	const context = contextOf(helper, 'n8n-nodes-base.noOp', nodeType, { temp: '' });
	const decrypted = { id: 'credential-1', name: 'NAS', type: TYPE, data };
	try {
		await new RoutingNode(context, nodeType, decrypted).runNode();
		return 'OK';
	} catch (error) {
		return (error as Error).message;
	}
}

export type Stored = ICredentialDataDecryptedObject;
