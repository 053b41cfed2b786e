import type { Call, DsmClient } from '../../../nodes/HyperBackup/dsm/DsmClient';
import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import type { ErrorKind } from '../../../nodes/HyperBackup/dsm/errors/ErrorKind';
import type { Dialect } from '../../../nodes/HyperBackup/hyperBackup/task/dialects/Dialect';
import { TaskApi } from '../../../nodes/HyperBackup/hyperBackup/task/TaskApi';

const errorOf = (kind: ErrorKind, dsmCode?: number, message = kind): DsmError =>
	new DsmError({ kind, message, description: '', dsmCode });

const missing = (message: string): DsmError => errorOf('methodMissing', 103, message as ErrorKind);

interface Nas {
	/** What was learned about the NAS before. */
	dialect?: string;
	synoToken?: string;
	/** What `list` of DSM's own dialect and the clock, which needs the token, respond with. */
	list?: Error;
	clock?: Error;
}

/** A client that records its calls. */
function clientOf({ dialect, synoToken = 'token', list, clock }: Nas) {
	const calls: string[] = [];
	const learned: object[] = [];
	const client = {
		facts: { dialect },
		session: () => Promise.resolve({ synoToken }),
		call: ({ api, method }: Call) => {
			calls.push(`${api} ${method}`);
			const error = api === 'SYNO.Core.Region.NTP' ? clock : list;
			return error ? Promise.reject(error) : Promise.resolve({});
		},
		learn: (facts: object) => learned.push(facts),
	};
	return { client: client as unknown as DsmClient, calls, learned };
}

const LIST = 'SYNO.Backup.Task list';
const CLOCK = 'SYNO.Core.Region.NTP get';

/** Work that fails in some dialects, and succeeds with the dialect's name in the others. */
async function choose(
	nas: Nas,
	failures: { dsm?: unknown; documented?: unknown },
	lists?: boolean,
) {
	const { client, calls, learned } = clientOf(nas);
	const tried: string[] = [];
	const work = async ({ name }: Dialect): Promise<string> => {
		tried.push(name);
		if (name in failures) throw failures[name];
		return name;
	};
	const api = new TaskApi(client, 'UTC');
	const outcome = await api.inDialect(work, lists).catch((error: unknown) => error);
	return { outcome, tried, calls, learned };
}

describe('the dialect of a NAS', () => {
	test.each([undefined, 'dsm', 'klingon'])("that is known as %p is DSM's own", async (dialect) => {
		expect(await choose({ dialect }, {})).toEqual({
			outcome: 'dsm',
			tried: ['dsm'],
			calls: [],
			learned: [],
		});
	});

	test('that is known as documented is tried first', async () => {
		const { outcome, tried, calls } = await choose({ dialect: 'documented' }, {});
		expect({ outcome, tried, calls }).toEqual({
			outcome: 'documented',
			tried: ['documented'],
			calls: [],
		});
	});

	test.each<[string, unknown]>([
		['a refusal of DSM', errorOf('refused', 4400)],
		['a lost connection', errorOf('unreachable')],
		['an error that is none of the NAS', new TypeError('a fault of ours')],
	])('is not in question after %s', async (_what, error) => {
		const { outcome, tried, calls } = await choose({}, { dsm: error });
		expect(outcome).toBe(error);
		expect(tried).toEqual(['dsm']);
		expect(calls).toEqual([]);
	});
});

describe('a method that is missing (103)', () => {
	test('where list is there is missing, and nothing else', async () => {
		const error = missing('resume');
		const { outcome, tried, calls, learned } = await choose({}, { dsm: error });
		expect(outcome).toBe(error);
		expect(tried).toEqual(['dsm']);
		expect(calls).toEqual([LIST]);
		expect(learned).toEqual([]);
	});

	test('where list is missing too and the token arrives: the documented dialect, from now on', async () => {
		expect(await choose({ list: missing('list') }, { dsm: missing('resume') })).toEqual({
			outcome: 'documented',
			tried: ['dsm', 'documented'],
			calls: [LIST, CLOCK],
			learned: [{ dialect: 'documented' }],
		});
	});

	test('that is list itself is not requested twice', async () => {
		const { outcome, calls } = await choose({}, { dsm: missing('list') }, true);
		expect(outcome).toBe('documented');
		expect(calls).toEqual([CLOCK]);
	});

	test('of a NAS that gives no token needs no proof that it arrives', async () => {
		const { outcome, calls } = await choose({ synoToken: '' }, { dsm: missing('list') }, true);
		expect(outcome).toBe('documented');
		expect(calls).toEqual([]);
	});

	test('where list fails in another way: that error, and no other dialect', async () => {
		const error = errorOf('timeout');
		const { outcome, tried } = await choose({ list: error }, { dsm: missing('resume') });
		expect(outcome).toBe(error);
		expect(tried).toEqual(['dsm']);
	});
});

describe('whether the token arrives', () => {
	const withClock = (clock: Error) => choose({ clock }, { dsm: missing('list') }, true);

	test('shows by a refusal for want of rights: it does', async () => {
		expect((await withClock(errorOf('noPermission', 105))).outcome).toBe('documented');
	});

	test('shows by any other refusal: it may not, and the session ID goes into no URL', async () => {
		const { outcome, tried, learned } = await withClock(missing('clock'));
		expect(outcome).toMatchObject({ message: 'list' });
		expect(tried).toEqual(['dsm']);
		expect(learned).toEqual([]);
	});

	test('is unknown if the NAS does not respond: that error', async () => {
		const error = errorOf('timeout');
		const { outcome, tried } = await withClock(error);
		expect(outcome).toBe(error);
		expect(tried).toEqual(['dsm']);
	});
});

describe('a NAS that is known as documented', () => {
	const dialect = 'documented';

	test("and was updated since: its list is DSM's own again", async () => {
		expect(await choose({ dialect }, { documented: missing('List') }, true)).toEqual({
			outcome: 'dsm',
			tried: ['documented', 'dsm'],
			calls: [LIST],
			learned: [{ dialect: 'dsm' }],
		});
	});

	test('and still is: the method is missing', async () => {
		const error = missing('Discard');
		const nas = { dialect, list: missing('list') };
		const { outcome, tried } = await choose(nas, { documented: error });
		expect(outcome).toBe(error);
		expect(tried).toEqual(['documented']);
	});
});

describe('in the other dialect', () => {
	const inBoth = (error: unknown) => choose({}, { dsm: missing('list'), documented: error }, true);

	test('the method is missing as well: the first error stands, and nothing is learned', async () => {
		const { outcome, tried, learned } = await inBoth(missing('List'));
		expect(outcome).toMatchObject({ message: 'list' });
		expect(tried).toEqual(['dsm', 'documented']);
		expect(learned).toEqual([]);
	});

	test('the work fails in another way: that error stands, and nothing is learned', async () => {
		const error = errorOf('refused', 4400);
		const { outcome, learned } = await inBoth(error);
		expect(outcome).toBe(error);
		expect(learned).toEqual([]);
	});
});
