import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_ACCOUNT } from '../../simulator';
import { startSimulatedNas, type SimulatedNas } from '../../n8n-host/simulatedNas';
import { CredentialsHelper } from '../../testing/credentialsHelper';
import { ActiveTrigger, runNode } from '../../testing/engine';

const POLLS = Number(process.env.POLLS ?? 20_000);
const ACTIONS = Math.round(POLLS / 4);
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31);

/** Park and Miller's: the accidents of a soak can be had again. */
function random(seed: number): () => number {
	let state = (seed % 2147483646) + 1;
	return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes that are in use and stay so. */
async function heap(): Promise<number> {
	// Time-outs of requests that are over are let go a moment after their signals are.
	for (let round = 0; round < 4; round++) {
		collectGarbage();
		await new Promise((resolve) => setImmediate(resolve));
	}
	return process.memoryUsage().heapUsed / 1024 / 1024;
}

let nas: SimulatedNas;

/** The NAS is a process of its own: what it stores is not on our heap. */
beforeAll(async () => {
	nas = await startSimulatedNas({ speed: 60 });
});

afterAll(() => nas.stop());

test(`${POLLS} polls and ${ACTIONS} actions with sessions that end, reboots and broken connections (seed ${SEED}): heap, sessions and connections do not grow`, async () => {
	const chance = random(SEED);
	const credentials = new CredentialsHelper({
		baseUrl: nas.urls[0]!,
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
	});
	const trigger = new ActiveTrigger(credentials, {
		events: ['statusChanged', 'backupFailed', 'backupSucceeded'],
	});
	const seen = { errors: 0, items: 0, events: 0, sessions: 0, connections: 0, logins: 0 };
	const accident = async (): Promise<void> => {
		const which = chance();
		if (which < 0.4)
			await nas.control('sessions/expire', { code: [106, 107, 119][Math.floor(chance() * 3)] });
		else if (which < 0.6) await nas.control('reboot', { milliseconds: 0 });
		else
			await nas.control('fault', {
				kind: ['reset', 'truncated', 'http502', 'empty200', 'html'][Math.floor(chance() * 5)],
				times: 1 + Math.floor(chance() * 4),
			});
	};
	const round = async (index: number): Promise<void> => {
		if (chance() < 0.02) await accident();
		seen.events += (await trigger.poll().catch(() => (seen.errors++, null)))?.length ?? 0;
		if (index % 4 === 0) {
			const operation = ['getStatus', 'run', 'cancel', 'suspend', 'resume', 'getAll'][
				Math.floor(chance() * 6)
			]!;
			const { items, error } = await runNode(credentials, {
				operation,
				taskId: { __rl: true, mode: 'id', value: String(1 + Math.floor(chance() * 4)) },
			});
			seen.items += items.length;
			if (error) seen.errors++;
		}
		if (index % 500 === 0) {
			const { sessions, connections, logins } = await nas.control<{
				sessions: number;
				connections: number;
				logins: number;
			}>('counts');
			seen.sessions = Math.max(seen.sessions, sessions);
			seen.connections = Math.max(seen.connections, connections);
			seen.logins = logins;
			await nas.control('requests/reset', {});
		}
	};
	for (let index = 0; index < POLLS / 5; index++) await round(index);
	const before = await heap();
	for (let index = 0; index < POLLS; index++) await round(index);
	const grown = (await heap()) - before;
	process.stdout.write(
		`soak: ${JSON.stringify({ ...seen, heapBefore: before.toFixed(1), heapGrownMB: grown.toFixed(2) })}\n`,
	);
	expect(seen.logins).toBeGreaterThan(20);
	expect(seen.events).toBeGreaterThan(100);
	expect(seen.errors).toBeGreaterThan(10);
	expect(grown).toBeLessThan(2);
	expect(seen.sessions).toBeLessThanOrEqual(1);
	expect(seen.connections).toBeLessThanOrEqual(5);
}, 3_600_000);
