import { SimulatedClock, type DsmVersion, type NasOptions, type TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';

afterEach(closeAll);

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const TASKS: TaskSpec[] = [
	{ id: 1, name: 'Good', lastRun: { result: 'done', endedAt: NOW - 10 * HOUR } },
	{ id: 2, name: 'Bad', lastRun: { result: 'failed', endedAt: NOW - 5 * HOUR } },
	{ id: 3, name: 'New', lastRun: null },
];

const KINDS: Array<['dsm' | 'documented', DsmVersion]> = [
	['dsm', '6.2'],
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

const given = async (options: NasOptions) =>
	await givenNas({ clock: new SimulatedClock(NOW), tasks: TASKS, ...options });

const SUMMARY = { resource: 'nas', operation: 'getSummary' };

beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => NOW));
afterEach(() => void jest.restoreAllMocks());

test.each(KINDS)('with the %s dialect and DSM %s, one item for all tasks', async (dialect, dsm) => {
	const { nas, credentials } = await given({ dialect, dsm });
	await runNode(credentials, SUMMARY);
	nas.resetRequests();
	const { items, error } = await runNode(credentials, SUMMARY);
	expect(error).toBeUndefined();
	expect(nas.requests).toHaveLength(1);
	expect(items).toHaveLength(1);
	expect(items[0]!.json).toMatchObject({
		total: 3,
		needs_attention: 2,
		by_status: { idle: 2, error: 1, running: 0 },
		oldest_success: { task_id: '1', name: 'Good', time: (NOW - 10 * HOUR) / 1000 },
		tasks: [
			{ name: 'Bad', attention: 'error', since_time: (NOW - 5 * HOUR) / 1000 },
			{ name: 'New', attention: 'never_ran' },
			{ name: 'Good', attention: null },
		],
	});
	const { message } = items[0]!.json;
	expect(message).toMatch(
		/^3 backup tasks.*: 2 need attention\. Task 'Bad': its last backup failed$/,
	);
});

test("a late backup is judged by the NAS's clock, not by n8n's", async () => {
	const tasks = [{ ...TASKS[0]!, schedule: { hour: 13, minute: 0 } }];
	const { nas, credentials } = await given({ dsm: '7.2', tasks });
	const attention = async () => {
		const { items } = await runNode(credentials, SUMMARY);
		return (items[0]!.json.tasks as Array<{ attention: unknown }>)[0]!.attention;
	};
	// n8n's clock is a day ahead of the NAS's.
	jest.spyOn(Date, 'now').mockImplementation(() => NOW + 24 * HOUR);
	expect(await attention()).toBeNull();
	expect(nas.task(1).nextAt).toBeGreaterThan(NOW);
});
