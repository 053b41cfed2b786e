import type { INodeProperties, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';
import { asSentence, code, table, withoutHtml } from './markdown';

export interface Parameter {
	/** As a workflow stores it: `options.timeout`. */
	path: string;
	/** As a user finds it: "Options > Timeout". */
	label: string;
	property: INodeProperties;
	shownWhen: string;
}

/** Which form: a node's resource and operation; nothing for a node that has just one. */
export type Form = Record<string, string>;

const isProperty = (option: unknown): option is INodeProperties =>
	typeof option === 'object' && option !== null && 'type' in option;

const choices = ({ options }: INodeProperties): INodePropertyOptions[] =>
	(options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);

/** What a collection or a group of one holds. */
const nested = ({ options }: INodeProperties): INodeProperties[] =>
	(options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.map((value) => inGroup(option.name, value));
		return isProperty(option) ? [option] : [];
	});

const inGroup = (group: string, property: INodeProperties): INodeProperties => ({
	...property,
	name: `${group}.${property.name}`,
});

/** In words, what has to be chosen elsewhere; undefined if this form never shows it. */
function shownWhen(
	property: INodeProperties,
	form: Form,
	all: INodeProperties[],
): string | undefined {
	const conditions: string[] = [];
	for (const [path, wanted] of Object.entries(property.displayOptions?.show ?? {})) {
		const name = path.replace(/^\//, '');
		const values = wanted as NodeParameterValue[];
		if (form[name] !== undefined) {
			if (!values.includes(form[name])) return undefined;
			continue;
		}
		const other = all.find((one) => one.name === name && shownWhen(one, form, all) !== undefined);
		if (!other) throw new Error(`'${property.name}' is shown by '${path}', which does not exist`);
		// What this form settles by itself is no condition for a user.
		if (other.type === 'hidden') {
			if (!values.includes(other.default as NodeParameterValue)) return undefined;
			continue;
		}
		const said = values.map((value) =>
			value === true
				? 'on'
				: value === false
					? 'off'
					: `*${choices(other).find((choice) => choice.value === value)?.name ?? String(value)}*`,
		);
		conditions.push(
			`*${other.displayName}* ${other.type === 'multiOptions' ? 'has' : 'is'} ${said.join(' or ')}`,
		);
	}
	for (const [path, values] of Object.entries(property.displayOptions?.hide ?? {})) {
		const other = all.find(({ name }) => name === path)!;
		conditions.push(`*${other.displayName}* is ${values?.[0] === true ? 'off' : 'filled in'}`);
	}
	return conditions.join(', ');
}

/** Every parameter of a form, those in collections too, in the order of the editor. */
export function parametersOf(properties: INodeProperties[], form: Form = {}): Parameter[] {
	const walk = (
		list: INodeProperties[],
		path: string,
		label: string,
		condition: string,
	): Parameter[] =>
		list.flatMap((property) => {
			const own = shownWhen(property, form, properties);
			if (own === undefined || property.type === 'hidden') return [];
			const when = [condition, own].filter((part) => part !== '').join(', ');
			const parameter = {
				path: `${path}${property.name}`,
				label: `${label}${property.displayName}`,
				property,
				shownWhen: when,
			};
			return [
				parameter,
				...walk(nested(property), `${parameter.path}.`, `${parameter.label} > `, when),
			];
		});
	return walk(
		properties.filter(({ name }) => form[name] === undefined),
		'',
		'',
		'',
	).filter(({ property }) => property.type !== 'collection');
}

const TYPES: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'switch',
	number: 'number',
	dateTime: 'date and time',
	json: 'JSON',
	fixedCollection: 'list',
	string: 'text',
	options: 'choice',
	multiOptions: 'any of a list',
	resourceLocator: 'task',
};

function typeOf(property: INodeProperties): string {
	const { minValue, maxValue, password } = property.typeOptions ?? {};
	const range = [
		minValue === undefined ? '' : `at least ${minValue}`,
		maxValue === undefined ? '' : `at most ${maxValue}`,
	]
		.filter((part) => part !== '')
		.join(', ');
	const type = TYPES[property.type];
	if (!type) throw new Error(`No word for the type '${property.type}' of '${property.name}'`);
	return `${type}${password ? ', kept secret' : ''}${range === '' ? '' : `, ${range}`}`;
}

function defaultOf(property: INodeProperties): string {
	const value = property.default as unknown;
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const named = (one: unknown): string =>
		choices(property).find((choice) => choice.value === one)?.name ?? String(one);
	if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(named).join(', ');
	if (typeof value === 'object' || value === '') return '';
	return named(value);
}

function descriptionOf(property: INodeProperties): string {
	const parts = property.description ? [asSentence(withoutHtml(property.description))] : [];
	if (property.hint) parts.push(asSentence(property.hint));
	// What has an action of its own - operations, events - is described where it belongs.
	const listed = choices(property).filter(({ action }) => action === undefined);
	if (listed.length > 0)
		parts.push(
			`${listed.map(({ name, value }) => `*${name}* (${code(String(value))})`).join(', ')}.`,
		);
	for (const mode of property.modes ?? [])
		parts.push(`*${mode.displayName}* (${code(mode.name)})${mode.hint ? `: ${mode.hint}` : ''}.`);
	if (property.placeholder && property.type === 'string')
		parts.push(`${property.placeholder.replace(/^e\.g\. (.+)$/, 'For example `$1`')}.`);
	return parts.join(' ');
}

/** Columns that are empty throughout are left out. */
export function parameterTable(parameters: Parameter[], what = 'Parameter'): string {
	const preset = (property: INodeProperties): string =>
		[defaultOf(property), property.required ? '(needed)' : '']
			.filter((part) => part !== '')
			.join(' ');
	const rows = parameters.map(({ label, path, property, shownWhen: when }) => [
		label,
		code(path),
		typeOf(property),
		preset(property),
		when,
		descriptionOf(property),
	]);
	const head = [what, 'Internal name', 'Type', 'Default', 'Shown when', 'Description'];
	const kept = head.map((_, column) => rows.some((row) => row[column] !== ''));
	const filter = (cells: string[]): string[] => cells.filter((_, column) => kept[column]);
	return table(filter(head), rows.map(filter));
}
