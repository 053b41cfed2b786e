import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { installN8n } from '../n8n-host/install';
import { N8nInstance } from '../n8n-host/instance';
import { packProject } from '../n8n-host/pack';
import { N8nRest } from '../n8n-host/rest';
import { npmRuntime } from '../n8n-host/runtime';
import { startSimulatedNas, type SimulatedNas } from '../n8n-host/simulatedNas';
import { NEWEST } from '../n8n-host/versions';
import { DEFAULT_ACCOUNT } from '../simulator';
import { contenders, PEER, type Contender } from './contenders';
import { median, quartiles, rounded, shuffled } from './statistics';

export interface Measured {
	key: Contender['key'];
	name: string;
	/** Requests that reach the NAS, for one execution in the steady state. */
	requests: number;
	/** Bytes of the requests' bodies and of the responses' bodies together. */
	bytes: number;
	medianMs: number;
	quartilesMs: [number, number];
	/** Ten executions at a time. */
	perSecond: number;
}

/** The ratios with n8n's own share taken off both. */
export interface Net {
	/** What a workflow of nothing takes taken off both. */
	overFloor: number;
	overLeastNode: number;
	overHandBuilt: number;
	/**
	 * The same over the floor, with n8n's reading of the credential taken off ours too: the floor has
	 * none.
	 */
	withoutCredentialOverFloor: number;
}

export interface Setting {
	setting: string;
	rounds: number;
	measured: Measured[];
	/** The median over the rounds of (our median) / (the other's median). */
	overFloor: number;
	overLeastNode: number;
	overHandBuilt: number;
	overPeer?: number;
	/** Where n8n's own share does not wobble by more than what is left without it. */
	net?: Net;
	/** What no node could go below. */
	floorOverHandBuilt: number;
	addedMs: number;
}

/**
 * Milliseconds: what a small NAS in the same house may take. An assumption, to show what every
 * request more costs there.
 */
const ANSWER_AFTER = 25;

const FAST = { N8N_EXPRESSION_ENGINE: 'legacy', EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' };

/**
 * Those that take turns. n8n's HTTP Request node stands in three workflows, in one of them three
 * times, and V8 compiles what runs often: so the floor is measured first, beside nothing that shares
 * its code.
 */
const GROUPS: Array<Array<Contender['key']>> = [
	['ours', 'empty', 'floor', 'leastNode', 'credential'],
	['ours', 'empty', 'floorWithCredential', 'handBuilt', 'peer'],
];

/** Milliseconds of each call, by round. */
type Times = Map<Contender['key'], number[][]>;

/**
 * Call by call and in random order: whatever happens on the machine hits each of them alike.
 */
async function takeTurns(n8n: N8nInstance, times: Times, each: number): Promise<void> {
	const keys = [...times.keys()];
	const taken = new Map(keys.map((key) => [key, [] as number[]]));
	for (let index = 0; index < each; index++)
		for (const key of shuffled(keys)) taken.get(key)!.push(await call(n8n, key));
	for (const [key, list] of taken) times.get(key)!.push(list);
}

async function openSession(nas: string): Promise<{ sid: string; token: string }> {
	const body = new URLSearchParams({
		api: 'SYNO.API.Auth',
		version: '7',
		method: 'login',
		account: DEFAULT_ACCOUNT.name,
		passwd: DEFAULT_ACCOUNT.password,
		enable_syno_token: 'yes',
	});
	const { data } = (await (
		await fetch(`${nas}/webapi/entry.cgi`, { method: 'POST', body })
	).json()) as { data: { sid: string; synotoken: string } };
	return { sid: data.sid, token: data.synotoken };
}

async function call(n8n: N8nInstance, key: string): Promise<number> {
	const start = performance.now();
	const response = await fetch(`${n8n.url}/webhook/bench-${key}`);
	const text = await response.text();
	if (!response.ok || /"error"|"success":false/.test(text))
		throw new Error(`${key}: HTTP ${response.status} ${text.slice(0, 300)}`);
	return performance.now() - start;
}

async function tenAtATime(n8n: N8nInstance, key: string, count: number): Promise<number> {
	const start = performance.now();
	let left = count;
	await Promise.all(
		Array.from({ length: 10 }, async () => {
			while (left-- > 0) await call(n8n, key);
		}),
	);
	return count / ((performance.now() - start) / 1000);
}

/** What one execution of each costs on the wire, counted by the NAS. */
async function wireOf(
	n8n: N8nInstance,
	nas: SimulatedNas,
	key: string,
): Promise<{ requests: number; bytes: number }> {
	await nas.control('requests/reset', {});
	await call(n8n, key);
	const requests =
		await nas.control<Array<{ body: string; url: string; bytes: number }>>('requests');
	return {
		requests: requests.length,
		bytes: requests.reduce(
			(sum, { body, url, bytes }) => sum + body.length + url.length + bytes,
			0,
		),
	};
}

/** n8n loads what lies in this folder as `CUSTOM.leastNode`. */
function installLeastNode({ folder }: N8nInstance): void {
	const custom = join(folder, '.n8n', 'custom');
	mkdirSync(custom, { recursive: true });
	const { outputText } = transpileModule(
		readFileSync(join(__dirname, 'LeastNode.node.ts'), 'utf8'),
		{ compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2021 } },
	);
	writeFileSync(join(custom, 'LeastNode.node.js'), outputText);
}

