import {
	ICredentialsHelper,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeParameters,
} from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../credentials/SynologyHyperBackupApi.credentials';

/**
 * n8n's own handling of a credential that logs in (its CredentialsHelper lives in the app, not in
 * n8n-core): `preAuthentication` runs when the expirable field is empty, and what it returns is
 * kept - here in `stored` instead of the database.
 */
export class CredentialsHelper extends ICredentialsHelper {
	private readonly type = new SynologyHyperBackupApi();

	/** How often n8n wrote the credential. */
	writes = 0;

	/** n8n 1.x writes back every field as it was read. */
	writesAllFields = false;

	/** How often it was read from the "database". */
	reads = 0;

	constructor(public stored: ICredentialDataDecryptedObject) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await (
			this.type.authenticate as (
				data: ICredentialDataDecryptedObject,
				request: IHttpRequestOptions,
			) => Promise<IHttpRequestOptions>
		)(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const isTest = node.parameters?.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials.sessionToken !== '' && !expired && !isTest) return undefined;
		const output = await this.type.preAuthentication.call(helpers, credentials);
		if (output.sessionToken === undefined) return undefined;
		const before = this.writesAllFields ? credentials : this.stored;
		this.stored = { ...before, ...output };
		this.writes++;
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('not used: credentials are read through getDecrypted');
	}

	/** Expressions are resolved for the item that asks, as n8n does it. */
	async getDecrypted(
		...[, , , mode, executeData, , values]: Partial<Parameters<ICredentialsHelper['getDecrypted']>>
	): Promise<ICredentialDataDecryptedObject> {
		this.reads++;
		const data = { allowUnauthorizedCerts: false, sessionToken: '', ...this.stored };
		if (!values || mode === undefined || !Object.values(data).some(isExpression)) return data;
		return values.workflow.expression.getParameterValue(
			data as INodeParameters,
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			{},
			executeData,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(): [] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}
}
