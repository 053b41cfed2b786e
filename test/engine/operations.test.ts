import type { TaskSpec, DsmVersion } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';

afterEach(closeAll);

const ENDED = Date.UTC(2026, 10, 24, 2, 10, 0);

const NIGHTLY: TaskSpec = {
	id: 1,
	name: 'Nightly',
	repository: { share: 'usb1', key: 'AKIASECRETKEYID' },
	targetId: 'nas_1.hbk',
	schedule: { hour: 2, minute: 0 },
	sources: ['/volume1/homes', '/volume1/photo'],
	bytes: 1_000_000 * 1024,
	files: 100,
	durationSeconds: 1000,
	lastRun: { result: 'done', endedAt: ENDED, durationSeconds: 600 },
};
const SUSPENDED: TaskSpec = {
	id: 2,
	name: 'Remote',
	lastRun: { result: 'suspend', endedAt: ENDED },
};
const LUN: TaskSpec = {
	id: 'vm',
	name: 'vm',
	type: 'loclunbkp',
	lastRun: { result: 'success', endedAt: ENDED },
};

const byId = (id: string | number) => ({ __rl: true, mode: 'id', value: id });

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '6.2'],
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '6.2'],
	['documented', '7.2'],
];

describe.each(KINDS)('on a NAS with the %s dialect and DSM %s', (dialect, dsm) => {
	const given = async () => await givenNas({ dialect, dsm, tasks: [NIGHTLY, SUSPENDED, LUN] });

	test('Get Many gives one item per task', async () => {
		const { credentials } = await given();
		const { items, error } = await runNode(credentials, { operation: 'getAll', returnAll: true });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.task_id, json.name, json.status])).toEqual([
			['1', 'Nightly', 'idle'],
			['2', 'Remote', 'suspended'],
			['vm', 'vm', 'idle'],
		]);
		expect(items[0]!.json).toMatchObject({
			last_backup_time: ENDED / 1000,
			next_backup_time: Date.UTC(2026, 10, 25, 2, 0, 0) / 1000,
		});
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
	});

	test('Get adds sources, destination and schedule', async () => {
		const { credentials } = await given();
		const { items } = await runNode(credentials, { operation: 'get', taskId: byId('1') });
		expect(items[0]!.json).toMatchObject({
			task_id: '1',
			name: 'Nightly',
			status: 'idle',
			destination: dialect === 'dsm' ? 'Local folder or USB: usb1/nas_1.hbk' : 'local:///nas_1.hbk',
			source_folders: ['/volume1/homes', '/volume1/photo'],
			schedule: { enabled: true, hour: 2, minute: 0 },
		});
	});

	test('Get Status shows progress while a backup is running, and null otherwise', async () => {
		const { nas, credentials } = await given();
		expect(
			(await runNode(credentials, { operation: 'getStatus', taskId: byId(1) })).items[0]!.json,
		).toMatchObject({ task_id: '1', status: 'idle', progress: null, bytes_backed_up: null });
		nas.task(1).accept();
		nas.advance({ seconds: 575 });
		expect(
			(await runNode(credentials, { operation: 'getStatus', taskId: byId(1) })).items[0]!.json,
		).toMatchObject({
			status: 'running',
			progress: 50,
			files_backed_up: 50,
			// Only the documented API has a size that is bytes for certain.
			...(dialect === 'documented'
				? { bytes_backed_up: 500_000 * 1024 }
				: { bytes_backed_up: null, processed_size: 500_000, size_unit: 'KiB (inferred)' }),
		});
	});

	test('Run starts a backup, Suspend pauses it, Resume continues it, Cancel ends it', async () => {
		const { nas, credentials } = await given();
		const operate = async (operation: string) =>
			(await runNode(credentials, { operation, taskId: byId('1') })).items[0]!.json;
		expect(await operate('run')).toEqual({ task_id: '1', name: 'Nightly', success: true });
		expect(nas.task(1).status).toBe('backup');
		nas.advance({ seconds: 500 });
		expect(await operate('suspend')).toEqual({ task_id: '1', name: 'Nightly', success: true });
		expect(nas.task(1).result).toBe('suspend');
		expect(await operate('resume')).toEqual({ task_id: '1', name: 'Nightly', success: true });
		expect(nas.task(1).result).toBe('resuming');
		expect(await operate('cancel')).toEqual({ task_id: '1', name: 'Nightly', success: true });
		expect(nas.task(1)).toMatchObject({ status: 'none', result: 'cancel' });
		expect(nas.history.map(({ kind }) => kind)).toEqual([
			'started',
			'suspended',
			'resumed',
			'canceled',
		]);
	});

	test('Resume refuses a task that is not suspended, and sends nothing that would mark it failed', async () => {
		const { nas, credentials } = await given();
		const { error } = await runNode(credentials, { operation: 'resume', taskId: byId('1') });
		expect(error?.message).toContain("Task '1' was not resumed: it is not suspended");
		expect(error?.description).toContain('Only a suspended task can be resumed');
		expect(nas.task(1).result).toBe('done');
	});

	test('Run on a task that runs already says so', async () => {
		const { nas, credentials } = await given();
		nas.task(1).accept();
		const { error } = await runNode(credentials, { operation: 'run', taskId: byId('1') });
		expect(error?.message).toMatch(/Task '1' was not started: (a backup|it) is running/);
	});

	test.each(['cancel', 'suspend'])('%s when nothing runs says so', async (operation) => {
		const { credentials } = await given();
		const { error } = await runNode(credentials, { operation, taskId: byId('1') });
		expect(error?.message).toMatch(/Task '1' was not (canceled|suspended): no backup is running/);
	});

	test('a LUN task is reached by its name as ID', async () => {
		const { nas, credentials } = await given();
		expect(
			(await runNode(credentials, { operation: 'run', taskId: byId('vm') })).items[0]!.json,
		).toEqual({ task_id: 'vm', name: 'vm', success: true });
		expect(nas.task('vm').status).toBe('backup');
	});

	test('a task that does not exist: the error names it', async () => {
		const { credentials } = await given();
		const { error } = await runNode(credentials, { operation: 'get', taskId: byId('99') });
		expect(error?.message).toBe("There is no task with ID '99' on this NAS");
		expect(error?.description).toBe(
			"Tasks on this NAS: 'Nightly' (ID 1), 'Remote' (ID 2), 'vm' (ID vm).",
		);
	});
});

