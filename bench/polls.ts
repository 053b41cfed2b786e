import 'reflect-metadata';
import './codeBeforeJson';
import { DEFAULT_ACCOUNT } from '../simulator';
import { startSimulatedNas } from '../n8n-host/simulatedNas';
import { CredentialsHelper } from '../testing/credentialsHelper';
import { ActiveTrigger } from '../testing/engine';
import { newProcess } from '../testing/nas';
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
	 * CPU of one poll, over fetching the same responses with n8n's HTTP helper and parsing them. Median
	 * of the rounds.
	 */
	cpuOverParse: number;
	pollCpuMs: number;
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
 * CPU in milliseconds of both, one after the other, over and over: whatever else the machine does, it
 * does to both of them.
 */
async function paired(times: number, first: Work, second: Work): Promise<[number, number]> {
	const spent: [number, number] = [0, 0];
	for (let index = 0; index < times; index++) {
		const order = index % 2 === 0 ? [0, 1] : [1, 0];
		for (const which of order) {
			const before = cpu();
			await (which === 0 ? first : second)();
			spent[which as 0 | 1] += cpu() - before;
		}
	}
	return [spent[0] / times, spent[1] / times];
}

/** The same requests as those of a poll, their responses parsed, with nothing done with them. */
function peerOf(trigger: ActiveTrigger, base: string, requests: Request[]): Work {
	const sent = requests.map(({ url, body, headers, method }) => ({
		method,
		url: `${base}${url}`,
		...(method === 'GET' ? {} : { body: new URLSearchParams(body) }),
		headers: { cookie: headers.cookie, 'x-syno-token': headers['x-syno-token'] },
		returnFullResponse: true,
	}));
	return async () => {
		const responses = [];
		for (const request of sent) responses.push(await trigger.httpRequest(request));
		return responses;
	};
}

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
	const peer = peerOf(trigger, nas.urls[0]!, requests);
	const [list] = (await peer()) as Array<{ body: { data: { task_list: unknown[] } } }>;
	if (list!.body.data.task_list.length !== tasks)
		throw new Error('The floor does not get the response that a poll gets');
	const times = tasks >= 5000 ? 8 : tasks >= 1000 ? 20 : 60;
	// Until V8 has compiled both: a poll has more code than its floor.
	await paired(Math.max(times, 400 / Math.sqrt(tasks)), poll, peer);
	const pairs: Array<[poll: number, parse: number]> = [];
	for (let round = 0; round < rounds; round++) {
		pairs.push(await paired(times, poll, peer));
		await nas.control('requests/reset', {});
	}
	nas.stop();
	return {
		tasks,
		events: events.length,
		requests: requests.length,
		bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
		cpuOverParse: rounded(median(pairs.map(([own, parse]) => own / parse))),
		pollCpuMs: rounded(median(pairs.map(([own]) => own))),
		parseCpuMs: rounded(median(pairs.map(([, parse]) => parse))),
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
