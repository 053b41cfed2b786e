import {
	certificate,
	DEFAULT_ACCOUNT,
	startNas,
	type Nas,
	type NasOptions,
} from '../../../simulator';
import type { Fault } from '../../../simulator';
import { letRequestsTimeOut } from '../../support/requestTimeouts';

/** What is done while the fault holds. */
export type Doing =
	'Get Many' | 'Get Status' | 'Run' | 'Cancel' | 'a poll of the trigger' | 'the credential test';

export interface FaultCase {
	name: string;
	doing: Doing[];
	/**
	 * The NAS as it is from the beginning; without `later`, the fault is there at the first contact.
	 */
	nas?: NasOptions | (() => Promise<NasOptions>);
	/** What happens to a NAS that n8n has a session on. */
	later?: (nas: Nas) => unknown;
	credential?: Record<string, string | boolean>;
	/** The address in the credential, instead of the NAS's own. */
	address?: (nas: Nas) => string;
}

const ALL: Doing[] = ['Get Many', 'Get Status', 'Run', 'Cancel', 'a poll of the trigger'];
const FIRST: Doing[] = ['Get Many', 'Run', 'the credential test'];

const api = 'SYNO.Backup.Task';
/** Actions read the task in a compound. */
function onTasks(nas: Nas, fault: Fault): void {
	nas.fault({ ...fault, api });
	nas.fault({ ...fault, api: 'SYNO.Entry.Request' });
}
const body = (text: string) => (nas: Nas) => onTasks(nas, { kind: 'body', body: text });

const listOf = (length: number): string =>
	`{"success":true,"data":{"task_list":[${'{},'.repeat(length - 1)}{}]}}`;

const connection: FaultCase[] = [
	{ name: 'nothing listens on the port', doing: FIRST, address: () => 'http://127.0.0.1:9' },
	{
		name: 'the host name does not exist',
		doing: FIRST,
		address: () => 'http://no-such-nas.invalid:5000',
	},
	{ name: 'the NAS goes off while in use', doing: ALL, later: async (nas) => await nas.close() },
	{
		name: 'the connection is closed without a response',
		doing: ALL,
		later: (nas) => onTasks(nas, { kind: 'reset' }),
	},
	{
		name: 'no response ever comes',
		doing: ['Get Many', 'Get Status', 'Run', 'Cancel'],
		later: (nas) => onTasks(nas, { kind: 'hang' }),
	},
	{
		name: 'the response drips in without end',
		doing: ['Get Many', 'Run'],
		later: (nas) => onTasks(nas, { kind: 'slowDrip' }),
	},
	{ name: 'self-signed certificate', doing: FIRST, nas: { tls: true } },
	{
		name: 'expired certificate',
		doing: FIRST,
		nas: async () => {
			const tls = await certificate({ expired: true });
			return { tls, certificateToTrust: tls.cert };
		},
	},
	{
		name: 'certificate for another name',
		doing: FIRST,
		nas: async () => {
			const authority = await certificate({ names: ['authority'], addresses: [] });
			return {
				tls: await certificate({ names: ['elsewhere'], addresses: [], issuer: authority }),
				certificateToTrust: authority.cert,
			};
		},
	},
	{
		name: 'another certificate than the pasted one',
		doing: FIRST,
		nas: async () => ({ tls: true, certificateToTrust: (await certificate()).cert }),
	},
	{
		name: 'https:// to a port that speaks http',
		doing: FIRST,
		address: (nas) => nas.url.replace('http:', 'https:'),
	},
	{
		name: 'http:// to a port that speaks https',
		doing: FIRST,
		nas: { tls: true },
		address: (nas) => nas.url.replace('https:', 'http:'),
	},
] as FaultCase[];

const address: FaultCase[] = [
	['no address', ''],
	['no scheme', 'nas.example.com:5001'],
	['a QuickConnect ID', 'my-nas'],
	['a QuickConnect address', 'https://my-nas.quickconnect.to'],
	['an account in the address', 'https://admin:secret@nas.example.com:5001'],
	['no valid address', 'https://nas example com'],
].map(([name, typed]): FaultCase => ({
	name: `NAS Address: ${name!}`,
	doing: ['Get Many', 'the credential test'],
	address: () => typed!,
}));

