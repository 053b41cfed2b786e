import type { DsmVersion, NasOptions, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const CHECKED = Date.UTC(2026, 10, 20, 3, 15, 0);

const NIGHTLY: TaskSpec = {
	id: 1,
	name: 'Nightly',
	repository: { share: 'usb1', account: 'backup-admin', key: 'AKIASECRETKEYID', pwd: 'geheim' },
	targetId: 'nas_1.hbk',
	encrypted: true,
	lastRun: { result: 'done', endedAt: NOW - 3_600_000 },
	lastCheck: { at: CHECKED },
};

const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });
const get = { resource: 'destination', operation: 'get' };

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '6.2'],
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

describe.each(KINDS)('Destination: Get (%s dialect, DSM %s)', (dialect, dsm) => {
	const given = async (more: Partial<TaskSpec> = {}, options: NasOptions = {}) =>
		await givenNas({ dialect, dsm, tasks: [{ ...NIGHTLY, ...more }], ...options });

	test('an online destination: how full it is, raw and in bytes whose unit is inferred', async () => {
		const { nas, credentials } = await given();
		const { items, error } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(error).toBeUndefined();
		const { used_size: used, used_size_bytes: bytes, ...item } = items[0]!.json;
		expect(used).toBe(nas.task(1).versions.list.at(-1)!.figures.targetSize);
		expect(bytes).toBe((used as number) * 1024);
		expect(item).toMatchObject({
			task_id: '1',
			nas: 'NAS',
			online: true,
			message: "Task '1': its destination is online",
			size_unit: 'KiB (inferred)',
			format: 'image',
			encrypted: true,
			last_check_time: CHECKED / 1000,
			last_check_at: '2026-11-20T03:15:00+00:00',
			host_name: 'nas',
			destination: 'Local folder or USB: usb1',
			error_code: null,
		});
	});

	test('a task that was never checked has no time of a check', async () => {
		const { credentials } = await given({ lastCheck: undefined });
		const { items } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(items[0]!.json).toMatchObject({ last_check_time: null, last_check_at: null });
	});

	test('by name, with its name', async () => {
		const { credentials } = await given();
		const taskId = { __rl: true, mode: 'name', value: 'nightly' };
		const { items } = await runNode(credentials, { ...get, taskId });
		expect(items[0]!.json).toMatchObject({
			name: 'Nightly',
			message: "Task 'Nightly': its destination is online",
		});
	});

	test.each(['response', 'error'] as const)(
		'an offline destination is a result (the NAS gives a %s)',
		async (offlineTarget) => {
			const { credentials } = await given({ online: false }, { unknowns: { offlineTarget } });
			const { items, error } = await runNode(credentials, { ...get, taskId: byId(1) });
			expect(error).toBeUndefined();
			expect(items[0]!.json).toMatchObject({
				online: false,
				used_size: null,
				used_size_bytes: null,
				error_code: offlineTarget === 'error' ? 4401 : null,
			});
			expect(items[0]!.json.message).toMatch(/its destination is offline|could not reach its/);
		},
	);
});

describe('Destination: Get', () => {
	const given = async (options: NasOptions = {}) =>
		await givenNas({ tasks: [NIGHTLY], ...options });
	const TARGET = { api: 'SYNO.Backup.Target', apiMethod: 'get' };

	test('is one request when the session and the clock are known', async () => {
		const { nas, credentials } = await given();
		await runNode(credentials, { ...get, taskId: byId(1) });
		nas.resetRequests();
		await runNode(credentials, { ...get, taskId: byId(1) });
		expect(nas.requests.map(({ api }) => api)).toEqual(['SYNO.Entry.Request']);
	});

	test.each([true, false])('shows no secret of the repository (simplify: %s)', async (simplify) => {
		const { credentials } = await given();
		const { items, saved } = await runNode(credentials, { ...get, taskId: byId(1), simplify });
		expect(items[0]!.json.repository).toMatchObject({
			share: 'usb1',
			account: '********',
			key: '********',
			pwd: '********',
		});
		for (const secret of ['AKIASECRETKEYID', 'geheim', 'backup-admin', '001132AABBCC'])
			expect(saved).not.toContain(secret);
	});

	test('a destination that hangs counts as offline after its own time limit', async () => {
		const { nas, credentials } = await given();
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({ kind: 'hang', api: 'SYNO.Entry.Request' });
		const { items, error } = await runNode(credentials, {
			...get,
			taskId: byId(1),
			options: { destinationTimeout: 7, requestTimeout: 100_000 },
		});
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			online: false,
			message: "Task '1': its destination did not respond within 7 seconds",
		});
	});

	test('a NAS that hangs is an error', async () => {
		const { nas, credentials } = await given();
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({ kind: 'hang' });
		const { items, error } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(items).toEqual([]);
		expect(error?.message).toContain('did not respond');
	});

	test('a NAS that takes no compound requests is asked singly', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 102, api: 'SYNO.Entry.Request' });
		const { items } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(items[0]!.json).toMatchObject({
			online: true,
			destination: 'Local folder or USB: usb1',
		});
	});

	test('a repository that cannot be read is left out', async () => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', code: 4400, api: 'SYNO.Backup.Repository' });
		const { items } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(items[0]!.json).toMatchObject({ online: true, destination: null, repository: null });
	});

	test('a task that does not exist: the tasks there are', async () => {
		const { credentials } = await given();
		const { error } = await runNode(credentials, { ...get, taskId: byId(9) });
		expect(error?.message).toBe("There is no task with ID '9' on this NAS");
		expect(error?.description).toContain("'Nightly' (ID 1)");
	});

	test.each([
		[{ kind: 'code', code: 105, ...TARGET }, /administrators|permission|right|105/i],
		[{ kind: 'code', code: 120, ...TARGET }, /120/],
		[{ kind: 'code', code: 4400, ...TARGET }, /4400/],
		[{ kind: 'html', api: 'SYNO.Entry.Request' }, /web page|HTML|not DSM/i],
	])('fault %j is an error', async (fault, sentence) => {
		const { nas, credentials } = await given();
		await runNode(credentials, { operation: 'getAll' });
		nas.fault(fault as never);
		const { items, error } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(items).toEqual([]);
		expect(`${error?.message} ${error?.description}`).toMatch(sentence);
		const going = await runNode(
			credentials,
			{ ...get, taskId: byId(1) },
			{ onError: 'continueRegularOutput' },
		);
		expect(going.items[0]!.json.error).toBeTruthy();
	});

	test('bad input is an error before anything is sent', async () => {
		const { nas, credentials } = await given();
		const { error } = await runNode(credentials, {
			...get,
			taskId: byId(1),
			options: { destinationTimeout: 0 },
		});
		expect(error?.message).toContain("'Destination Timeout (Seconds)' must be a number");
		expect(nas.requests).toEqual([]);
	});

	test('works with a read-only credential', async () => {
		const { nas } = await given();
		const credentials = credentialsFor(nas, { readOnly: true });
		const { items, error } = await runNode(credentials, { ...get, taskId: byId(1) });
		expect(error).toBeUndefined();
		expect(items[0]!.json.online).toBe(true);
	});
});
