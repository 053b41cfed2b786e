import type { ICredentialsDecrypted } from 'n8n-workflow';
import { CREDENTIAL_TYPE, type CredentialData, type DsmContext } from '../DsmContext';
import { parseConnectionOptions } from './ConnectionOptions';
import { handOver, KEEP_ONLY, takeHandedOver } from './sessionHandover';

/**
 * The credential in n8n's database, while it is in use here: what others have kept in it, and what
 * is to be kept.
 */
export class StoredCredential {
	/**
	 * `fingerprint`: of the credential as it was when it was read. Where it has become another one,
	 * nothing is read from it or kept in it.
	 */
	constructor(
		private readonly context: DsmContext,
		private readonly fingerprint: string,
		private readonly itemIndex?: number,
	) {}

	/** As it is by now; undefined if it has become another. */
	private async current(): Promise<CredentialData | undefined> {
		const data = await this.context.getCredentials<CredentialData>(CREDENTIAL_TYPE, this.itemIndex);
		const { fingerprint } = parseConnectionOptions(data);
		return fingerprint === this.fingerprint ? data : undefined;
	}

	async read(): Promise<string | undefined> {
		return (await this.current())?.sessionToken;
	}

	/**
	 * Some n8n versions write back the whole credential with the session, so it is read anew: a field
	 * that a user has just changed stays changed. False if n8n did not keep it.
	 */
	async keep(state: string): Promise<boolean> {
		const fresh = await this.current().catch(() => undefined);
		if (!fresh) return false;
		const data = { ...fresh, sessionToken: '' };
		handOver(data, state);
		const decrypted: ICredentialsDecrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data };
		await this.context.helpers.httpRequestWithAuthentication
			.call(this.context, CREDENTIAL_TYPE, { url: KEEP_ONLY }, { credentialsDecrypted: decrypted })
			// `authenticate` ends this request: n8n has kept the session by then.
			.catch(() => undefined);
		return takeHandedOver(data) === undefined;
	}
}
