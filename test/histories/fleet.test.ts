import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_ACCOUNT } from '../../simulator';
import { startSimulatedNas, type SimulatedNas } from '../../n8n-host/simulatedNas';
import { CredentialsHelper } from '../../testing/credentialsHelper';
import { ActiveTrigger } from '../../testing/engine';

const NASES = 200;
setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const realNow = Date.now;
let fleet: SimulatedNas;
beforeAll(async () => {
	fleet = await startSimulatedNas({ fleet: NASES, tasks: 20 });
});
afterAll(() => {
	Date.now = realNow;
	fleet.stop();
});

async function heap(): Promise<number> {
	for (let round = 0; round < 4; round++) {
		collectGarbage();
		await new Promise((resolve) => setImmediate(resolve));
	}
	return process.memoryUsage().heapUsed / 1024 / 1024;
}

test(`${NASES} NASes polled every minute for an hour of simulated clock: one login and one request a poll each, memory flat`, async () => {
	const triggers = fleet.urls.map(
		(url, index) =>
			new ActiveTrigger(
				new CredentialsHelper({
					baseUrl: url,
					username: DEFAULT_ACCOUNT.name,
					password: DEFAULT_ACCOUNT.password,
				}),
				{ events: ['backupFailed'] },
				'UTC',
				`watch-${index}`,
			),
	);
	const start = Date.now();
	let now = start;
	// No jest spy: that stores every call, which is what this test would then measure.
	Date.now = () => now;
	const minute = async (index: number): Promise<void> => {
		now = start + index * 60_000;
		await Promise.all(triggers.map(async (trigger) => await trigger.poll()));
	};
	for (let index = 0; index < 10; index++) await minute(index);
	const before = await heap();
	for (let index = 10; index < 70; index++) await minute(index);
	const grown = (await heap()) - before;
	const counts = await Promise.all(
		fleet.urls.map(
			async (_url, index) =>
				await fleet.control<{ requests: number; logins: number; sessions: number }>(
					'counts',
					undefined,
					index,
				),
		),
	);
	process.stdout.write(
		`fleet of ${NASES}: heap grew ${grown.toFixed(2)} MB in ${60 * NASES} polls\n`,
	);
	expect(grown).toBeLessThan(2);
	expect(counts.every(({ logins, sessions }) => logins === 1 && sessions === 1)).toBe(true);
	// Discovery, login and the NAS's clock once; then one request for each of the 70 polls.
	expect(Math.max(...counts.map(({ requests }) => requests))).toBe(73);
	expect(Math.min(...counts.map(({ requests }) => requests))).toBe(73);
});
