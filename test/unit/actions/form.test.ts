import { NodeHelpers, type INodeProperties } from 'n8n-workflow';
import { HyperBackup } from '../../../nodes/HyperBackup/HyperBackup.node';
import { form } from '../../../nodes/HyperBackup/actions/form';
import type { Operation } from '../../../nodes/HyperBackup/actions/Invocation';
import { RESOURCES } from '../../../nodes/HyperBackup/actions/operations';

const NODE = new HyperBackup().description;

/** The fields the editor shows for an operation, those behind a switch too. */
function shown(properties: INodeProperties[], resource: string, operation: string): string[] {
	return properties
		.map((property) => {
			const { show = {} } = property.displayOptions ?? {};
			const { resource: ofResource, operation: ofOperation } = show;
			const where = { ...(ofResource && { resource: ofResource }) };
			return {
				...property,
				displayOptions: { show: { ...where, ...(ofOperation && { operation: ofOperation }) } },
			};
		})
		.filter((property) =>
			NodeHelpers.displayParameter({ resource, operation }, property, { typeVersion: 1 }, NODE),
		)
		.map(({ name }) => name);
}

const EVERY = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.entries(operations).map(([name, operation]) => ({ resource, name, operation })),
);

test.each(EVERY)(
	'$resource.$name shows its own fields, in its own order',
	({ resource, name, operation }) => {
		expect(shown(NODE.properties, resource, name)).toEqual([
			'resource',
			'operation',
			...(operation.onTask ? ['taskId'] : []),
			...(operation.fields ?? []).map((field) => field.name),
			'options',
		]);
	},
);

test.each(EVERY)(
	'$resource.$name has the options of its own, and the request timeout',
	({ resource, name, operation }) => {
		const [field, ...others] = NODE.properties.filter(
			(property) =>
				property.name === 'options' &&
				NodeHelpers.displayParameter(
					{ resource, operation: name },
					property,
					{ typeVersion: 1 },
					NODE,
				),
		);
		expect(others).toEqual([]);
		const offered = field!.options as INodeProperties[];
		const own = (operation.options ?? []).map((option) => option.name);
		expect(offered.map((option) => option.name).sort()).toEqual([...own, 'requestTimeout'].sort());
		// Of two with the same name the editor would add the first one's default, for either of them.
		expect(new Set(offered.map((option) => option.name)).size).toBe(offered.length);
		const labels = offered.map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	},
);

test('a field of many operations stands there once for each set of resources and operations that have it', () => {
	const places = (name: string): unknown[] =>
		NODE.properties
			.filter((property) => property.name === name)
			.map(({ displayOptions }) => displayOptions?.show);
	expect(places('returnAll')).toEqual([{ operation: ['getAll', 'getLogs'] }]);
	expect(places('limit')).toEqual([{ operation: ['getAll', 'getLogs'], returnAll: [false] }]);
	// Get Many of other resources has nothing to start with.
	expect(places('folder')).toEqual([{ operation: ['getAll'], resource: ['file'] }]);
	// Vault Target: Get gives what the NAS sends in any case.
	expect(places('simplify')).toHaveLength(2);
	// Task: Get Many has no task to choose, other resources' Get Many has.
	expect(places('taskId')).toHaveLength(2);
});

/** n8n goes through all of them several times in each execution. */
test('the form has no more than 44 fields', () => {
	expect(NODE.properties.length).toBeLessThanOrEqual(44);
});

describe('a field of two operations', () => {
	const field = (name: string): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	});
	const operation = (...fields: INodeProperties[]): Operation => ({
		option: { name: 'Any' },
		fields,
		execute: async () => await Promise.resolve([]),
	});
	const resource = (operations: Record<string, Operation>) => ({
		option: { name: 'Any' },
		operations,
		first: 'a',
	});
	const [first, shared, last] = [field('first'), field('shared'), field('last')];

	test('keeps its place in each of them', () => {
		const properties = form({
			one: resource({ a: operation(shared), b: operation(first, shared, last) }),
		});
		expect(shown(properties, 'one', 'a')).toEqual(['resource', 'operation', 'shared', 'options']);
		expect(shown(properties, 'one', 'b')).toEqual([
			'resource',
			'operation',
			'first',
			'shared',
			'last',
			'options',
		]);
	});

	test('cannot stand in front of another in one of them, and behind it in the other', () => {
		expect(() =>
			form({ one: resource({ a: operation(first, last), b: operation(last, first) }) }),
		).toThrow('Two operations list the same fields in different orders');
	});

	test('is not shown for a third one that lies between them', () => {
		const properties = form({
			one: resource({ a: operation(shared), b: operation() }),
			two: resource({ a: operation(), b: operation(shared) }),
		});
		const having = ['one', 'two'].flatMap((name) =>
			['a', 'b']
				.filter((each) => shown(properties, name, each).includes('shared'))
				.map((each) => `${name}.${each}`),
		);
		expect(having).toEqual(['one.a', 'two.b']);
	});
});
