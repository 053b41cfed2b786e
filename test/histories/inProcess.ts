import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import { HyperBackupTrigger } from '../../nodes/HyperBackup/HyperBackupTrigger.node';
import { authenticateRequest } from '../../nodes/HyperBackup/dsm/session/authenticate';
import { takeHandedOver } from '../../nodes/HyperBackup/dsm/session/sessionHandover';
import { DEFAULT_ACCOUNT, type Nas } from '../../simulator';

const trigger = new HyperBackupTrigger();

/** n8n's HTTP helper without sockets: tens of thousands of lives have no time for those. The engine tests go over HTTP. */
function send(
	nas: Nas,
	options: IHttpRequestOptions,
): { statusCode: number; headers: object; body: unknown } {
	const url = new URL(options.url);
	for (const [name, value] of Object.entries(options.qs ?? {}))
		url.searchParams.set(name, String(value));
	const headers = Object.fromEntries(
		Object.entries((options.headers ?? {}) as Record<string, string>).map(([name, value]) => [
			name.toLowerCase(),
			value,
		]),
	);
	if (options.body) headers['content-type'] = 'application/x-www-form-urlencoded';
	const { status, text, fault } = nas.respond({
		method: options.method ?? 'GET',
		url,
		headers,
		body: String(options.body ?? ''),
		remote: '127.0.0.1',
	});
	if (fault?.kind === 'reset')
		throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
	if (fault?.kind === 'html') return { statusCode: 200, headers: {}, body: '<html></html>' };
	if (fault?.kind === 'empty200') return { statusCode: 200, headers: {}, body: '' };
	if (fault?.kind === 'truncated')
		return { statusCode: 200, headers: {}, body: text.slice(0, Math.floor(text.length * 0.6)) };
	if (fault)
		return {
			statusCode: Number(fault.kind.replace('http', '')),
			headers: {},
			body: '<html></html>',
		};
	return { statusCode: status, headers: {}, body: text };
}

/** One active workflow with the trigger, in an n8n that can be restarted with and without its static data saved. */
export class PollingN8n {
	private readonly credential: Record<string, unknown>;

	private saved: IDataObject = {};

	private memory: IDataObject = {};

	private context: IPollFunctions;

	constructor(
		private readonly nas: Nas,
		private readonly id: string,
		private readonly events: string[],
	) {
		this.credential = {
			baseUrl: 'http://nas.example.com:5000',
			username: DEFAULT_ACCOUNT.name,
			password: DEFAULT_ACCOUNT.password,
			allowUnauthorizedCerts: false,
			sessionToken: '',
		};
		this.context = this.register('activate');
	}

	async poll(): Promise<IDataObject[]> {
		const output = await trigger.poll.call(this.context);
		if (output === null) return [];
		this.save();
		return output[0]!.map(({ json }) => json);
	}

	save(): void {
		this.saved = JSON.parse(JSON.stringify(this.memory)) as IDataObject;
	}

	restart(): void {
		this.memory = JSON.parse(JSON.stringify(this.saved)) as IDataObject;
		this.context = this.register('init');
	}

	private register(mode: string): IPollFunctions {
		const parameters: Record<string, unknown> = { events: this.events, tasks: [] };
		const memory = this.memory;
		const request = async (options: IHttpRequestOptions): Promise<unknown> =>
			send(this.nas, options);
		return {
			getMode: () => 'trigger',
			getActivationMode: () => mode,
			getWorkflow: () => ({ id: this.id }),
			getNode: () => ({
				id: 'trigger',
				name: 'Trigger',
				type: 't',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}),
			getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
			getWorkflowStaticData: () => memory,
			getCredentials: async () => ({ ...this.credential }),
			getTimezone: () => 'UTC',
			logger: { warn: () => {} },
			helpers: {
				httpRequest: request,
				httpRequestWithAuthentication: async (
					_type: string,
					options: IHttpRequestOptions,
					{ credentialsDecrypted }: { credentialsDecrypted: { data: Record<string, unknown> } },
				) => {
					const { data } = credentialsDecrypted;
					if (data.sessionToken === '')
						data.sessionToken = this.credential.sessionToken = takeHandedOver(data)!;
					return await request(authenticateRequest(data as never, options));
				},
			},
		} as unknown as IPollFunctions;
	}
}
