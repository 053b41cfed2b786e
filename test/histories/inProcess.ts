import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import { HyperBackupTrigger } from '../../nodes/HyperBackup/HyperBackupTrigger.node';
import { authenticateRequest } from '../../nodes/HyperBackup/dsm/session/authenticate';
import { takeHandedOver } from '../../nodes/HyperBackup/dsm/session/sessionHandover';
import { DEFAULT_ACCOUNT, type Nas } from '../../simulator';
import type { Interference } from './interference';

const trigger = new HyperBackupTrigger();

const connectionReset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

type Response = { statusCode: number; headers: object; body: unknown };

/** A parameter by its path. */
const at = (parameters: object, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, name) => (value as IDataObject | undefined)?.[name], parameters);

const responded = (statusCode: number, body: string): Response => ({
	statusCode,
	headers: {},
	body,
});

/**
 * n8n's HTTP helper without sockets: tens of thousands of lives have no time for those. The engine
 * tests go over HTTP.
 */
function send(nas: Nas, interference: Interference, options: IHttpRequestOptions): Response {
	const url = new URL(options.url);
	for (const [name, value] of Object.entries(options.qs ?? {})) {
		url.searchParams.set(name, String(value));
	}
	const headers = Object.fromEntries(
		Object.entries((options.headers ?? {}) as Record<string, string>).map(([name, value]) => [
			name.toLowerCase(),
			value,
		]),
	);
	if (options.body) headers['content-type'] = 'application/x-www-form-urlencoded';
	const body = String(options.body ?? '');
	const form = options.body ? new URLSearchParams(body) : url.searchParams;
	const [api, method] = [form.get('api') ?? '', form.get('method') ?? ''];
	const instead = interference.instead(api);
	if (instead === 'reset') throw connectionReset();
	if (instead) return responded(instead.status, instead.text);
	const clock = { date: new Date(nas.believed).toUTCString() };
	const { status, text, fault } = nas.respond({
		method: options.method ?? 'GET',
		url,
		headers,
		body,
		remote: '127.0.0.1',
	});
	switch (fault?.kind) {
		case undefined:
			return { ...responded(status, interference.change(api, method, text)), headers: clock };
		case 'reset':
			throw connectionReset();
		case 'html':
			return responded(200, '<html></html>');
		case 'empty200':
			return responded(200, '');
		case 'truncated':
			return responded(200, text.slice(0, Math.floor(text.length * 0.6)));
		case 'code':
			return responded(200, JSON.stringify({ success: false, error: { code: fault.code } }));
		default:
			return responded(Number(fault!.kind.replace('http', '')), '<html></html>');
	}
}

/**
 * One active workflow with the trigger, in an n8n that can be restarted with and without its static
 * data saved.
 */
export class PollingN8n {
	private readonly credential: Record<string, unknown>;

	private saved: IDataObject = {};

	private staticData: IDataObject = {};

	private context: IPollFunctions;

	private moves = 0;

	/** What the trigger wrote into n8n's log. */
	readonly warnings: string[] = [];

	constructor(
		private readonly nas: Nas,
		private readonly interference: Interference,
		private readonly id: string,
		private readonly parameters: Record<string, unknown>,
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

	/** What the trigger holds back, as it is stored. */
	get held(): unknown {
		return this.staticData.held;
	}

	save(): void {
		this.saved = JSON.parse(JSON.stringify(this.staticData)) as IDataObject;
	}

	restart(): void {
		this.staticData = JSON.parse(JSON.stringify(this.saved)) as IDataObject;
		this.context = this.register('init');
	}

	/** The workflow is changed and published again: n8n saves the static data and activates it. */
	republish(): void {
		this.save();
		this.context = this.register('activate');
	}

	/** The same NAS under another address, entered in the credential. */
	move(): void {
		this.credential.baseUrl = `http://nas${++this.moves}.example.com:5000`;
		this.credential.sessionToken = '';
	}

	private register(mode: string): IPollFunctions {
		const staticData = this.staticData;
		const request = async (options: IHttpRequestOptions): Promise<unknown> =>
			send(this.nas, this.interference, options);
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
			getNodeParameter: (name: string, fallback: unknown) => at(this.parameters, name) ?? fallback,
			getWorkflowStaticData: () => staticData,
			getCredentials: async () => ({ ...this.credential }),
			getTimezone: () => 'UTC',
			logger: { warn: (message: string) => void this.warnings.push(message) },
			helpers: {
				httpRequest: request,
				httpRequestWithAuthentication: async (
					_type: string,
					options: IHttpRequestOptions,
					{ credentialsDecrypted }: { credentialsDecrypted: { data: Record<string, unknown> } },
				) => {
					const { data } = credentialsDecrypted;
					if (data.sessionToken === '') {
						data.sessionToken = this.credential.sessionToken = takeHandedOver(data)!;
					}
					return await request(await authenticateRequest(data as never, options));
				},
			},
		} as unknown as IPollFunctions;
	}
}
