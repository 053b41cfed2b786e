import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, NasOptions, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const day = (date: number): number => Date.UTC(2026, 10, date, 2, 0, 0);
const figures = {
	new: 4,
	modified: 3,
	deleted: 2,
	unchanged: 90,
	sourceSize: 1000,
	targetSize: 700,
};

const NIGHTLY: TaskSpec = {
	id: 1,
	name: 'Nightly',
	versions: [
		{ id: 7, startedAt: day(19), figures: { ...figures, sourceSize: 900, targetSize: 650 } },
		{ id: 9, startedAt: day(20), completedAt: day(20) + 60_000, figures },
	],
};

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

const given = async (options: NasOptions = {}, more: Partial<TaskSpec> = {}) =>
	await givenNas({ tasks: [{ ...NIGHTLY, ...more }], ...options });

const get = async (
	credentials: ReturnType<typeof credentialsFor>,
	more: IDataObject = {},
	taskId: unknown = { __rl: true, mode: 'id', value: '1' },
) =>
	await runNode(credentials, {
		resource: 'statistic',
		operation: 'get',
		taskId,
		...more,
	} as never);

test.each(KINDS)('the last two runs (%s dialect, DSM %s)', async (dialect, dsm) => {
	const { credentials } = await given({ dialect, dsm });
	const { items, error } = await get(credentials);
	expect(error).toBeUndefined();
	expect(items[0]!.json).toMatchObject({
		task_id: '1',
		nas: 'NAS',
		message: "Task '1': its last run had 4 new, 3 modified and 2 deleted files",
		latest: {
			finished_time: day(20) / 1000 + 60,
			files_changed: 9,
			source_size: 1000,
			source_size_bytes: 1_024_000,
			target_size: 700,
		},
		previous: { source_size: 900, target_size: 650 },
		source_growth: 100,
		target_growth: 50,
		size_unit: 'KiB (inferred)',
	});
});

test('is one request when the session and the clock are known', async () => {
	const { nas, credentials } = await given();
	await get(credentials);
	nas.resetRequests();
	await get(credentials);
	expect(nas.requests.map(({ api }) => api)).toEqual(['SYNO.Entry.Request']);
});

test('a NAS that takes no compound requests is asked singly', async () => {
	const { nas, credentials } = await given();
	nas.fault({ kind: 'code', code: 102, api: 'SYNO.Entry.Request' });
	const { items } = await get(credentials);
	expect(items[0]!.json).toMatchObject({ latest: { files_new: 4 } });
});

test('a destination that keeps none: a sentence that says so', async () => {
	const { credentials } = await given({}, { capability: { statistics: false } });
	const { error } = await get(credentials);
	expect(error?.message).toBe("The destination of task '1' keeps no statistics");
});

test('a destination that cannot be read holds no statistics back', async () => {
	const { nas, credentials } = await given();
	nas.fault({ kind: 'code', code: 4401, api: 'SYNO.Backup.Target' });
	const { items } = await get(credentials);
	expect(items[0]!.json).toMatchObject({ latest: { files_new: 4 } });
});

test('a task that has run once has nothing to compare with', async () => {
	const { credentials } = await given({}, { versions: [NIGHTLY.versions![1]!] });
	const { items } = await get(credentials);
	expect(items[0]!.json).toMatchObject({ latest: { files_new: 4 }, previous: null });
});

test('DSM 6, which does not offer them: a sentence with the way out', async () => {
	const { credentials } = await given({ dsm: '6.2' });
	const { error } = await get(credentials);
	expect(error?.message).toContain('Hyper Backup on this NAS does not offer');
	expect(error?.description).toContain('Update Hyper Backup');
});

test("without Simplify the NAS's own lists", async () => {
	const { credentials } = await given();
	const { items } = await get(credentials, { simplify: false });
	expect(items[0]!.json.source_previous_next_list).toHaveLength(2);
});

test.each([
	{ kind: 'code', code: 105 },
	{ kind: 'code', code: 120 },
	{ kind: 'code', code: 4400 },
] as const)('%j is an error', async (fault) => {
	const { nas, credentials } = await given();
	nas.fault({ api: 'SYNO.SDS.Backup.Client.Common.Statistic', ...fault });
	const { error } = await get(credentials);
	expect(error?.message).toContain("Task '1' did not show its statistics");
});

test.each(['html', 'truncated', 'empty200', 'otherJson', 'reset'] as const)(
	'%s in place of the response is an error',
	async (kind) => {
		const { nas, credentials } = await given();
		nas.fault({ kind, api: 'SYNO.Entry.Request' });
		const { items, error } = await get(credentials);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/\w+ .+/);
	},
);

test('a task that does not exist: the tasks there are', async () => {
	const { credentials } = await given();
	const { error } = await get(credentials, {}, { __rl: true, mode: 'id', value: '9' });
	expect(error?.message).toBe("There is no task with ID '9' on this NAS");
});

test('works with a read-only credential', async () => {
	const { nas } = await given();
	const { items } = await get(credentialsFor(nas, { readOnly: true }));
	expect(items[0]!.json.latest).toBeTruthy();
});