describe('actions that read the state first', () => {
	test('Discard throws a suspended backup away, and refuses any other task', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY, SUSPENDED] });
		expect(
			(await runNode(credentials, { operation: 'discard', taskId: byId(2) })).items[0]!.json,
		).toEqual({ task_id: '2', name: 'Remote', success: true });
		expect(nas.task(2).result).toBe('discard');
		expect(
			(await runNode(credentials, { operation: 'discard', taskId: byId(1) })).error?.message,
		).toContain("Task '1' was not discarded: it is not suspended");
		expect(nas.task(1).result).toBe('done');
	});

	test('Discard is not a part of the documented dialect', async () => {
		const { credentials } = await givenNas({ dialect: 'documented', tasks: [SUSPENDED] });
		expect(
			(await runNode(credentials, { operation: 'discard', taskId: byId(2) })).error?.message,
		).toContain('does not know this method');
	});

	test.each([
		['cancel', 1, false],
		['suspend', 2, false],
		['suspend', 1, undefined],
		['resume', 2, true],
		['discard', 2, true],
	])('%s on task %i, only if needed: changed %p', async (operation, id, changed) => {
		const { credentials } = await givenNas({ tasks: [NIGHTLY, SUSPENDED] });
		const { items, error } = await runNode(credentials, {
			operation,
			taskId: byId(id),
			options: { ignoreIfDone: true },
		});
		if (changed === undefined) expect(error?.message).toContain('no backup is running');
		else expect(items[0]!.json).toMatchObject({ success: true, changed });
	});
});

describe('what only a real DSM reports', () => {
	test('the details of a run', async () => {
		const { nas, credentials } = await givenNas({
			tasks: [
				{
					...NIGHTLY,
					nextOutcomes: [
						{
							result: 'failed',
							errorCode: 4467,
							error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
						},
					],
				},
			],
		});
		nas.task(1).accept();
		nas.advance({ seconds: 1000 });
		expect(
			(await runNode(credentials, { operation: 'getStatus', taskId: byId(1) })).items[0]!.json,
		).toMatchObject({
			status: 'error',
			last_result: 'failed',
			problem: 'backup_failed',
			last_error_code: 4467,
			last_error: expect.stringContaining('status_target_broken'),
			last_success_time: ENDED / 1000,
			last_success_version: '1',
		});
	});

	test("times are the NAS's own, wherever it stands", async () => {
		const { credentials } = await givenNas({ timeZone: 'Asia/Taipei', tasks: [NIGHTLY] });
		const { items } = await runNode(
			credentials,
			{ operation: 'getAll' },
			{ timezone: 'America/New_York' },
		);
		expect(items[0]!.json.last_backup_time).toBe(ENDED / 1000);
	});

	test("an account that may not read the NAS's clock still gets times, in the workflow's time zone", async () => {
		const { nas, credentials } = await givenNas({ timeZone: 'Europe/Berlin', tasks: [NIGHTLY] });
		nas.fault({ kind: 'code', code: 105, api: 'SYNO.Core.Region.NTP' });
		const { items } = await runNode(
			credentials,
			{ operation: 'getAll' },
			{ timezone: 'Europe/Berlin' },
		);
		expect(items[0]!.json.last_backup_time).toBe(ENDED / 1000);
	});

	test('to a NAS that takes no compound requests, calls are sent one by one', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		nas.fault({ kind: 'code', code: 103, api: 'SYNO.Entry.Request' });
		const { items } = await runNode(credentials, { operation: 'get', taskId: byId(1) });
		expect(items[0]!.json).toMatchObject({ name: 'Nightly', last_result: 'success' });
	});

	test('cancel and suspend are sent with the state the task is in', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		nas.task(1).accept();
		nas.task(1).setState('error_detect');
		expect(
			(await runNode(credentials, { operation: 'cancel', taskId: byId(1) })).items[0]!.json,
		).toEqual({ task_id: '1', name: 'Nightly', success: true });
		expect(nas.task(1).result).toBe('cancel');
	});

	test('suspend while DSM does not allow it names the step', async () => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		nas.task(1).accept();
		const { error } = await runNode(credentials, { operation: 'suspend', taskId: byId(1) });
		expect(error?.message).toContain("DSM does not allow it at this step ('prebackup')");
	});

	test("without Simplify the item is the NAS's own response, with the destination's secrets masked", async () => {
		const { credentials } = await givenNas({ tasks: [NIGHTLY] });
		const { items, saved } = await runNode(credentials, {
			operation: 'get',
			taskId: byId(1),
			simplify: false,
		});
		expect(items[0]!.json).toMatchObject({
			task_id: 1,
			state: 'backupable',
			repository: { share: 'usb1', key: '********' },
		});
		expect(saved).not.toContain('AKIASECRETKEYID');
	});

	test.each([
		['an unknown state', { state: 'frozen' }],
		['an unknown status', { status: 'pondering' }],
		['an unknown result', { last_bkp_result: 'splendid' }],
		['no status', { status: undefined }],
		['no state', { state: undefined }],
	])('%s reads as unknown, never as idle', async (_what, fields) => {
		const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
		Object.assign(nas.task(1).overrides, fields);
		expect((await runNode(credentials, { operation: 'getAll' })).items[0]!.json.status).toBe(
			'unknown',
		);
	});
});

