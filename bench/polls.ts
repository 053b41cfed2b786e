import 'reflect-metadata';
import './codeBeforeJson';
import { DEFAULT_ACCOUNT } from '../simulator';
import { startSimulatedNas } from '../n8n-host/simulatedNas';
import { CredentialsHelper } from '../testing/credentialsHelper';
import { ActiveTrigger } from '../testing/engine';
import { newProcess } from '../testing/nas';
import { median, rounded } from './statistics';

export interface PollCost {
	tasks: number;
	/** In the steady state, nothing having changed. */
	requests: number;
	/** Of the NAS's response. */
	bytes: number;
	/**
	 * CPU of one poll, over fetching the same response with n8n's HTTP helper and parsing it. Median of
	 * the rounds.
	 */
	cpuOverParse: number;
	pollCpuMs: number;
	parseCpuMs: number;
	/** What is stored between polls, as JSON. */
	staticDataBytes: number;
}

async function cpuOf(times: number, work: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	for (let index = 0; index < times; index++) await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000 / times;
}

async function measure(tasks: number, rounds: number): Promise<PollCost> {
	const nas = await startSimulatedNas({ tasks });
	newProcess();
	const credentials = new CredentialsHelper({
		baseUrl: nas.urls[0]!,
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
	});
	const trigger = new ActiveTrigger(credentials, { events: ['statusChanged', 'backupFailed'] });
	await trigger.poll();
	await nas.control('requests/reset', {});
	await trigger.poll();
	const seen =
		await nas.control<
			Array<{ url: string; body: string; bytes: number; headers: Record<string, string> }>
		>('requests');
	const { url, body, headers, bytes } = seen[0]!;
	const fetchAndParse = async (): Promise<unknown> =>
		await trigger.httpRequest({
			method: 'POST',
			url: `${nas.urls[0]!}${url}`,
			body: new URLSearchParams(body),
			headers: { cookie: headers.cookie, 'x-syno-token': headers['x-syno-token'] },
			returnFullResponse: true,
		});
	const check = (await fetchAndParse()) as { body: { data: { task_list: unknown[] } } };
	if (check.body.data.task_list.length !== tasks)
		throw new Error('The floor does not get the response that a poll gets');
	const times = tasks >= 5000 ? 8 : tasks >= 1000 ? 20 : 60;
	const pairs: Array<[poll: number, parse: number]> = [];
	await cpuOf(times, async () => await trigger.poll());
	await cpuOf(times, fetchAndParse);
	for (let round = 0; round < rounds; round++) {
		if (round % 2 === 0)
			pairs.push([
				await cpuOf(times, async () => await trigger.poll()),
				await cpuOf(times, fetchAndParse),
			]);
		else
			pairs.push(
				((parse, poll) => [poll, parse] as [number, number])(
					await cpuOf(times, fetchAndParse),
					await cpuOf(times, async () => await trigger.poll()),
				),
			);
		await nas.control('requests/reset', {});
	}
	nas.stop();
	return {
		tasks,
		requests: seen.length,
		bytes,
		cpuOverParse: rounded(median(pairs.map(([poll, parse]) => poll / parse))),
		pollCpuMs: rounded(median(pairs.map(([poll]) => poll))),
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
		costs.push(await measure(tasks, quick ? 3 : 7));
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
