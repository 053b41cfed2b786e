import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { attemptOf } from '../../../nodes/HyperBackup/actions/attempts';

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
});
