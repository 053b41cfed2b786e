import type { ICredentialsDecrypted, IHttpRequestOptions } from 'n8n-workflow';
import type { Call } from './Call';
import { describeConnection, type Connection } from './connection';
import {
	CREDENTIAL_TYPE,
	executionStopped,
	type CredentialData,
	type DsmContext,
} from './DsmContext';
import { authenticateRequest, ownCredentials } from './session/authenticate';
import { callRefused } from './errors/DsmError';
import { missingApi } from './errors/missingApi';
import { discover, offered, type ApiEntry, type ApiList } from './discovery';
import { FileDownload, requestFile, type Content, type DownloadLimits } from './http/download';
import { encodeParameters, httpRequest, type Envelope, type Send } from './http/httpRequest';
import { oneAtATime } from './oneAtATime';
import { parseConnectionOptions, type ConnectionOptions } from './session/ConnectionOptions';
import type { NasFacts } from './session/keptState';
import type { Session } from './session/Session';
import { SessionManager, type Access } from './session/SessionManager';
import { StoredCredential } from './session/storedCredential';

export type { Call, Connection, DsmContext };

export interface ConnectSettings {
	/** Milliseconds for one request. */
	timeout?: number;
	/** Milliseconds since 1970: nothing is sent or waited for after it. */
	deadline?: number;
	/** The item whose values an expression in the credential resolves to. */
	itemIndex?: number;
}

type Refused = Extract<Envelope, { success: false }>;

/** Milliseconds. */
const LEAST_SKEW = 60_000;

/**
 * Calls DSM's web API with one credential: one login however many call, one renewal and one
 * repetition after a dead session.
 */
export class DsmClient {
	/**
	 * The credential as n8n's helper gets it: the same object for every request, so that n8n need not
	 * read it from its database each time.
	 */
	private readonly decrypted: ICredentialsDecrypted;

	/** The NAS's address, without anything secret. */
	readonly address: string;

	/** The same for clients of the same credential content. */
	readonly identity: string;

	/** Nothing may be changed with this credential. */
	readonly isReadOnly: boolean;

	/** What is known of this NAS, whichever session is open. */
	readonly facts: Readonly<NasFacts>;

	private readonly manager: SessionManager;

	/** Aborts when n8n ends the execution (Stop, or the workflow's time-out); polls have none. */
	private readonly stop?: AbortSignal;

	private lastSkew?: number;

	private readonly access: Access;

