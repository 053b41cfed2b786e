import { Session } from 'node:inspector/promises';
import { ExecuteContext } from 'n8n-core';
import type { IExecuteData } from 'n8n-workflow';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const OURS = /\/(?:nodes|credentials)\/(?!.*node_modules)(.*)/;

/** A file's own body, and what the measurement of coverage adds to it. */
const isFunction = (name: string, index: number): boolean =>
	!(index === 0 && name === '') && !name.startsWith('cov_');

/** The functions of ours that run meanwhile, by file, as V8 counts them. */
async function functionsRunBy(work: () => Promise<unknown>): Promise<Map<string, string[]>> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
	await session.post('Profiler.takePreciseCoverage');
	await work();
	const { result } = await session.post('Profiler.takePreciseCoverage');
	session.disconnect();
	const files = new Map<string, string[]>();
	for (const { url, functions } of result) {
		const path = OURS.exec(url)?.[1];
		if (path === undefined) continue;
		const run = functions
			.filter(({ functionName }, index) => isFunction(functionName, index))
			.filter(({ ranges }) => ranges[0]!.count > 0)
			.map(({ functionName }) => functionName);
		if (run.length > 0) files.set(path, run);
	}
	return files;
}

const NIGHTLY = {
	id: 1,
	name: 'Nightly',
	lastRun: { result: 'done', endedAt: Date.UTC(2026, 10, 24, 2, 10, 0) },
};
const GET_STATUS = { operation: 'getStatus', taskId: { __rl: true, mode: 'id', value: '1' } };

/** A call passes through few rooms: whoever reads along sees the whole of it. */
test.each(['dsm', 'documented'] as const)(
	'Get Status with a session (%s) takes at most 16 files and 40 functions of ours',
	async (dialect) => {
		const { credentials } = await givenNas({ dialect, tasks: [NIGHTLY] });
		const getStatus = async () => await runNode(credentials, GET_STATUS);
		// The NAS's dialect is known, and n8n has kept it with the session.
		for (let warm = 0; warm < 3; warm++) await getStatus();
		let ran: Awaited<ReturnType<typeof getStatus>> | undefined;
		const files = await functionsRunBy(async () => (ran = await getStatus()));
		expect(ran!.items).toHaveLength(1);
		// Something was counted.
		expect(files.get('HyperBackup/actions/router.ts')).toContain('perform');
		expect(files.size).toBeLessThanOrEqual(16);
		expect([...files.values()].flat().length).toBeLessThanOrEqual(40);
	},
);

test('with a session n8n need not copy the node for it', async () => {
	const { credentials } = await givenNas({ tasks: [NIGHTLY] });
	await runNode(credentials, GET_STATUS);
	const copies = jest.spyOn(ExecuteContext.prototype, 'getNode');
	const { items } = await runNode(credentials, GET_STATUS);
	expect(items).toHaveLength(1);
	expect(copies).not.toHaveBeenCalled();
});

test("as a tool it is handed its agent's data, and still reads its own parameters", async () => {
	const { credentials } = await givenNas({ tasks: [NIGHTLY] });
	type OfContext = (this: ExecuteContext) => IExecuteData;
	const ownData = Reflect.get(ExecuteContext.prototype, 'getExecuteData') as OfContext;
	jest.spyOn(ExecuteContext.prototype, 'getExecuteData').mockImplementation(function (
		this: ExecuteContext,
	) {
		const data = ownData.call(this);
		const { id, ...node } = data.node;
		const agent = { ...node, id: `agent of ${id}`, parameters: {}, credentials: {} };
		return { ...data, node: agent };
	});
	const { items } = await runNode(credentials, GET_STATUS);
	expect(items[0]!.json).toMatchObject({ task_id: '1', nas: expect.any(String) as string });
});
