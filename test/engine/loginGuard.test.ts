import { DEFAULT_ACCOUNT, Nas, SimulatedClock, type Account } from '../../simulator';
import { whenPausing } from '../support/pauses';
import { Database, N8nProcess, Time } from '../support/processes';

const START = Date.UTC(2026, 10, 25, 8);
const MINUTE = 60_000;
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

afterEach(() => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
});

function given(credential: object, account: Partial<Account> = {}, processes = 6) {
	const time = new Time(START);
	const clock = new SimulatedClock(START);
	jest.spyOn(clock, 'now').mockImplementation(() => Math.round(time.now));
	const nas = new Nas({
		clock,
		timeZone: 'UTC',
		tasks: [{ id: 1, name: 'Nightly' }],
		accounts: [{ ...DEFAULT_ACCOUNT, ...account }],
	});
	const stored = {
		baseUrl: 'http://nas.example.com:5000',
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
		...credential,
	};
	const database = new Database(stored, time, () => 1 + Math.random() * 40);
	const n8n = Array.from({ length: processes }, () => new N8nProcess(nas, database, time));
	return { time, nas, database, n8n };
}

type Given = ReturnType<typeof given>;

/** The most attempts within any five minutes, as the NAS's Auto Block counts them. */
function mostInFiveMinutes({ sessions }: Nas): number {
	const times = sessions.attempts.map(({ at }) => at);
	const within = (from: number) => times.filter((at) => at >= from && at < from + 5 * MINUTE);
	return Math.max(0, ...times.map((from) => within(from).length));
}

/** Twenty minutes in which every process is restarted every 20 s, and does `work` every 10 s. */
async function twentyMinutes(
	{ time, n8n }: Given,
	work: (n8n: N8nProcess) => Promise<unknown>,
): Promise<unknown[]> {
	const outcomes: unknown[] = [];
	const note = (outcome: unknown): unknown => outcomes.push(outcome);
	for (let round = 0; round < 120; round++) {
		await time.runUntil(START + round * 10_000);
		for (const one of n8n) {
			if (round % 2 === 0) one.restart();
			void work(one).then(() => note('worked'), note);
		}
	}
	await time.runUntil(START + 21 * MINUTE);
	return outcomes;
}

const errorOf = async (work: Promise<unknown>): Promise<string> =>
	await work.then(
		() => 'worked',
		(error: Error) => error.message,
	);

describe('six processes of n8n, each restarted every 20 s', () => {
	const wrong: Array<[string, object, Partial<Account>]> = [
		['a wrong password', { password: 'wrong' }, {}],
		[
			'a wrong second factor',
			{ otpSecret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU' },
			{ otpSecret: SECRET },
		],
	];

	test.each(wrong)(
		'%s, nodes all at once: at most 5 attempts in 5 minutes',
		async (_case, credential, account) => {
			const all = given(credential, account);
			const outcomes = await twentyMinutes(all, async (n8n) => await n8n.node());
			expect(outcomes).not.toContain('worked');
			expect(mostInFiveMinutes(all.nas)).toBeGreaterThan(0);
			expect(mostInFiveMinutes(all.nas)).toBeLessThanOrEqual(5);
		},
	);

	test.each(wrong)(
		'%s, nodes and HTTP Request together: at most 5 attempts in 5 minutes',
		async (_case, credential, account) => {
			const all = given(credential, account);
			let turn = 0;
			await twentyMinutes(all, async (n8n) => {
				const mine = turn++;
				await all.time.pass((mine % 6) * 1500);
				return mine % 2 === 0 ? await n8n.node() : await n8n.httpRequestNode();
			});
			expect(mostInFiveMinutes(all.nas)).toBeGreaterThan(0);
			expect(mostInFiveMinutes(all.nas)).toBeLessThanOrEqual(5);
		},
	);

	test('the right password: one login, one session, and every operation works', async () => {
		const all = given({});
		const outcomes = await twentyMinutes(all, async (n8n) => await n8n.node());
		expect(outcomes).toHaveLength(720);
		expect(outcomes.filter((outcome) => outcome !== 'worked')).toEqual([]);
		expect(all.nas.count('SYNO.API.Auth', 'login')).toBe(1);
		expect(all.nas.sessions.open).toHaveLength(1);
	});
});

test('a process that ends in the middle of a login: the others wait, and the attempt counts', async () => {
	const { time, nas, database, n8n } = given({ password: 'wrong' }, {}, 2);
	const [first, second] = n8n as [N8nProcess, N8nProcess];
	// It writes that it logs in, and ends before its request is sent.
	const send = nas.respond.bind(nas);
	jest.spyOn(nas, 'respond').mockImplementation((request) => {
		if (request.body.includes('method=login')) throw new Error('the process ends here');
		return send(request);
	});
	const write = database.write.bind(database);
	let writes = 0;
	jest
		.spyOn(database, 'write')
		.mockImplementation(async (fields) => (++writes === 1 ? await write(fields) : undefined));
	void errorOf(first.node());
	await time.runUntil(START + 2000);
	jest.restoreAllMocks();
	jest.spyOn(Date, 'now').mockImplementation(() => Math.round(time.now));

	const waiting = errorOf(second.node());
	await time.runUntil(START + MINUTE);
	expect(await waiting).toBe('A login of n8n to the NAS was begun and has not ended');
	expect(nas.sessions.attempts).toHaveLength(0);
	await time.runUntil(START + 3 * MINUTE);
	const again = errorOf(second.node());
	await time.runUntil(START + 4 * MINUTE);
	expect(await again).toContain('the password is wrong');
	// The login without an outcome is counted: the pause is the one after two.
	expect(String(database.credential.sessionToken)).toContain('"count":2');
});

test('a stored state that cannot be read counts as a refused login, for a while', async () => {
	const { time, nas, n8n } = given({ sessionToken: '{"v":1,"damag' }, {}, 1);
	const first = errorOf(n8n[0]!.node());
	await time.runUntil(START + MINUTE);
	expect(await first).toBe('A login of n8n to the NAS was begun and has not ended');
	expect(nas.requests).toHaveLength(0);
	await time.runUntil(START + 3 * MINUTE);
	const second = errorOf(n8n[0]!.node());
	await time.runUntil(START + 4 * MINUTE);
	expect(await second).toBe('worked');
});
