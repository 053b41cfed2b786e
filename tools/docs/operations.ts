import type { INodePropertyOptions } from 'n8n-workflow';
import { HyperBackup } from '../../nodes/HyperBackup/HyperBackup.node';
import { contradictions, fieldTable } from './fieldTable';
import { anchorOf, asSentence, code, json, table } from './markdown';
import { operationExamples, type Example } from './operationExamples';
import type { Kind } from './outputFields';
import { parametersOf, parameterTable } from './parameters';

export interface Operation {
	resource: INodePropertyOptions;
	operation: INodePropertyOptions;
	examples: Example[];
}

const { properties } = new HyperBackup().description;

const optionsOf = (name: string, resource?: unknown): INodePropertyOptions[] =>
	properties
		.filter(
			(property) =>
				property.name === name &&
				(resource === undefined ||
					property.displayOptions?.show?.resource?.includes(resource as string)),
		)
		.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);

/** Tasks first: they are what the node is for. */
const RESOURCES = optionsOf('resource').sort(
	({ value: a }, { value: b }) => Number(b === 'task') - Number(a === 'task'),
);

export const OPERATIONS = RESOURCES.flatMap((resource) =>
	optionsOf('operation', resource.value).map((operation) => ({ resource, operation })),
);

/** Names of operations come again in other resources: there the resource stands in front. */
export function headingOf({
	resource,
	operation,
}: Pick<Operation, 'resource' | 'operation'>): string {
	const isTask = resource.value === 'task';
	const same = OPERATIONS.filter((one) => one.operation.name === operation.name);
	return isTask || same.length === 1 ? operation.name : `${resource.name}: ${operation.name}`;
}

export async function playOperations(): Promise<Operation[]> {
	const played: Operation[] = [];
	for (const one of OPERATIONS)
		played.push({
			...one,
			examples: await operationExamples(String(one.resource.value), String(one.operation.value)),
		});
	return played;
}

/** A wait reads the task before it starts, and then at each check. */
function requestsOf({ examples }: Operation): string {
	const waiting = examples.find(({ waits }) => waits);
	const plain = examples.find(({ waits }) => !waits);
	const around = waiting?.around ?? '1 before and 1 for each check';
	const checks = waiting && `${around} (${waiting.requests} in the example)`;
	if (plain && checks) return `${plain.requests}; with *Wait for Completion* ${checks}`;
	return checks ?? String(plain?.requests);
}

export function operationsOverview(played: Operation[]): string {
	const rows = played.map((one) => [
		one.resource.name,
		`[${one.operation.name}](${anchorOf(headingOf(one))})`,
		asSentence(one.operation.description ?? ''),
		requestsOf(one),
	]);
	return table(['Resource', 'Operation', '', 'Requests'], rows);
}

function exampleText({ title, item, kind }: Example): string {
	return `**Example.** ${title}. The fields: [${kind.heading.toLowerCase()}](${anchorOf(kind.heading)}).\n\n${json(item)}`;
}

function operationSection(one: Operation): string {
	const { resource, operation, examples } = one;
	const form = { resource: String(resource.value), operation: String(operation.value) };
	return [
		`### ${headingOf(one)}`,
		asSentence(operation.description ?? ''),
		`As a tool or in the node panel: *${operation.action}*. In a workflow: ${code(`resource: ${form.resource}`)}, ${code(`operation: ${form.operation}`)}. Requests to the NAS: ${requestsOf(one)}.`,
		parameterTable(parametersOf(properties, form)),
		...examples.map(exampleText),
	].join('\n\n');
}

export function operationsSection(played: Operation[]): string {
	return RESOURCES.map((resource) => {
		const ours = played.filter((one) => one.resource.value === resource.value);
		return `## ${resource.name}\n\n${asSentence(resource.description ?? '')}\n\n${ours.map(operationSection).join('\n\n')}`;
	}).join('\n\n');
}

const byKind = (played: Operation[]): Array<[Kind, Example[]]> => {
	const examples = played.flatMap((one) => one.examples);
	return [...new Set(examples.map(({ kind }) => kind))].map((kind) => [
		kind,
		examples.filter((example) => example.kind === kind),
	]);
};

export function outputSection(played: Operation[]): string {
	return byKind(played)
		.map(([{ heading, texts, sometimes }, examples]) => {
			const more = sometimes ? `\n\nNot always there:\n\n${fieldTable(sometimes)}` : '';
			return `### ${heading}\n\n${fieldTable(
				texts,
				examples.map(({ item }) => item),
			)}${more}`;
		})
		.join('\n\n');
}

/** Fields without a description, and descriptions without a field. */
export function operationContradictions(played: Operation[]): string[] {
	return byKind(played).flatMap(([{ heading, texts, sometimes }, examples]) =>
		contradictions(
			examples.map(({ item }) => item),
			texts,
			sometimes,
		).map((what) => `${heading}: ${what}`),
	);
}
