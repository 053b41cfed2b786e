import type { IDataObject } from 'n8n-workflow';
import type { TaskSpec } from '../../simulator';
import { runNode, searchTasks } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

const TASK_API = 'SYNO.Backup.Task';
const ENDED = Date.UTC(2026, 10, 24);
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value }) as never;
const tasks: TaskSpec[] = [
	{ id: 1, name: 'Nightly' },
	{ id: 7, name: 'Photos', lastRun: { result: 'failed', endedAt: ENDED } },
];

describe('a value that cannot be used is refused before anything is sent', () => {
	const run = { operation: 'run', waitForCompletion: true, taskId: byId('1') };
	const options = (more: IDataObject) => ({ ...run, options: more });
	test.each<[string, IDataObject, string]>([
		[
			'Limit -1',
			{ operation: 'getAll', limit: -1 },
			"'Limit' must be a number, 1 or more, and is -1",
		],
		['Limit 0', { operation: 'getAll', limit: 0 }, "'Limit' must be a number, 1 or more, and is 0"],
		['Limit as a word', { operation: 'getAll', limit: 'many' }, "'Limit' must be a number"],
		[
			'Limit as a list',
			{ operation: 'getAll', limit: '={{ [1, 2] }}' },
			"'Limit' must be a number",
		],
		[
			'Return All as a word',
			{ operation: 'getAll', returnAll: 'all' },
			"'Return All' must be true or false",
		],
		[
			'a status as the text of a list',
			{ operation: 'getAll', filters: { status: '["failed"]' } },
			`'Status' does not know "[\\"failed\\"]"`,
		],
		[
			'a status that does not exist',
			{ operation: 'getAll', filters: { status: ['failed'] } },
			`'Status' does not know "failed"`,
		],
		[
			'a status that is no word',
			{ operation: 'getAll', filters: { status: '={{ { a: 1 } }}' } },
			`'Status' does not know {"a":1}`,
		],
		[
			'Simplify as a word',
			{ operation: 'getAll', simplify: 'maybe' },
			"'Simplify' must be true or false",
		],
		[
			'Fail On with a capital',
			options({ failOn: '={{ ["Failed"] }}' }),
			`'Fail On' does not know "Failed"`,
		],
		['Fail On as a number', options({ failOn: '={{ 3 }}' }), "'Fail On' does not know 3"],
		[
			'Parallel Items 0',
			options({ parallelItems: 0 }),
			"'Parallel Items' must be a number, from 1 to 20",
		],
		[
			'Parallel Items 100',
			options({ parallelItems: 100 }),
			"'Parallel Items' must be a number, from 1 to 20",
		],
		['Time Limit -5', options({ timeLimit: -5 }), "'Time Limit (Minutes)' must be a number"],
		[
			'Time Limit as a word',
			options({ timeLimit: 'an hour' }),
			"'Time Limit (Minutes)' must be a number",
		],
		['Start Timeout', options({ startTimeout: 'x' }), "'Start Timeout (Minutes)' must be a number"],
		['Outage Tolerance', options({ outageTolerance: -1 }), "'Outage Tolerance (Minutes)' must be"],
		[
			'Max Check Interval',
			options({ maxCheckInterval: 'x' }),
			"'Max Check Interval (Seconds)' must",
		],
		[
			'Request Timeout',
			options({ requestTimeout: -1 }),
			"'Request Timeout (Milliseconds)' must be",
		],
		['On Stop', options({ onStop: 'Cancel' }), `'On Stop' does not know "Cancel"`],
		['On Time Limit', options({ onTimeLimit: 'stop' }), `'On Time Limit' does not know "stop"`],
		[
			'If Already Running',
			options({ ifAlreadyRunning: 'no' }),
			`'If Already Running' does not know "no"`,
		],
		[
			'Include Version Rotation',
			options({ withRotation: 'x' }),
			"'Include Version Rotation' must be",
		],
		[
			'Ignore If Already Done',
			{ operation: 'cancel', taskId: byId('1'), options: { ignoreIfDone: 'x' } },
			"'Ignore If Already Done' must be true or false",
		],
		[
			'Wait for Completion',
			{ ...run, waitForCompletion: 'x' },
			"'Wait for Completion' must be true",
		],
		['an operation', { operation: 'erase' }, "The operation 'erase' of 'task' does not exist"],
		[
			'an operation by an expression',
			{ operation: '={{ "getAll" }}' },
			`{{ "getAll" }}' of 'task' does not exist`,
		],
		[
			'a resource',
			{ resource: 'constructor', operation: 'call' },
			"The operation '' of 'constructor' does not exist",
		],
		['no task', { ...run, taskId: byId(' ') }, "'Task' is empty"],
		['a task that is no text', { ...run, taskId: byId('={{ { id: 1 } }}') }, "'Task' must be"],
	])('%s', async (_what, parameters, sentence) => {
		const { nas, credentials } = await givenNas({ tasks });
		const { error } = await runNode(credentials, parameters as never);
		expect(error?.message).toContain(sentence);
		expect((error?.description ?? '').length).toBeGreaterThan(8);
		expect(nas.requests).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: with an error for every item, and no item passed through',
		async (onError) => {
			const { nas, credentials } = await givenNas({ tasks });
			const { items, errorItems } = await runNode(
				credentials,
				{ ...run, options: { parallelItems: 'x' } },
				{ items: [{ a: 1 }, { a: 2 }], onError },
			);
			const failed = onError === 'continueErrorOutput' ? errorItems : items;
			expect(failed.map(({ json }) => json.error)).toEqual(
				Array(2).fill(`'Parallel Items' must be a number, from 1 to 20, and is "x"`),
			);
			expect(nas.requests).toEqual([]);
		},
	);

	test('one bad item of several: the others are not lost', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		const { items } = await runNode(
			credentials,
			{ operation: 'get', taskId: byId('={{ $json.id }}') },
			{ items: [{ id: '1' }, { id: '' }, { id: '7' }], onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json.name ?? json.error)).toEqual([
			'Nightly',
			"No task is chosen: 'Task' is empty",
			'Photos',
		]);
		void nas;
	});
});

