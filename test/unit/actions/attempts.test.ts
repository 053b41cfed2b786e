import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { attemptOf } from '../../../nodes/HyperBackup/actions/attempts';
import type { Operation } from '../../../nodes/HyperBackup/actions/Invocation';
import { router } from '../../../nodes/HyperBackup/actions/router';

const NODE = { id: 'backup', retryOnFail: true } as INode;

/** What the engine hands to the node; the same `data` for every attempt of one execution of it. */
const contextOf = (data: { node: INode }): IExecuteFunctions =>
	({ getExecuteData: () => data }) as unknown as IExecuteFunctions;

describe('what an earlier attempt did is stored', () => {
	test('for each item, in the attempts of one execution of the node', () => {
		const data = { node: NODE };
		attemptOf(contextOf(data), NODE, 0).settled = [{ outcome: 'succeeded' }];
		expect(attemptOf(contextOf(data), NODE, 0).settled).toEqual([{ outcome: 'succeeded' }]);
		expect(attemptOf(contextOf(data), NODE, 1)).toEqual({});
	});

	test('but not in its next execution, as in a loop', () => {
		attemptOf(contextOf({ node: NODE }), NODE, 0).accepted = true;
		expect(attemptOf(contextOf({ node: NODE }), NODE, 0)).toEqual({});
	});

	test("nor for a tool: each call of an agent's tool is handed the agent's data", () => {
		const data = { node: { id: 'agent', retryOnFail: true } as INode };
		attemptOf(contextOf(data), NODE, 0).accepted = true;
		expect(attemptOf(contextOf(data), NODE, 0)).toEqual({});
	});

	test.each([
		['with Retry On Fail once', true, 1],
		['without it each time that the node is executed', false, 2],
	])('and so an action is done %s', async (_how, retryOnFail, times) => {
		const parameters = { resource: 'task', operation: 'act' };
		const node = { ...NODE, retryOnFail, parameters } as unknown as INode;
		const data = { node };
		const context = {
			...contextOf(data),
			getNode: () => node,
			getInputData: () => [{ json: {} }],
			getExecutionCancelSignal: () => undefined,
			getTimezone: () => 'UTC',
			getCredentials: () =>
				Promise.resolve({ baseUrl: 'http://nas.example.com:5000', username: 'n8n', password: 'p' }),
		} as unknown as IExecuteFunctions;
		const execute = jest.fn(() => Promise.resolve([{ success: true }]));
		const act: Operation = {
			option: { name: 'Act' },
			changes: () => 'Nothing was done',
			execute,
		};
		for (let attempt = 0; attempt < 2; attempt++) {
			const items = await router(context, new Map([['task.act', act]]));
			expect(items).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
		}
		expect(execute).toHaveBeenCalledTimes(times);
	});
});