const web: FaultCase[] = [
	...(['http404', 'http500', 'http502', 'http503'] as const).map((kind): FaultCase => ({
		name: `HTTP ${kind.slice(4)}`,
		doing: ALL,
		later: (nas) => onTasks(nas, { kind }),
	})),
	{
		name: 'HTTP 429 from a proxy',
		doing: ['Get Status', 'Run'],
		later: (nas) => onTasks(nas, { kind: 'body', status: 429, body: '' }),
	},
	{
		name: 'redirect to https',
		doing: ['Get Many', 'Run', 'the credential test'],
		nas: {
			firstFault: { kind: 'redirect', location: 'https://nas.example.com:5001/webapi/query.cgi' },
		},
	},
	{
		name: 'redirect to QuickConnect',
		doing: ['Get Many', 'the credential test'],
		nas: { firstFault: { kind: 'redirect', location: 'https://my-nas.quickconnect.to/' } },
	},
	{
		name: 'redirect to another path of the same host',
		doing: ['Get Many', 'the credential test'],
		nas: { firstFault: { kind: 'redirect', location: '/dsm/webapi/query.cgi?api=SYNO.API.Info' } },
	},
	{
		name: 'redirect to the very same address',
		doing: ['Get Many', 'the credential test'],
		nas: { firstFault: { kind: 'redirect', location: '/webapi/query.cgi/' } },
	},
	{
		name: 'redirect to a sign-in page',
		doing: ['Get Many', 'Run', 'the credential test'],
		nas: {
			firstFault: {
				kind: 'redirect',
				location: 'https://home.cloudflareaccess.com/cdn-cgi/access/login/nas?meta=x',
			},
		},
	},
	{
		name: 'redirect to a sign-in page on the same host',
		doing: ['Get Many', 'the credential test'],
		nas: { firstFault: { kind: 'redirect', location: '/oauth2/start?rd=%2Fwebapi%2Fquery.cgi' } },
	},
	{
		name: 'HTTP 401 from a proxy',
		doing: ['Get Status', 'Run'],
		later: (nas) => onTasks(nas, { kind: 'body', status: 401, body: '' }),
	},
	{ name: 'a web page', doing: ALL, later: (nas) => onTasks(nas, { kind: 'html' }) },
	{
		name: "QuickConnect's page",
		doing: ['Get Many', 'the credential test'],
		nas: {
			firstFault: { kind: 'body', body: '<html><title>Synology QuickConnect</title></html>' },
		},
	},
] as FaultCase[];