test.each([
	['one word as an expression may return it', 'error', 1],
	['no status', null, 2],
	['an empty list', [], 2],
])('Get Many with a filter of %s', async (_what, status, found) => {
	const { credentials } = await givenNas({ tasks });
	const { items, error } = await runNode(credentials, {
		operation: 'getAll',
		filters: { status },
	} as never);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(found);
});

describe.each(['dsm', 'documented'] as const)('By ID (%s dialect)', (dialect) => {
	test('007 is no number: no task is run, and the error lists the tasks', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks });
		const { error } = await runNode(credentials, { operation: 'run', taskId: byId('007') });
		expect(error?.message).toBe("There is no task with ID '007' on this NAS");
		expect(error?.description).toBe("Tasks on this NAS: 'Nightly' (ID 1), 'Photos' (ID 7).");
		expect(nas.history).toEqual([]);
	});

	test.each(['get', 'getStatus', 'run', 'cancel', 'suspend', 'resume', 'waitForCompletion'])(
		'99 that does not exist, for %s',
		async (operation) => {
			const { nas, credentials } = await givenNas({ dialect, tasks });
			const { error } = await runNode(credentials, { operation, taskId: byId('99') });
			expect(error?.message).toBe("There is no task with ID '99' on this NAS");
			expect(error?.description).toContain("'Nightly' (ID 1), 'Photos' (ID 7)");
			expect(nas.history).toEqual([]);
		},
	);

	test('99 that does not exist, for Run and wait', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks });
		const parameters = { operation: 'run', waitForCompletion: true, taskId: byId('99') };
		const { error } = await runNode(credentials, parameters);
		expect(error?.message).toBe("There is no task with ID '99' on this NAS");
		expect(nas.history).toEqual([]);
	});

	test('a task that exists costs no list of tasks', async () => {
		const { nas, credentials } = await givenNas({ dialect, tasks });
		await runNode(credentials, { operation: 'getStatus', taskId: byId('1') });
		expect(nas.count(TASK_API, dialect === 'dsm' ? 'list' : 'List')).toBe(0);
	});
});

