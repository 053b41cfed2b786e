import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { HyperBackup } from '../../../nodes/HyperBackup/HyperBackup.node';
import { RESOURCES } from '../../../nodes/HyperBackup/actions/operations';

const { description } = new HyperBackup();

/** An expression of the editor that uses nothing but `$parameter`. */
function evaluate(expression: string | undefined, parameters: INodeParameters): unknown {
	const [, code] = /^=\{\{([\s\S]*)\}\}$/.exec(expression ?? '') ?? [];
	// The editor evaluates it too, and the text is the node's own.
	// eslint-disable-next-line @typescript-eslint/no-implied-eval
	return new Function('$parameter', `return (${code ?? 'undefined'});`)(parameters) as unknown;
}

describe('the subtitle', () => {
	test.each<[string, INodeParameters, string]>([
		['the value, as n8n unwraps it', { operation: 'run', taskId: '7' }, 'Run: 7'],
		[
			'a locator with its cached name',
			{ operation: 'getStatus', taskId: { value: '7', cachedResultName: 'Nightly' } },
			'Get Status: Nightly',
		],
		['a locator without', { operation: 'cancel', taskId: { value: '7' } }, 'Cancel: 7'],
		['no task yet', { operation: 'run', taskId: '' }, 'Run'],
		['an operation without a task', { operation: 'getAll' }, 'Get Many'],
	])('shows %s', (_what, parameters, subtitle) => {
		expect(evaluate(description.subtitle, parameters)).toBe(subtitle);
	});
});

describe('a hint', () => {
	const shown = (parameters: INodeParameters): string[] =>
		(description.hints ?? [])
			.filter(({ displayCondition }) => evaluate(displayCondition, parameters) === true)
			.map(({ message }) => message);

	test('on Run without waiting says that the backup continues', () => {
		expect(shown({ resource: 'task', operation: 'run', waitForCompletion: false })).toEqual([
			expect.stringContaining('The backup continues after this node'),
		]);
	});

	test('on Run and wait says what Retry On Fail does', () => {
		expect(shown({ resource: 'task', operation: 'run', waitForCompletion: true })).toEqual([
			expect.stringContaining('Retry On Fail'),
		]);
	});

	test('is on nothing else', () => {
		expect(shown({ operation: 'getAll' })).toEqual([]);
	});
});

const options = (name: string): INodePropertyOptions[] =>
	description.properties
		.filter((property) => property.name === name)
		.flatMap((property) => property.options as INodePropertyOptions[]);

test('Task is the first resource', () => {
	expect(options('resource')[0]?.value).toBe('task');
});

test('the editor offers exactly the operations that there are', () => {
	const there = Object.values(RESOURCES).flatMap(({ operations }) => Object.keys(operations));
	const offered = options('operation').map(({ value }) => value);
	expect(offered.sort()).toEqual(there.sort());
});