describe('the items', () => {
	const many: TaskSpec[] = Array.from({ length: 60 }, (_, index) => ({
		id: index + 1,
		name: `Task ${index + 1}`,
		lastRun: { result: index % 2 === 0 ? 'done' : 'failed', endedAt: ENDED },
	}));

	test('Limit, Return All and the status filter', async () => {
		const { credentials } = await givenNas({ tasks: many });
		const count = async (parameters: Record<string, never> | object) =>
			(await runNode(credentials, { operation: 'getAll', ...parameters })).items.length;
		expect(await count({})).toBe(50);
		expect(await count({ limit: 7 })).toBe(7);
		expect(await count({ returnAll: true })).toBe(60);
		expect(await count({ returnAll: true, filters: { status: ['error'] } })).toBe(30);
		expect(await count({ limit: 40, filters: { status: ['error', 'suspended'] } })).toBe(30);
	});

	test('an expression chooses the task for each item, and each output is paired with its input', async () => {
		const { credentials } = await givenNas({ tasks: many });
		const { items } = await runNode(
			credentials,
			{ operation: 'get', taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
			{ items: [{ id: 3 }, { id: 5 }] },
		);
		expect(
			items.map(({ json, pairedItem }) => [json.name, (pairedItem as { item: number }).item]),
		).toEqual([
			['Task 3', 0],
			['Task 5', 1],
		]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: an item that fails says why, the others go on',
		async (onError) => {
			const { credentials } = await givenNas({ tasks: many });
			const { items, errorItems, error } = await runNode(
				credentials,
				{ operation: 'get', taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
				{ items: [{ id: 3 }, { id: 999 }, { id: 5 }], onError },
			);
			expect(error).toBeUndefined();
			const failed = (onError === 'continueErrorOutput' ? errorItems : items).filter(
				({ json }) => json.error !== undefined,
			);
			expect(failed).toHaveLength(1);
			expect(failed[0]!.json.error).toBe("There is no task with ID '999' on this NAS");
			expect(items.filter(({ json }) => json.name !== undefined)).toHaveLength(2);
		},
	);
});

describe('a task by its name', () => {
	const byName = (value: string) => ({ __rl: true, mode: 'name', value });
	const tasks: TaskSpec[] = [
		{ id: 1, name: 'Nightly' },
		{ id: 2, name: 'Twice' },
		{ id: 3, name: 'Twice' },
		{ id: 4, name: 'A "quoted"\n<b>name</b> 💾' },
	];

	test('is found, whatever it is made of', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await runNode(credentials, { operation: 'run', taskId: byName('A "quoted"\n<b>name</b> 💾') });
		expect(nas.task(4).status).toBe('backup');
	});

	test('that two tasks have names both', async () => {
		const { credentials } = await givenNas({ tasks });
		const { error } = await runNode(credentials, { operation: 'run', taskId: byName('Twice') });
		expect(error?.message).toBe("The name 'Twice' fits 2 tasks: 'Twice' (ID 2), 'Twice' (ID 3)");
	});

	test('that no task has names those there are', async () => {
		const { credentials } = await givenNas({ tasks });
		const { error } = await runNode(credentials, { operation: 'run', taskId: byName('Weekly') });
		expect(error?.message).toBe("There is no task 'Weekly' on this NAS");
		expect(error?.description).toContain("'Nightly', 'Twice'");
	});

	test('that is empty says which field is', async () => {
		const { credentials } = await givenNas({ tasks });
		expect(
			(await runNode(credentials, { operation: 'run', taskId: byName(' ') })).error?.message,
		).toContain("'Task' is empty");
	});
});
