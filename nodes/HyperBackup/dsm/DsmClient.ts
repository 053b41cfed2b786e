import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { authenticateRequest } from './session/authenticate';
import { callRefused, DsmError } from './errors/DsmError';
import { discover, offered, type ApiEntry, type ApiList } from './discovery';
import { encodeParameters, type Parameters } from './http/encodeParameters';
import { httpRequest, type Envelope, type Send } from './http/httpRequest';
import { handOver } from './session/sessionHandover';
import {
	adopt,
	currentSession,
	forget,
	login,
	noteUseful,
	noteUseless,
	refuseIfUseless,
} from './session/login';
import { logOut } from './session/openSession';
import { retry } from './http/retry';
import { parseConnectionOptions, type ConnectionOptions } from './session/ConnectionOptions';
import { guardReadOnly } from './session/readOnlyGuard';
import {
	fingerprint,
	serializeSession,
	storedSession,
	type DsmCredentials,
	type Session,
} from './session/Session';

export const CREDENTIAL_TYPE = 'synologyHyperBackupApi';
const dialects = new Map<string, string>();

export const DEFAULT_TIMEOUT = 30_000;

/** The n8n contexts a NAS is called from. */
export type DsmContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

export interface Call {
	api: string;
	/** Pinned by the caller: the highest version DSM advertises is not usable (`SYNO.Backup.Task` 2 has no method). */
	version: number;
	method: string;
	parameters?: Parameters;
	/** Changes nothing on the NAS, so it may be sent again when the connection fails. */
	reads?: boolean;
	/** The documented dialect reads with GET; DSM's own pages POST everything. */
	http?: 'GET' | 'POST';
	/** Send strings unquoted even where discovery says JSON. */
	raw?: boolean;
}

export interface Connection {
	protocol: 'https' | 'http';
	certificate: 'none' | 'not_verified' | 'verified' | 'verified_with_ca_certificate';
	second_factor: 'none' | 'secret' | 'trusted_device';
	/** DSM gave a token against forged requests with the session. */
	syno_token: boolean;
	read_only: boolean;
}

/** Calls DSM's web API with one credential: one login however many ask, one new login and one repetition after a dead session. */
export class DsmClient {
	/** The credential as n8n's helper gets it: the same object for every request, so that n8n need not read it from its database each time. */
	private readonly data: ICredentialDataDecryptedObject;

	private constructor(
		private readonly context: DsmContext,
		private readonly credentials: DsmCredentials,
		private readonly reach: ConnectionOptions,
	) {
		this.data = { ...credentials } as unknown as ICredentialDataDecryptedObject;
	}

	/** `timeout` in milliseconds for one request. */
	static async connect(
		context: DsmContext,
		timeout = DEFAULT_TIMEOUT,
		itemIndex?: number,
	): Promise<DsmClient> {
		const credentials = await context.getCredentials<
			ICredentialDataDecryptedObject & DsmCredentials
		>(CREDENTIAL_TYPE, itemIndex);
		return new DsmClient(context, credentials, parseConnectionOptions(credentials, timeout));
	}

	/** The NAS's address, without anything secret. */
	get address(): string {
		return this.reach.baseUrl;
	}

	/** The same for the same credential content. Never leaves the process. */
	get identity(): string {
		const { sessionToken: _session, ...content } = this.credentials;
		return JSON.stringify(content);
	}

	/** Nothing may be changed with this credential. */
	get isReadOnly(): boolean {
		return this.credentials.readOnly === true;
	}

	/** Which of several ways of speaking the NAS understands; its meaning belongs to the caller. */
	get dialect(): string | undefined {
		return dialects.get(fingerprint(this.credentials)) ?? storedSession(this.credentials)?.dialect;
	}

	set dialect(name: string) {
		dialects.set(fingerprint(this.credentials), name);
		const session = currentSession(this.credentials);
		if (session) session.dialect = name;
	}

	/** The session in use, opened if there is none. */
	async session(): Promise<Session> {
		return (await this.known()) ?? (await login(this.plain, this.reach, this.credentials));
	}

	/** Which of these APIs the NAS offers now, whatever was found when the session was opened. */
	async offered(names: string[]): Promise<ApiList> {
		return await offered(this.plain, this.reach, names);
	}

	/** How this credential reaches the NAS, without address, account or anything secret. */
	async connection(): Promise<Connection> {
		const { baseUrl, allowUnauthorizedCerts, caCertificate } = this.reach;
		const { otpSecret, deviceId } = this.credentials;
		return {
			protocol: baseUrl.startsWith('https:') ? 'https' : 'http',
			certificate: !baseUrl.startsWith('https:')
				? 'none'
				: allowUnauthorizedCerts
					? 'not_verified'
					: caCertificate === undefined
						? 'verified'
						: 'verified_with_ca_certificate',
			second_factor: otpSecret ? 'secret' : deviceId ? 'trusted_device' : 'none',
			syno_token: (await this.session()).synoToken !== '',
			read_only: this.isReadOnly,
		};
	}

	/** `data` of the answer. A refusal, or anything that is no answer, is thrown as a DsmError. */
	async call(call: Call): Promise<unknown> {
		const session = await this.session();
		const envelope = await this.send(session, call);
		if (envelope.success) return envelope.data;
		const error = callRefused(call.api, envelope.code, envelope.details);
		if (error.kind === 'sessionInvalid') return await this.callAnew(session, call);
		if (error.kind !== 'apiMissing') throw error;
		await this.rediscover(session, call.api);
		return this.dataOf(call, await this.send(session, call));
	}

