import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/**
 * The least that a node with a credential can do: it has n8n read the credential, sends one request
 * through n8n's helper, and gives the response on. It checks nothing, logs in nowhere and repeats
 * nothing. Session and address stand in its parameters; without an address it sends nothing.
 */
export class LeastNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Least Node',
		name: 'leastNode',
		group: ['transform'],
		version: 1,
		description: 'Reads the credential and sends one request',
		defaults: { name: 'Least Node' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'synologyHyperBackupApi', required: true }],
		properties: ['url', 'form', 'headers'].map((name) => ({
			displayName: name,
			name,
			type: name === 'url' ? 'string' : 'json',
			default: '',
		})),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await this.getCredentials('synologyHyperBackupApi', 0);
		const url = this.getNodeParameter('url', 0) as string;
		if (url === '') return [[{ json: {}, pairedItem: { item: 0 } }]];
		const read = (name: string): Record<string, string> =>
			JSON.parse(this.getNodeParameter(name, 0) as string) as Record<string, string>;
		const json = (await this.helpers.httpRequest({
			method: 'POST',
			url,
			headers: read('headers'),
			body: new URLSearchParams(read('form')),
			json: true,
		})) as IDataObject;
		return [[{ json, pairedItem: { item: 0 } }]];
	}
}