describe('a LUN task named 1 beside task 1', () => {
	const both: TaskSpec[] = [
		{ id: 1, name: 'Nightly' },
		{ id: '1', name: '1', type: 'loclunbkp', lastRun: { result: 'success', endedAt: ENDED } },
		{ id: '007', name: '007', type: 'loclunbkp', lastRun: { result: 'success', endedAt: ENDED } },
	];

	test('has a list choice and an ID of its own, which lead back to it', async () => {
		const { nas, credentials } = await givenNas({ tasks: both });
		const { results } = await searchTasks(credentials);
		expect(results.map(({ name, value }) => [name, value]).sort()).toEqual(
			[
				['1', '"1"'],
				['007', '"007"'],
				['Nightly', '1'],
			].sort(),
		);
		const { items } = await runNode(credentials, { operation: 'getAll' });
		expect(items.map(({ json }) => json.task_id)).toEqual(['1', '"1"', '"007"']);
		await runNode(credentials, {
			operation: 'run',
			taskId: { __rl: true, mode: 'list', value: '"1"' },
		});
		expect([nas.tasks[0]!.status, nas.tasks[1]!.status]).toEqual(['none', 'backup']);
	});

	test.each([
		['name', '1'],
		['name', '007'],
		['id', '007'],
		['id', '"007"'],
	])('chosen by %s %s it is the LUN task that is run', async (mode, value) => {
		const { nas, credentials } = await givenNas({ tasks: both });
		const { error } = await runNode(credentials, {
			operation: 'run',
			taskId: { __rl: true, mode, value },
		});
		expect(error).toBeUndefined();
		expect(nas.tasks.map(({ status }) => status)).toEqual(
			value === '1' ? ['none', 'backup', 'none'] : ['none', 'none', 'backup'],
		);
	});

	test('Run and wait of one task does not read the other', async () => {
		const { nas, credentials } = await givenNas({ tasks: both });
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
		whenPausing((milliseconds) => nas.advance(milliseconds));
		nas.tasks[0]!.accept();
		const { error } = await runNode(credentials, {
			operation: 'run',
			waitForCompletion: true,
			taskId: { __rl: true, mode: 'id', value: '"1"' },
			options: { timeLimit: 1 },
		});
		expect(error).toBeUndefined();
		expect(nas.history.map(({ kind, taskId }) => [kind, taskId])).toEqual([
			['started', 1],
			['started', '1'],
		]);
	});
});

describe.each(['dsm', 'documented'] as const)(
	'NAS Address from an expression, one NAS per item (%s dialect)',
	(dialect) => {
		const given = async () => {
			const first = (await givenNas({ dialect, tasks })).nas;
			const second = (await givenNas({ dialect, tasks })).nas;
			return { first, second, credentials: credentialsFor({ url: '={{ $json.nas }}' }) };
		};

		test.each([1, 2])('each NAS gets its own action (Parallel Items %i)', async (parallelItems) => {
			const { first, second, credentials } = await given();
			const { error } = await runNode(
				credentials,
				{ operation: 'run', taskId: byId('={{ $json.id }}'), options: { parallelItems } },
				{
					items: [
						{ nas: first.url, id: 1 },
						{ nas: second.url, id: 1 },
						{ nas: first.url, id: 7 },
					],
				},
			);
			expect(error).toBeUndefined();
			expect(first.history.map(({ taskId }) => taskId)).toEqual([1, 7]);
			expect(second.history.map(({ taskId }) => taskId)).toEqual([1]);
			expect(first.count('SYNO.API.Auth', 'login')).toBe(1);
			expect(second.count('SYNO.API.Auth', 'login')).toBe(1);
		});

		test('also after the session of one has ended', async () => {
			const { first, second, credentials } = await given();
			const items = [{ nas: first.url }, { nas: second.url }];
			await runNode(credentials, { operation: 'getAll' }, { items });
			second.sessions.expire(119);
			const { error } = await runNode(
				credentials,
				{ operation: 'run', taskId: byId('1') },
				{ items },
			);
			expect(error).toBeUndefined();
			expect([first.history.length, second.history.length]).toEqual([1, 1]);
			expect(first.count('SYNO.API.Auth', 'login')).toBe(1);
		});

		test('an item without an address is an error, and nothing goes to another NAS', async () => {
			const { first, credentials } = await given();
			const { error } = await runNode(
				credentials,
				{ operation: 'run', taskId: byId('1') },
				{ items: [{ nas: '' }, { nas: first.url }] },
			);
			expect(error?.message).toMatch(/NAS Address/);
			expect(first.requests).toEqual([]);
		});
	},
);