	/** The call once more, in the session that takes the place of the dead one. */
	private async callAnew(dead: Session, call: Call): Promise<unknown> {
		const session = await this.replace(dead);
		const envelope = await this.send(session, call);
		const error = envelope.success
			? undefined
			: callRefused(call.api, envelope.code, envelope.details);
		if (error?.kind === 'sessionInvalid') throw noteUseless(session, error);
		noteUseful(session);
		return this.dataOf(call, envelope);
	}

	private dataOf(call: Call, envelope: Envelope): unknown {
		if (envelope.success) return envelope.data;
		throw callRefused(call.api, envelope.code, envelope.details);
	}

	/** Of the session this process holds and the one n8n keeps in the credential, the later one; the other is logged out. */
	private async known(): Promise<Session | undefined> {
		const held = currentSession(this.credentials);
		const stored = storedSession(this.credentials);
		if (!stored || (held && held.openedAt >= stored.openedAt)) return held;
		await this.takeOver(stored);
		return stored;
	}

	private async takeOver(stored: Session): Promise<void> {
		const before = adopt(stored);
		if (before) await logOut(this.plain, this.reach, before);
	}

	/** n8n's helper without the session: for what comes before it, and ends it. */
	private readonly plain: Send = async (options) => await this.context.helpers.httpRequest(options);

	/** After DSM refused `dead`: another execution or process may have a new one already; otherwise one login. */
	private async replace(dead: Session): Promise<Session> {
		const held = (): Session | undefined => {
			const session = currentSession(this.credentials);
			return session?.sid === dead.sid ? undefined : session;
		};
		const meanwhile = held();
		if (meanwhile) return meanwhile;
		// Another process may have logged in since this execution read the credential.
		const fresh = await this.context.getCredentials<
			ICredentialDataDecryptedObject & DsmCredentials
		>(CREDENTIAL_TYPE);
		const since = held();
		if (since) return since;
		const stored = storedSession({ ...this.credentials, sessionToken: fresh.sessionToken });
		if (stored && stored.sid !== dead.sid && stored.openedAt >= dead.openedAt) {
			adopt(stored);
			return stored;
		}
		refuseIfUseless(dead);
		forget(dead);
		return await login(this.plain, this.reach, this.credentials, { replaces: dead });
	}

	/** Packages come and go while a session lives, so "not offered" is asked anew before it is believed. */
	private async rediscover(session: Session, api: string): Promise<ApiEntry> {
		session.apis = await discover(this.plain, this.reach);
		return this.entry(session, api);
	}

	private entry(session: Session, api: string): ApiEntry {
		const entry = session.apis[api];
		if (entry) return entry;
		if (!/^SYNO\.Backup\./.test(api)) throw callRefused(api, 102);
		throw new DsmError({
			kind: 'apiMissing',
			dsmCode: 102,
			message: 'Hyper Backup is not installed on this NAS, or it is stopped',
			description: 'Install or start it in Package Center on the NAS.',
		});
	}

	private async send(session: Session, call: Call): Promise<Envelope> {
		const entry = session.apis[call.api] ?? (await this.rediscover(session, call.api));
		if (call.version < entry.minVersion || call.version > entry.maxVersion)
			throw callRefused(call.api, 104);
		const parameters = {
			api: call.api,
			version: String(call.version),
			method: call.method,
			...encodeParameters(call.parameters ?? {}, entry.json && call.raw !== true),
			_sid: session.sid,
		};
		const url = `${this.reach.baseUrl}/webapi/${entry.path}`;
		const options: IHttpRequestOptions =
			call.http === 'GET'
				? { method: 'GET', url, qs: parameters }
				: { method: 'POST', url, body: new URLSearchParams(parameters) };
		this.keep(session);
		const decrypted = { data: this.data } as unknown as ICredentialsDecrypted;
		const attempt = async (reach: ConnectionOptions): Promise<Envelope> =>
			await httpRequest(
				async (prepared) => await this.authenticated(prepared, decrypted),
				reach,
				options,
			);
		return call.reads === true ? await retry(this.reach, attempt) : await attempt(this.reach);
	}

	/** n8n ties such a request to the execution, and drops it at once where that was stopped: what is sent after a stop (a cancel) takes the plain helper. */
	private async authenticated(
		request: IHttpRequestOptions,
		decrypted: ICredentialsDecrypted,
	): Promise<unknown> {
		// Here too, and not only where n8n adds the session: n8n would make an error of its own out of it.
		guardReadOnly(this.credentials, request);
		const stopped =
			'getExecutionCancelSignal' in this.context &&
			this.context.getExecutionCancelSignal()?.aborted === true;
		if (stopped)
			return await this.context.helpers.httpRequest(
				authenticateRequest(
					{ ...this.data, sessionToken: this.credentials.sessionToken ?? '' },
					request,
				),
			);
		return await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			CREDENTIAL_TYPE,
			request,
			{ credentialsDecrypted: decrypted },
		);
	}

	/** Puts the session into the credential data of the next request; one that n8n does not keep yet goes through `preAuthentication` once. */
	private keep(session: Session): void {
		const stored = storedSession(this.credentials);
		const kept = stored?.sid === session.sid && stored.dialect === session.dialect;
		this.credentials.sessionToken = serializeSession(session);
		if (kept) {
			this.data.sessionToken = this.credentials.sessionToken;
		} else {
			this.data.sessionToken = '';
			handOver(this.data, session);
		}
	}
}
