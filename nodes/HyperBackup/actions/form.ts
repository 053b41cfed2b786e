import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { requestTimeout } from '../n8n/requestTimeout';
import { taskLocator } from '../n8n/taskLocator';
import type { Operation } from './Invocation';

export interface Resource {
	option: Omit<INodePropertyOptions, 'value'>;
	/** In the order of the editor's list. */
	operations: Record<string, Operation>;
	/** The operation of a resource that has just been chosen. */
	first: string;
}

type Resources = Record<string, Resource>;

/** Some operations of some resources: all those among them that exist. */
interface Block {
	resources: string[];
	operations: string[];
}

const fieldsOf = ({ onTask, fields = [] }: Operation): INodeProperties[] =>
	onTask ? [taskLocator, ...fields] : fields;

function operationField(resource: string, { operations, first }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		default: first,
		options: Object.entries(operations).map(([value, { option }]) => ({ ...option, value })),
	};
}

/** Each field once, and those of every operation in the order in which it lists them. */
function inOrder(lists: INodeProperties[][]): INodeProperties[] {
	const ordered: INodeProperties[] = [];
	let left = lists;
	for (;;) {
		left = left.filter(({ length }) => length > 0);
		if (left.length === 0) return ordered;
		// Nothing that is still to come stands in front of it anywhere.
		const next = left
			.map(([head]) => head!)
			.find((head) => left.every((list) => list.indexOf(head) <= 0));
		if (!next) throw new Error('Two operations list the same fields in different orders');
		ordered.push(next);
		left = left.map((list) => (list[0] === next ? list.slice(1) : list));
	}
}

const joined = (one: Block, other: Block): Block => ({
	resources: [...one.resources, ...other.resources],
	operations: [...new Set([...one.operations, ...other.operations])],
});

/** The fewest blocks with the operations that `have` it, and with no other. */
function blocksOf(has: (operation: Operation) => boolean, resources: Resources): Block[] {
	const fits = (block: Block): boolean =>
		block.resources.every((resource) =>
			block.operations.flatMap((name) => resources[resource]!.operations[name] ?? []).every(has),
		);
	const blocks: Block[] = [];
	for (const [resource, { operations }] of Object.entries(resources)) {
		const having = Object.keys(operations).filter((name) => has(operations[name]!));
		if (having.length === 0) continue;
		const own = { resources: [resource], operations: having };
		const at = blocks.findIndex((block) => fits(joined(block, own)));
		if (at < 0) blocks.push(own);
		else blocks[at] = joined(blocks[at]!, own);
	}
	return blocks;
}

/**
 * Where n8n shows the block. The operations alone say it where no other resource has one of their
 * names.
 */
const whereShown = (
	{ resources: resource, operations: operation }: Block,
	all: Resources,
): { resource?: string[]; operation: string[] } =>
	Object.entries(all).every(
		([name, { operations }]) =>
			resource.includes(name) || !operation.some((each) => each in operations),
	)
		? { operation }
		: { operation, resource };

const NO_OPTIONS: INodeProperties[] = [];

const optionsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...options, requestTimeout].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/**
 * *Resource*, *Operation*, and the fields and options of all operations. n8n goes through all of
 * them several times in each execution, whatever operation is chosen: so what many operations have
 * stands there once, and nothing has a condition that its place makes true.
 */
export function form(resources: Resources): INodeProperties[] {
	const all = Object.values(resources).flatMap(({ operations }) => Object.values(operations));
	const placed = (
		field: INodeProperties,
		has: (operation: Operation) => boolean,
	): INodeProperties[] =>
		blocksOf(has, resources).map((block) => ({
			...field,
			displayOptions: { show: { ...whereShown(block, resources), ...field.displayOptions?.show } },
		}));
	const optionsOf = ({ options = NO_OPTIONS }: Operation): INodeProperties[] => options;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'task',
			options: Object.entries(resources).map(([value, { option }]) => ({ ...option, value })),
		},
		...Object.entries(resources).map(([name, resource]) => operationField(name, resource)),
		...inOrder(all.map(fieldsOf)).flatMap((field) =>
			placed(field, (operation) => fieldsOf(operation).includes(field)),
		),
		...[...new Set(all.map(optionsOf))].flatMap((options) =>
			placed(optionsField(options), (operation) => optionsOf(operation) === options),
		),
	];
}
