import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SynologyHyperBackupApi } from '../../../credentials/SynologyHyperBackupApi.credentials';
import { HyperBackup } from '../../../nodes/HyperBackup/HyperBackup.node';
import { HyperBackupTrigger } from '../../../nodes/HyperBackup/HyperBackupTrigger.node';
import { headingOf, OPERATIONS } from '../../../tools/docs/operations';
import { parametersOf } from '../../../tools/docs/parameters';
import { ROOT } from './generatedFile';

const page = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const NODE = new HyperBackup().description.properties;
const TRIGGER = new HyperBackupTrigger().description.properties;
const CREDENTIAL = new SynologyHyperBackupApi().properties;

/** What needs no description of its own, and why. */
const SELF_EVIDENT: Record<string, string> = {
	resource: 'each of its options is described',
	operation: 'each of its options is described',
	events: "n8n's convention: 'Trigger On' has no tooltip, each of its options is described",
	options: 'a collection: what is in it is described',
	filters: 'a collection: what is in it is described',
	password: 'the password of the account above it',
};

/** What a user may fill in. */
function everyProperty(properties: INodeProperties[]): INodeProperties[] {
	return properties
		.filter(({ type }) => type !== 'hidden')
		.flatMap((property) => [
			property,
			...everyProperty(
				(property.options ?? []).filter((option): option is INodeProperties => 'type' in option),
			),
		]);
}

const FORMS: Array<[string, INodeProperties[]]> = [
	['the node', NODE],
	['the trigger', TRIGGER],
	['the credential', CREDENTIAL],
];

describe.each(FORMS)('%s', (_form, properties) => {
	test.each(
		everyProperty(properties).map((property): [string, INodeProperties] => [
			property.name,
			property,
		]),
	)('%s says what it is', (name, { description, type }) => {
		const said = (description ?? '').length > 10;
		expect(said || SELF_EVIDENT[name] !== undefined).toBe(true);
		if (type === 'boolean') expect(description).toMatch(/^Whether /);
	});
});

test('nothing is excused that says what it is, or that is not there', () => {
	const excused = FORMS.flatMap(([, properties]) => everyProperty(properties)).filter(
		({ name, description }) => SELF_EVIDENT[name] !== undefined && description === undefined,
	);
	expect([...new Set(excused.map(({ name }) => name))].sort()).toEqual(
		Object.keys(SELF_EVIDENT).sort(),
	);
});

test('each option that is chosen by itself is described', () => {
	const listed = [
		...NODE.filter(({ name }) => ['resource', 'operation'].includes(name)),
		...TRIGGER.filter(({ name }) => name === 'events'),
	].flatMap(({ options }) => options as INodePropertyOptions[]);
	expect(listed.length).toBeGreaterThan(25);
	expect(listed.filter(({ description }) => (description ?? '').length < 10)).toEqual([]);
});

/** A row of a table begins with its label and its name in a workflow. */
const row = (label: string, path: string): string => `| ${label} | \`${path}\` |`;

test.each(OPERATIONS.map((one) => [headingOf(one), one.resource, one.operation] as const))(
	'the section on %s has each of its parameters',
	(name, resource, operation) => {
		const section = page('docs/operations.md')
			.split(/^### /m)
			.find((part) => part.startsWith(`${name}\n`));
		const parameters = parametersOf(NODE, {
			resource: String(resource.value),
			operation: String(operation.value),
		});
		expect(parameters.length).toBeGreaterThan(0);
		for (const { label, path } of parameters) expect(section).toContain(row(label, path));
	},
);

test('no parameter of the node is shown by no operation', () => {
	const shown = new Set(
		OPERATIONS.flatMap(({ resource, operation }) =>
			parametersOf(NODE, {
				resource: String(resource.value),
				operation: String(operation.value),
			}).map(({ property }) => property.name),
		),
	);
	const fields = everyProperty(NODE).filter(
		({ name, type }) => type !== 'collection' && !['resource', 'operation'].includes(name),
	);
	expect(fields.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

test.each([
	['docs/trigger.md', TRIGGER],
	['docs/credential.md', CREDENTIAL],
] as Array<[string, INodeProperties[]]>)('%s has each field', (path, properties) => {
	const parameters = parametersOf(properties);
	expect(parameters.length).toBeGreaterThan(4);
	for (const parameter of parameters)
		expect(page(path)).toContain(row(parameter.label, parameter.path));
});

test('the README names every operation, and fits into the package', () => {
	const readme = page('README.md');
	for (const { operation } of OPERATIONS) expect(readme).toContain(operation.name);
	for (const heading of ['Credential', 'Trigger', 'Operations'])
		expect(readme).toContain(`\n## ${heading}\n`);
	expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(8000);
});
