import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import type * as Credential from '../../credentials/SynologyHyperBackupApi.credentials';
import type * as Client from '../../nodes/HyperBackup/dsm/DsmClient';
import type * as Manager from '../../nodes/HyperBackup/dsm/session/SessionManager';
import type { Nas } from '../../simulator';
import { whenPausing } from './pauses';

interface Modules {
	client: typeof Client;
	manager: typeof Manager;
	type: typeof Credential;
}

/** A clock that moves on only when everything waits for it. */
export class Time {
	now: number;

	private waiting: Array<{ at: number; wake: () => void }> = [];

	constructor(start: number) {
		this.now = start;
		jest.spyOn(Date, 'now').mockImplementation(() => Math.round(this.now));
		whenPausing(async (milliseconds) => await this.pass(milliseconds));
	}

	async pass(milliseconds: number): Promise<void> {
		const at = this.now + milliseconds;
		await new Promise<void>((wake) => this.waiting.push({ at, wake }));
	}

	/** Lets everything happen until this time. */
	async runUntil(end: number): Promise<void> {
		for (;;) {
			for (let turn = 0; turn < 5; turn++) await new Promise((done) => setImmediate(done));
			const [next] = this.waiting.sort((one, other) => one.at - other.at);
			if (!next || next.at > end) break;
			this.waiting.shift();
			this.now = Math.max(this.now, next.at);
			next.wake();
		}
		this.now = end;
	}
}

/** n8n's database, as far as our credential is in it. Reads and writes take their time. */
export class Database {
	constructor(
		public credential: IDataObject,
		private readonly time: Time,
		private readonly latency: () => number,
	) {}

	async read(): Promise<IDataObject> {
		await this.time.pass(this.latency());
		return { sessionToken: '', ...this.credential };
	}

	async write(fields: IDataObject): Promise<void> {
		await this.time.pass(this.latency());
		this.credential = { ...this.credential, ...fields };
	}
}

function loadModules(): Modules {
	let modules!: Modules;
	jest.isolateModules(() => {
		modules = {
			client: jest.requireActual('../../nodes/HyperBackup/dsm/DsmClient'),
			manager: jest.requireActual('../../nodes/HyperBackup/dsm/session/SessionManager'),
			type: jest.requireActual('../../credentials/SynologyHyperBackupApi.credentials'),
		};
	});
	return modules;
}

/** One process of n8n with the package loaded, doing with the credential what n8n does. */
export class N8nProcess {
	private readonly modules = loadModules();

	constructor(
		private readonly nas: Nas,
		private readonly database: Database,
		private readonly time: Time,
	) {}

	/**
	 * Ended and started again: what it knew is gone. What it had begun continues, as its request
	 * is on the way.
	 */
	restart(): void {
		this.modules.manager.forgetSessions();
	}

	/** One operation of our node. */
	async node(): Promise<unknown> {
		const context = {
			getCredentials: async () => await this.database.read(),
			helpers: {
				httpRequest: this.request,
				httpRequestWithAuthentication: async (
					_type: string,
					request: IHttpRequestOptions,
					{ credentialsDecrypted: { data } }: { credentialsDecrypted: { data: IDataObject } },
				) => {
					if (data.sessionToken === '') await this.preAuthenticate(data);
					return await this.authenticatedRequest(data, request);
				},
			},
		} as unknown as IPollFunctions;
		const client = await this.modules.client.DsmClient.connect(context);
		const call = { api: 'SYNO.Backup.Task', version: 1, method: 'list', reads: true };
		return await client.call(call);
	}

	/** One request of n8n's HTTP Request node: n8n-core's requestWithAuthentication in short. */
	async httpRequestNode(): Promise<unknown> {
		const data = await this.database.read();
		const request = {
			method: 'POST' as const,
			url: `${String(data.baseUrl)}/webapi/entry.cgi`,
			body: new URLSearchParams({ api: 'SYNO.Backup.Task', version: '1', method: 'list' }),
		};
		try {
			if (data.sessionToken === '') await this.preAuthenticate(data);
			return await this.authenticatedRequest(data, request);
		} catch (error) {
			if (!(await this.preAuthenticate(data))) throw error;
			return await this.authenticatedRequest(data, request);
		}
	}

	private async preAuthenticate(data: IDataObject): Promise<boolean> {
		const type = new this.modules.type.SynologyHyperBackupApi();
		const helper = { helpers: { httpRequest: this.request } };
		const output = await type.preAuthentication.call(helper as never, data as never);
		if (output.sessionToken === undefined) return false;
		await this.database.write(output);
		Object.assign(data, output);
		return true;
	}

	private async authenticatedRequest(
		data: IDataObject,
		request: IHttpRequestOptions,
	): Promise<unknown> {
		const { authenticate } = new this.modules.type.SynologyHyperBackupApi();
		const run = authenticate as unknown as (
			credential: IDataObject,
			options: IHttpRequestOptions,
		) => Promise<IHttpRequestOptions>;
		return await this.request(await run(data, request));
	}

	private readonly request = async (options: IHttpRequestOptions): Promise<unknown> => {
		await this.time.pass(20 + Math.random() * 200);
		const url = new URL(options.url);
		for (const [name, value] of Object.entries(options.qs ?? {}))
			url.searchParams.set(name, String(value));
		const headers = Object.entries((options.headers ?? {}) as Record<string, string>);
		const { status, text } = this.nas.respond({
			method: options.method ?? 'GET',
			url,
			headers: {
				...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: String(options.body ?? ''),
			remote: '127.0.0.1',
		});
		const date = new Date(this.time.now).toUTCString();
		return { statusCode: status, headers: { date }, body: text };
	};
}
