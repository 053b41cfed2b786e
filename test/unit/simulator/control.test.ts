import { wallClock } from '../../../simulator';
import { closeAll, givenNas } from './support/wireClient';

afterEach(closeAll);

const tell = async (url: string, path: string, body: unknown): Promise<Response> =>
	await fetch(`${url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) });

describe("the simulator's own control", () => {
	test('advance moves a simulated clock', async () => {
		const nas = await givenNas();
		const before = nas.clock.now();
		expect((await tell(nas.url, 'advance', { milliseconds: 60_000 })).status).toBe(200);
		expect(nas.clock.now() - before).toBe(60_000);
	});

	test.each([
		['advance on the real clock', 'advance', { milliseconds: 1 }],
		['a run of a task that does not exist', 'tasks/99/run', {}],
	])('%s is refused with a reason, and the NAS continues', async (_what, path, body) => {
		const nas = await givenNas({ clock: wallClock() });
		const refused = await tell(nas.url, path, body);
		expect(refused.status).toBe(400);
		expect(await refused.json()).toEqual({ error: expect.stringMatching(/clock|no task 99/) });
		expect((await fetch(`${nas.url}/_simulator/counts`)).status).toBe(200);
	});

	test('a body that is not JSON is refused', async () => {
		const nas = await givenNas();
		const refused = await fetch(`${nas.url}/_simulator/advance`, { method: 'POST', body: '{' });
		expect(refused.status).toBe(400);
	});
});
