import 'reflect-metadata';
import './publishedNodes';
import { DEFAULT_ACCOUNT } from '../simulator';
import { startSimulatedNas } from '../n8n-host/simulatedNas';
import { CredentialsHelper } from '../testing/credentialsHelper';
import { ActiveTrigger } from '../testing/engine';
import { newProcess } from '../testing/nas';
import type { Send } from '../nodes/HyperBackup/dsm/http/httpRequest';
import { EVENTS, type EventName } from '../nodes/HyperBackup/trigger/eventNames';
import { WATCHES } from '../nodes/HyperBackup/trigger/watches';
import { median, rounded } from './statistics';

/** Those that the list of tasks shows; the others have requests of their own. */
const OF_TASKS = EVENTS.filter((event) => !WATCHES.some(({ events }) => events.includes(event)));

export interface PollCost {
	tasks: number;
	/** How many events are chosen. */
	events: number;
	/** In the steady state, nothing having changed. */
	requests: number;
	/** Of the NAS's responses. */
	bytes: number;
	/**
	 * CPU of one poll, over having n8n fetch the same responses with the credential and parse them.
	 * Median of the rounds.
	 */
	cpuOverFetch: number;
	/** The same over n8n's HTTP helper without a credential. */
	cpuOverParse: number;
	pollCpuMs: number;
	fetchCpuMs: number;
	parseCpuMs: number;
	/** What is stored between polls, as JSON. */
	staticDataBytes: number;
}

interface Request {
	method: 'GET' | 'POST';
	url: string;
	body: string;
	bytes: number;
	headers: Record<string, string>;
}

function cpu(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

type Work = () => Promise<unknown>;

/**
 * CPU in milliseconds of each, one after the other, over and over: whatever else the machine does, it
 * does to all of them.
 */
async function inTurn(times: number, works: Work[]): Promise<number[]> {
	const spent = works.map(() => 0);
	for (let index = 0; index < times; index++) {
		for (let turn = 0; turn < works.length; turn++) {
			// Both ways round: none always follows the same one.
			const step = index % 2 === 0 ? turn : works.length - turn;
			const which = (index + step) % works.length;
			const before = cpu();
			await works[which]!();
			spent[which]! += cpu() - before;
		}
	}
	return spent.map((sum) => sum / times);
}

/** The same requests as those of a poll, their responses parsed, with nothing done with them. */
function peerOf(send: Send, base: string, requests: Request[]): Work {
	const sent = requests.map(({ url, body, headers, method }) => ({
		method,
		url: `${base}${url}`,
		...(method === 'GET' ? {} : { body: new URLSearchParams(body) }),
		headers: { cookie: headers.cookie, 'x-syno-token': headers['x-syno-token'] },
		returnFullResponse: true,
	}));
	return async () => {
		const responses = [];
		for (const request of sent) responses.push(await send(request));
		return responses;
	};
}

const listed = async (peer: Work): Promise<number> => {
	const [list] = (await peer()) as Array<{ body: { data: { task_list: unknown[] } } }>;
	return list!.body.data.task_list.length;
};

async function measure(
	tasks: number,
	rounds: number,
	events: readonly EventName[],
): Promise<PollCost> {
	const nas = await startSimulatedNas({ tasks });
	newProcess();
	const credentials = new CredentialsHelper({
		baseUrl: nas.urls[0]!,
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
	});
	const trigger = new ActiveTrigger(credentials, { events: [...events] });
	const poll = async (): Promise<unknown> => await trigger.poll();
	// The first ones take a baseline, and read what is read once in some hours.
	for (let index = 0; index < 3; index++) await poll();
	await nas.control('requests/reset', {});
	await poll();
	const requests = await nas.control<Request[]>('requests');
	const peers = [
		peerOf(async (one) => await trigger.requestWithCredential(one), nas.urls[0]!, requests),
		peerOf(async (one) => await trigger.httpRequest(one), nas.urls[0]!, requests),
	];
	for (const peer of peers) {
		if ((await listed(peer)) !== tasks)
			throw new Error('The floor does not get the response that a poll gets');
	}
	// Many, so that what the garbage collector does at times is part of each.
	const times = tasks >= 5000 ? 8 : tasks >= 1000 ? 40 : 400;
	const works = [poll, ...peers];
	// Until V8 has compiled them all: a poll has more code than its floor.
	await inTurn(Math.max(times, 400 / Math.sqrt(tasks)), works);
	const measured: number[][] = [];
	for (let round = 0; round < rounds; round++) {
		measured.push(await inTurn(times, works));
		await nas.control('requests/reset', {});
	}
	nas.stop();
	const of = (which: number): number => rounded(median(measured.map((spent) => spent[which]!)));
	const over = (which: number): number =>
		rounded(median(measured.map((spent) => spent[0]! / spent[which]!)));
	return {
		tasks,
		events: events.length,
		requests: requests.length,
		bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
		cpuOverFetch: over(1),
		cpuOverParse: over(2),
		pollCpuMs: of(0),
		fetchCpuMs: of(1),
		parseCpuMs: of(2),
		staticDataBytes: JSON.stringify(trigger.staticData).length,
	};
}

export async function measurePolls(
	say: (line: string) => void,
	quick: boolean,
): Promise<PollCost[]> {
	const costs: PollCost[] = [];
	for (const tasks of [1, 10, 100, 1000, 5000]) {
		costs.push(await measure(tasks, quick ? 3 : 9, OF_TASKS));
		say(`poll of ${tasks} tasks: ${JSON.stringify(costs[costs.length - 1])}`);
	}
	return costs;
}

if (require.main === module) {
	process.env.N8N_LOG_LEVEL = 'silent';
	measurePolls((line) => process.stdout.write(`${line}\n`), process.argv.includes('--quick')).then(
		() => process.exit(0),
		(error) => {
			throw error;
		},
	);
}
