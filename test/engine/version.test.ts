import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, NasOptions, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const day = (date: number): number => Date.UTC(2026, 10, date, 2, 0, 0);

const NIGHTLY: TaskSpec = {
	id: 1,
	name: 'Nightly',
	versions: [
		{ id: 7, startedAt: day(19), completedAt: day(19) + 90_000, locked: true },
		{ id: 9, startedAt: day(20) },
		{ id: 10, startedAt: day(21), status: 'cancel' },
		{ id: 12, startedAt: day(22), status: 'backup' },
	],
};

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '6.2'],
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const given = async (options: NasOptions = {}, more: Partial<TaskSpec> = {}) =>
	await givenNas({
		tasks: [
			{ ...NIGHTLY, ...more },
			{ id: 2, name: 'New', lastRun: null },
		],
		...options,
	});

type Credentials = Awaited<ReturnType<typeof given>>['credentials'];

const operate = async (credentials: Credentials, operation: string, more: IDataObject = {}) =>
	await runNode(credentials, {
		resource: 'version',
		operation,
		taskId: byId('1'),
		...more,
	} as never);

const getAll = async (credentials: Credentials, more: IDataObject = {}) =>
	await operate(credentials, 'getAll', more);
const getLatest = async (credentials: Credentials, more: IDataObject = {}) =>
	await operate(credentials, 'getLatest', more);

describe.each(KINDS)('Version (%s dialect, DSM %s)', (dialect, dsm) => {
	test('Get Many: the newest first, the running and the canceled one among them', async () => {
		const { credentials } = await given({ dialect, dsm });
		const { items, error } = await getAll(credentials);
		expect(error).toBeUndefined();
		const shown = items.map(({ json }) => [json.version_id, json.status]);
		expect(shown).toEqual([
			['12', 'running'],
			['10', 'canceled'],
			['9', 'success'],
			['7', 'success'],
		]);
		expect(items[3]!.json).toMatchObject({
			message: 'Version 7, begun at 2026-11-19 02:00, is complete',
			task_id: '1',
			name: null,
			nas: 'NAS',
			started_time: day(19) / 1000,
			completed_time: day(19) / 1000 + 90,
			completed_at: '2026-11-19T02:01:30+00:00',
			duration: 90,
			locked: true,
		});
		expect(items[0]!.json).toMatchObject({ completed_time: null, duration: null });
	});

	test('Get Latest: the newest completed one, or the newest of all', async () => {
		const { credentials } = await given({ dialect, dsm });
		const completed = await getLatest(credentials);
		expect(completed.items[0]!.json).toMatchObject({ version_id: '9', status: 'success' });
		const any = await getLatest(credentials, { onlyCompleted: false });
		expect(any.items[0]!.json).toMatchObject({ version_id: '12', status: 'running' });
	});
});

describe('Version', () => {
	test.each(['getAll', 'getLatest'])(
		'%s is one request when the session and the clock are known',
		async (operation) => {
			const { nas, credentials } = await given();
			await operate(credentials, operation);
			nas.resetRequests();
			await operate(credentials, operation);
			expect(nas.requests.map(({ api }) => api)).toEqual(['SYNO.Backup.Version']);
		},
	);

	test('Get Many: limit and status', async () => {
		const { credentials } = await given();
		const limited = await getAll(credentials, { limit: 1, filters: { status: ['success'] } });
		expect(limited.items.map(({ json }) => json.version_id)).toEqual(['9']);
	});

	test('by name, with its name', async () => {
		const { credentials } = await given();
		const taskId = { __rl: true, mode: 'name', value: 'nightly' };
		const { items } = await getLatest(credentials, { taskId });
		expect(items[0]!.json).toMatchObject({ name: 'Nightly', version_id: '9' });
	});

	test("without Simplify the NAS's own row", async () => {
		const { credentials } = await given();
		const { items } = await getLatest(credentials, { simplify: false });
		expect(items[0]!.json).toMatchObject({ version_id: '9', status: 'success', has_history: true });
	});

	test('a task without a version has none, and no latest one', async () => {
		const { credentials } = await given();
		expect((await getAll(credentials, { taskId: byId('2') })).items).toEqual([]);
		const { error } = await getLatest(credentials, { taskId: byId('2') });
		expect(error?.message).toBe("Task '2' has no version that was completed");
	});

	test('a task that does not exist: the tasks there are', async () => {
		const { credentials } = await given();
		const { error } = await getAll(credentials, { taskId: byId('99') });
		expect(error?.message).toBe("There is no task with ID '99' on this NAS");
		expect(error?.description).toContain("'Nightly' (ID 1)");
	});

	test.each([
		{ kind: 'code', code: 105 },
		{ kind: 'code', code: 120 },
		{ kind: 'code', code: 4401 },
		{ kind: 'html' },
		{ kind: 'truncated' },
		{ kind: 'empty200' },
		{ kind: 'otherJson' },
	] as const)('%j is an error, and no empty list', async (fault) => {
		const { nas, credentials } = await given();
		nas.fault({ api: 'SYNO.Backup.Version', ...fault });
		const { items, error } = await getAll(credentials);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/\w+ .+/);
	});

	test('with Continue On Fail the item says what went wrong', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 4401, api: 'SYNO.Backup.Version' });
		const { items } = await runNode(
			credentials,
			{ resource: 'version', operation: 'getAll', taskId: byId('1') },
			{ onError: 'continueRegularOutput' },
		);
		expect(items[0]!.json.error).toContain("Task '1' did not show its versions");
	});

	test.each([
		['limit', { limit: 0 }],
		['filters.status', { filters: { status: ['good'] } }],
	])('bad input in %s is an error before anything is sent', async (_what, more) => {
		const { nas, credentials } = await given();
		const { error } = await getAll(credentials, more);
		expect(error?.message).toMatch(/'(Limit|Status)'/);
		expect(nas.requests).toEqual([]);
	});

	test('works with a read-only credential', async () => {
		const { nas } = await given();
		const { items } = await getLatest(credentialsFor(nas, { readOnly: true }));
		expect(items[0]!.json.version_id).toBe('9');
	});
});