	private constructor(
		private readonly context: DsmContext,
		data: CredentialData,
		private readonly options: ConnectionOptions,
		itemIndex: number | undefined,
	) {
		this.address = options.baseUrl;
		this.isReadOnly = options.readOnly;
		this.identity = `${options.fingerprint} ${options.readOnly}`;
		this.manager = SessionManager.of(options, data.sessionToken);
		this.facts = this.manager.facts;
		this.stop =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		// Not empty: n8n would ask for a login. Which session is sent is the session manager's to say.
		const sent = { ...data, sessionToken: data.sessionToken || 'kept by this process' };
		ownCredentials.set(sent, { options, manager: this.manager });
		this.decrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data: sent };
		this.access = {
			options,
			send: this.plain,
			token: data.sessionToken,
			stored: () => new StoredCredential(context, options.fingerprint, itemIndex),
		};
	}

	static async connect(
		context: DsmContext,
		{ timeout, deadline, itemIndex }: ConnectSettings = {},
	): Promise<DsmClient> {
		const data = await context.getCredentials<CredentialData>(CREDENTIAL_TYPE, itemIndex);
		const options = parseConnectionOptions(data, timeout, deadline);
		return new DsmClient(context, data, options, itemIndex);
	}

	/** Adds to the facts. n8n keeps them with the session. */
	learn(facts: Partial<NasFacts>): void {
		this.manager.learn(facts);
	}

	/** The session in use, opened if there is none. */
	async session(): Promise<Session> {
		return await this.manager.current(this.access);
	}

	/** Which of these APIs the NAS offers now, whatever was found when the session was opened. */
	async offered(names: string[]): Promise<ApiList> {
		return await offered(this.plain, this.options, names);
	}

	/** How this credential reaches the NAS, without address, account or anything secret. */
	async connection(): Promise<Connection> {
		return describeConnection(this.options, await this.session());
	}

	/**
	 * Milliseconds by which n8n's clock is ahead of the NAS's, by the `Date` header of the last
	 * response; 0 where it shows none, or less than the header's seconds and the way can make up.
	 */
	get skew(): number {
		const skew = this.lastSkew ?? 0;
		return Math.abs(skew) < LEAST_SKEW ? 0 : skew;
	}

	/**
	 * `data` of the response. A refusal, or anything that is no response, is thrown as a DsmError.
	 */
	async call(call: Call): Promise<unknown> {
		const session = await this.manager.current(this.access);
		const envelope = await this.send(session, call);
		if (envelope.success) return envelope.data;
		return await this.recover(call, session, envelope, async (open) => await this.send(open, call));
	}

	/**
	 * A file instead of a response: its bytes go to `take` as they come. One download at a time for
	 * each NAS within this process, as DSM's own pages do it.
	 */
	async download<T>(
		call: Call,
		limits: Omit<DownloadLimits, 'stop'>,
		take: (content: Content) => Promise<T>,
	): Promise<T> {
		return await oneAtATime(this.address, async () => {
			if (this.stop?.aborted) throw executionStopped();
			const session = await this.manager.current(this.access);
			const send = async (): Promise<Envelope> => {
				const reply = await this.sendForFile(call, limits);
				return reply instanceof FileDownload ? { success: true, data: reply } : reply;
			};
			const envelope = await send();
			const file = envelope.success
				? envelope.data
				: await this.recover(call, session, envelope, send);
			return await (file as FileDownload).deliver(take);
		});
	}

	/**
	 * What a refusal leaves to be done: the same in a new session after a dead one, or with the NAS's
	 * APIs read anew. Otherwise the refusal is thrown.
	 */
	private async recover(
		call: Call,
		session: Session,
		{ code, details }: Refused,
		send: (session: Session) => Promise<Envelope>,
	): Promise<unknown> {
		const error = callRefused(call.api, code, details);
		if (error.kind === 'sessionInvalid') return await this.callAnew(session, call, send);
		if (error.kind !== 'apiMissing') throw error;
		await this.rediscover(call.api);
		return this.dataOf(call, await send(session));
	}

	/** The call once more, in the session that takes the place of the dead one. */
	private async callAnew(
		dead: Session,
		call: Call,
		send: (session: Session) => Promise<Envelope>,
	): Promise<unknown> {
		const envelope = await send(await this.manager.renew(this.access, dead));
		const error = envelope.success
			? undefined
			: callRefused(call.api, envelope.code, envelope.details);
		if (error?.kind === 'sessionInvalid') throw this.manager.noteUseless(error);
		this.manager.noteUseful();
		return this.dataOf(call, envelope);
	}

	private dataOf(call: Call, envelope: Envelope): unknown {
		if (envelope.success) return envelope.data;
		throw callRefused(call.api, envelope.code, envelope.details);
	}

	/**
	 * Packages come and go while a session lives, so "not offered" is asked anew before it is
	 * believed.
	 */
	private async rediscover(api: string): Promise<ApiEntry> {
		const known = Object.keys(this.facts.apis ?? {});
		this.manager.learn({ apis: await discover(this.plain, this.options, [...known, api]) });
		const { apis = {} } = this.facts;
		const entry = apis[api];
		if (entry) return entry;
		throw missingApi(api, Object.keys(apis));
	}

	/** Where the call goes, and its parameters as they are sent, without the session. */
	private async prepare(call: Call): Promise<{ url: string; parameters: Record<string, string> }> {
		const entry = this.manager.facts.apis?.[call.api] ?? (await this.rediscover(call.api));
		if (call.version < entry.minVersion || call.version > entry.maxVersion)
			throw callRefused(call.api, 104);
		return {
			url: `${this.options.baseUrl}/webapi/${entry.path}`,
			parameters: {
				api: call.api,
				version: String(call.version),
				method: call.method,
				...encodeParameters(call.parameters ?? {}, entry.json && call.raw !== true),
			},
		};
	}

	/** A GET, as the clients in use send it: cookie and header carry the session, never the URL. */
	private async sendForFile(
		call: Call,
		limits: Omit<DownloadLimits, 'stop'>,
	): Promise<FileDownload | Envelope> {
		const { url, parameters } = await this.prepare(call);
		const send: Send = async (request) =>
			// n8n's helper for credentials would put another signal in the place of the idle limit's.
			await this.plain(await authenticateRequest(this.decrypted.data!, request));
		return await requestFile(
			send,
			this.options,
			{ method: 'GET', url, qs: parameters },
			{ ...limits, stop: this.stop },
		);
	}

	private async send(session: Session, call: Call): Promise<Envelope> {
		const { url, parameters } = await this.prepare(call);
		parameters._sid = session.sid;
		const request: IHttpRequestOptions =
			call.http === 'GET'
				? { method: 'GET', url, qs: parameters }
				: { method: 'POST', url, body: new URLSearchParams(parameters) };
		const { timeout = this.options.timeout } = call;
		const options = timeout === this.options.timeout ? this.options : { ...this.options, timeout };
		const reads = call.reads === true;
		if (this.stop?.aborted && !reads && call.afterStop !== true) throw executionStopped();
		const envelope = await httpRequest(this.withSession, options, request, reads, call.last);
		this.lastSkew = envelope.at === undefined ? undefined : Date.now() - envelope.at;
		return envelope;
	}

	/** n8n's helper without the session: for what comes before it, and ends it. */
	private readonly plain: Send = async (options) => await this.context.helpers.httpRequest(options);

	/**
	 * Once the execution is stopped, n8n drops every request that is tied to it at once. So what may
	 * still be sent (reads, a cancel) takes the plain helper.
	 */
	private readonly withSession: Send = async (request) => {
		const { context, decrypted } = this;
		if (this.stop?.aborted)
			return await this.plain(await authenticateRequest(decrypted.data!, request));
		return await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_TYPE,
			request,
			{ credentialsDecrypted: decrypted },
		);
	};
}