async function measure(
	env: Record<string, string>,
	answerAfter: number,
	setting: string,
	rounds: number,
	each: number,
	say: (line: string) => void,
): Promise<Setting> {
	const nas = await startSimulatedNas({ 'answer-after': answerAfter });
	const n8n = await N8nInstance.create(npmRuntime(await installN8n(NEWEST, say)), { env });
	try {
		await n8n.installPackage(packProject(join(__dirname, '..')));
		installLeastNode(n8n);
		const peer = await n8n.installPublished(PEER.name, PEER.version).then(
			() => true,
			(error: Error) => (say(`Without ${PEER.name}: ${error.message.slice(0, 200)}`), false),
		);
		await n8n.start();
		const rest = new N8nRest(n8n);
		await rest.setUpOwner();
		const account = {
			baseUrl: nas.urls[0]!,
			username: DEFAULT_ACCOUNT.name,
			password: DEFAULT_ACCOUNT.password,
		};
		const credentialId = await rest.createCredential('NAS', {
			...account,
			allowUnauthorizedCerts: false,
		});
		const peerId = peer
			? await rest.createCredential(
					'Peer',
					{ ...account, sessionName: 'FileStation', ignoreSslIssues: true },
					'synologyDsmApi',
				)
			: undefined;
		const all = contenders(nas.urls[0]!, await openSession(nas.urls[0]!), credentialId, peerId);
		// Its session, for the contender that uses it with n8n's own node.
		await rest.testCredential(credentialId, 'NAS', { ...account, allowUnauthorizedCerts: false });
		for (const { workflow } of all) await rest.activate(await rest.createWorkflow(workflow));
		await new Promise((resolve) => setTimeout(resolve, 2000));
		const groups = GROUPS.map((keys): Times => {
			const there = all.filter(({ key }) => keys.includes(key));
			return new Map(there.map(({ key }) => [key, []]));
		});
		for (const times of groups) {
			for (const key of times.keys()) await tenAtATime(n8n, key, each * 4);
			for (let round = 0; round < rounds; round++) {
				say(`${setting}: ${[...times.keys()].join(', ')}: round ${round + 1} of ${rounds}`);
				await takeTurns(n8n, times, each);
			}
		}
		const groupOf = (key: Contender['key']): Times => groups.find((times) => times.has(key))!;
		const measured: Measured[] = [];
		for (const { key, name } of all) {
			const taken = groupOf(key).get(key)!.flat();
			const [low, high] = quartiles(taken);
			measured.push({
				key,
				name,
				...(await wireOf(n8n, nas, key)),
				medianMs: rounded(median(taken)),
				quartilesMs: [rounded(low), rounded(high)],
				perSecond: rounded(await tenAtATime(n8n, key, each * 4), 1),
			});
		}
		/** The median over the rounds of a value of what took turns with `key`. */
		const beside = (
			key: Contender['key'],
			value: (of: (key: Contender['key']) => number) => number,
		): number => {
			const times = groupOf(key);
			const values = Array.from({ length: rounds }, (_, round) =>
				value((one) => median(times.get(one)![round]!)),
			);
			return rounded(median(values), 3);
		};
		const over = (other: Contender['key']): number => beside(other, (of) => of('ours') / of(other));
		const net = (other: Contender['key'], n8ns: Contender['key'] = 'empty'): number =>
			beside(other, (of) => (of('ours') - of(n8ns)) / (of(other) - of('empty')));
		const ms = (key: Contender['key']): number => measured.find((one) => one.key === key)!.medianMs;
		return {
			setting,
			rounds,
			measured,
			overFloor: over('floor'),
			overLeastNode: over('leastNode'),
			overHandBuilt: over('handBuilt'),
			...(peer ? { overPeer: over('peer') } : {}),
			...(env.N8N_EXPRESSION_ENGINE === 'legacy'
				? {
						net: {
							overFloor: net('floor'),
							overLeastNode: net('leastNode'),
							overHandBuilt: net('handBuilt'),
							withoutCredentialOverFloor: net('floor', 'credential'),
						},
					}
				: {}),
			floorOverHandBuilt: rounded(over('handBuilt') / over('floor'), 3),
			addedMs: rounded(ms('ours') - ms('floor')),
		};
	} finally {
		await n8n.dispose();
		nas.stop();
	}
}

export async function measureOperations(
	say: (line: string) => void,
	quick: boolean,
): Promise<Setting[]> {
	return [
		await measure(
			FAST,
			0,
			'the legacy expression engine, successful executions not saved, a NAS that responds at once',
			quick ? 3 : 10,
			quick ? 10 : 60,
			say,
		),
		await measure(
			FAST,
			ANSWER_AFTER,
			`the same, and a NAS that takes ${ANSWER_AFTER} ms for each response`,
			quick ? 2 : 5,
			quick ? 5 : 15,
			say,
		),
		await measure(
			{},
			0,
			"n8n's defaults, a NAS that responds at once",
			quick ? 2 : 4,
			quick ? 5 : 12,
			say,
		),
	];
}
