import { DEFAULT_ACCOUNT } from '../simulator';

/**
 * One way to ask a NAS for the status of one task, as a workflow behind a webhook that responds with
 * what its last node gives.
 */
export interface Contender {
	key:
		| 'empty'
		| 'credential'
		| 'ours'
		| 'floor'
		| 'leastNode'
		| 'floorWithCredential'
		| 'handBuilt'
		| 'peer';
	name: string;
	workflow: Record<string, unknown>;
}

type Node = Record<string, unknown>;

export const PEER = { name: 'n8n-nodes-synology-suite', version: '0.33.0' };

const ADDITIONAL =
	'["last_bkp_time","next_bkp_time","last_bkp_result","is_modified","last_bkp_progress","last_bkp_success_version"]';

function behindWebhook(key: string, nodes: Node[]): Record<string, unknown> {
	const webhook: Node = {
		id: 'w',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: `bench-${key}`,
		parameters: { path: `bench-${key}`, responseMode: 'lastNode', options: {} },
	};
	const all = [webhook, ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(0, -1)
			.map((node, index) => [
				node.name as string,
				{ main: [[{ node: all[index + 1]!.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name: `Bench ${key}`, nodes: all, connections };
}

function post(
	name: string,
	url: string,
	form: Record<string, string>,
	headers: Record<string, string> = {},
): Node {
	const listed = (pairs: Record<string, string>) => ({
		parameters: Object.entries(pairs).map(([field, value]) => ({ name: field, value })),
	});
	return {
		id: name,
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [220, 0],
		parameters: {
			method: 'POST',
			url,
			...(Object.keys(headers).length > 0
				? { sendHeaders: true, headerParameters: listed(headers) }
				: {}),
			sendBody: true,
			contentType: 'form-urlencoded',
			bodyParameters: listed(form),
			options: {},
		},
	};
}

function withCredential(node: Node, id: string): Node {
	return {
		...node,
		parameters: {
			...(node.parameters as object),
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'synologyHyperBackupApi',
		},
		credentials: { synologyHyperBackupApi: { id, name: 'NAS' } },
	};
}

const leastNode = (id: string, parameters: Record<string, string>): Node => ({
	id: 'least',
	name: 'Least Node',
	type: 'CUSTOM.leastNode',
	typeVersion: 1,
	position: [220, 0],
	parameters,
	credentials: { synologyHyperBackupApi: { id, name: 'NAS' } },
});

const STATUS = {
	api: 'SYNO.Backup.Task',
	version: '1',
	method: 'status',
	task_id: '1',
	blOnline: 'false',
	additional: ADDITIONAL,
};

/** `ready` is a session that is open already: the floor sends nothing but the call itself. */
export function contenders(
	nas: string,
	ready: { sid: string; token: string },
	credentialId: string,
	peerCredentialId: string | undefined,
): Contender[] {
	const entry = `${nas}/webapi/entry.cgi`;
	const login = {
		api: 'SYNO.API.Auth',
		version: '7',
		method: 'login',
		account: DEFAULT_ACCOUNT.name,
		passwd: DEFAULT_ACCOUNT.password,
		enable_syno_token: 'yes',
	};
	const session = {
		Cookie: "=id={{ $('Login').item.json.data.sid }}",
		'X-SYNO-TOKEN': "={{ $('Login').item.json.data.synotoken }}",
	};
	const sid = "={{ $('Login').item.json.data.sid }}";
	const list: Contender[] = [
		{
			key: 'ours',
			name: 'Synology Hyper Backup: Get Status',
			workflow: behindWebhook('ours', [
				{
					id: 'hb',
					name: 'Hyper Backup',
					type: 'n8n-nodes-synology-hyper-backup.hyperBackup',
					typeVersion: 1,
					position: [220, 0],
					parameters: {
						resource: 'task',
						operation: 'getStatus',
						taskId: { __rl: true, mode: 'id', value: '1' },
					},
					credentials: { synologyHyperBackupApi: { id: credentialId, name: 'NAS' } },
				},
			]),
		},
		{
			key: 'floor',
			name: 'HTTP Request, one call with a session made beforehand (the floor)',
			workflow: behindWebhook('floor', [
				post(
					'Call',
					entry,
					{ ...STATUS, _sid: ready.sid },
					{ Cookie: `id=${ready.sid}`, 'X-SYNO-TOKEN': ready.token },
				),
			]),
		},
		{
			key: 'leastNode',
			name: 'The least node: reads the credential, one call with a session made beforehand',
			workflow: behindWebhook('leastNode', [
				leastNode(credentialId, {
					url: entry,
					form: JSON.stringify({ ...STATUS, _sid: ready.sid }),
					headers: JSON.stringify({ Cookie: `id=${ready.sid}`, 'X-SYNO-TOKEN': ready.token }),
				}),
			]),
		},
		{
			key: 'floorWithCredential',
			name: 'HTTP Request, the same call with our credential and its session',
			workflow: behindWebhook('floorWithCredential', [
				withCredential(post('Call', entry, STATUS), credentialId),
			]),
		},
		{
			key: 'credential',
			name: 'nothing but n8n reading the credential',
			workflow: behindWebhook('credential', [
				leastNode(credentialId, { url: '', form: '{}', headers: '{}' }),
			]),
		},
		{
			key: 'empty',
			name: 'nothing: webhook and No Operation',
			workflow: behindWebhook('empty', [
				{
					id: 'n',
					name: 'Nothing',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [220, 0],
					parameters: {},
				},
			]),
		},
		{
			key: 'handBuilt',
			name: 'HTTP Request by hand: login, call, logout',
			workflow: behindWebhook('handBuilt', [
				post('Login', entry, login),
				post('Call', entry, { ...STATUS, _sid: sid }, session),
				post(
					'Logout',
					entry,
					{ api: 'SYNO.API.Auth', version: '7', method: 'logout', _sid: sid },
					session,
				),
			]),
		},
	];
	if (peerCredentialId === undefined) return list;
	return [
		...list,
		{
			key: 'peer',
			name: `${PEER.name} ${PEER.version}: its generic Synology API node`,
			workflow: behindWebhook('peer', [
				{
					id: 'peer',
					name: 'Synology API',
					type: `${PEER.name}.synologyApi`,
					typeVersion: 1,
					position: [220, 0],
					parameters: {
						api: STATUS.api,
						method: STATUS.method,
						versionMode: 'manual',
						version: 1,
						paramsJson: `={{ ${JSON.stringify({ task_id: 1, blOnline: false, additional: ADDITIONAL })} }}`,
					},
					credentials: { synologyDsmApi: { id: peerCredentialId, name: 'Peer' } },
				},
			]),
		},
	];
}