const bodies: FaultCase[] = [
	{ name: 'an empty response', doing: ALL, later: (nas) => onTasks(nas, { kind: 'empty200' }) },
	{
		name: 'a response cut off',
		doing: ['Get Many', 'Get Status', 'a poll of the trigger'],
		later: (nas) => onTasks(nas, { kind: 'truncated' }),
	},
	{
		name: 'a response with bytes that belong to no text',
		doing: ['Get Many', 'Get Status'],
		later: (nas) => onTasks(nas, { kind: 'invalidUtf8' }),
	},
	{
		name: 'a response of 10 MB',
		doing: ['Get Many', 'Run'],
		later: (nas) => onTasks(nas, { kind: 'huge' }),
	},
	{
		name: 'a response nested 100,000 levels deep',
		doing: ['Get Many', 'Run'],
		later: body(`{"success":true,"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
	},
	{
		name: 'a list of more than 10,000 entries',
		doing: ['Get Many', 'Run', 'a poll of the trigger'],
		later: body(listOf(10_001)),
	},
	{
		name: 'more than a million values',
		doing: ['Get Many', 'a poll of the trigger'],
		later: body(listOf(1_000_001)),
	},
	{
		name: "another device's JSON",
		doing: ['Get Many', 'Run'],
		later: (nas) => onTasks(nas, { kind: 'otherJson' }),
	},
	{ name: 'null', doing: ['Get Many', 'Run'], later: body('null') },
	{
		name: 'success as a text',
		doing: ['Get Many', 'Run'],
		later: body('{"success":"true","data":{}}'),
	},
	{
		name: 'success without data',
		doing: ['Get Many', 'Get Status', 'a poll of the trigger'],
		later: body('{"success":true}'),
	},
	{
		name: 'data of another type',
		doing: ['Get Many', 'Get Status'],
		later: body('{"success":true,"data":"idle"}'),
	},
	{
		name: 'a list that is none',
		doing: ['Get Many', 'a poll of the trigger'],
		later: body('{"success":true,"data":{"task_list":{"0":{}},"total":1}}'),
	},
	{
		name: 'a list shorter than its total',
		doing: ['Get Many', 'a poll of the trigger'],
		later: body('{"success":true,"data":{"task_list":[],"total":3}}'),
	},
	{
		name: 'rows that are no objects',
		doing: ['Get Many', 'a poll of the trigger'],
		later: body('{"success":true,"data":{"task_list":[7],"total":1}}'),
	},
	{
		name: 'a refusal without a code',
		doing: ['Get Status', 'Run'],
		later: body('{"success":false}'),
	},
];

const codes: FaultCase[] = [
	100, 101, 103, 104, 105, 106, 107, 109, 114, 117, 119, 150, 160, 4400, 4401, 4467, 4499,
].map((code) => ({
	name: `DSM reports ${code}`,
	doing: [
		'Get Status',
		'Run',
		...([105, 119].includes(code)
			? (['a poll of the trigger', 'the credential test'] as const)
			: []),
	],
	later: (nas) => nas.fault({ kind: 'code', code, api }),
}));

const packages: FaultCase[] = [
	{ name: 'Hyper Backup is not installed', doing: FIRST, nas: { hyperBackup: 'missing' } },
	{
		name: 'Hyper Backup is stopped while in use',
		doing: ['Get Many', 'Run', 'a poll of the trigger'],
		later: (nas) => nas.setHyperBackup('stopped'),
	},
	{
		name: 'DSM names the parameter it does not accept (120)',
		doing: ['Get Status', 'Run'],
		later: body(
			'{"success":false,"error":{"code":120,"errors":{"name":"task_id","reason":"type"}}}',
		),
	},
	{
		name: 'DSM names something that was not sent (120)',
		doing: ['Get Status', 'Run'],
		later: body(
			'{"success":false,"error":{"code":120,"errors":{"name":"hunter2","reason":"hunter3"}}}',
		),
	},
];

const logins: FaultCase[] = [400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 499].map(
	(code) => ({
		name: `the login is refused with ${code}`,
		doing: ['Get Many', 'the credential test'],
		nas: { firstFault: { kind: 'code', code, api: 'SYNO.API.Auth' } },
	}),
) as FaultCase[];

const readOnly: FaultCase[] = [
	{
		name: 'the credential is read-only',
		doing: ['Run', 'Cancel'],
		later: () => undefined,
		credential: { readOnly: true },
	},
];

export const FAULT_CASES: FaultCase[] = [
	...connection,
	...address,
	...web,
	...bodies,
	...codes,
	...packages,
	...logins,
	...readOnly,
];

/** A NAS with this fault from the beginning, and what the credential for it holds. */
export async function nasWith(
	fault: FaultCase,
): Promise<{ nas: Nas; credential: Record<string, string | boolean> }> {
	const { firstFault, certificateToTrust, ...options } = (
		typeof fault.nas === 'function' ? await fault.nas() : (fault.nas ?? {})
	) as NasOptions & { firstFault?: Parameters<Nas['fault']>[0]; certificateToTrust?: string };
	const nas = await startNas({
		timeZone: 'UTC',
		whenSilent: letRequestsTimeOut,
		tasks: [{ id: 1, name: 'Nightly', durationSeconds: 3600 }],
		...options,
	});
	if (firstFault) nas.fault(firstFault);
	const credential = {
		baseUrl: fault.address?.(nas) ?? nas.url,
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
		...(certificateToTrust ? { caCertificate: certificateToTrust } : {}),
		...fault.credential,
	};
	return { nas, credential };
}
