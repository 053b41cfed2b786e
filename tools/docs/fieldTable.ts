import { code, table } from './markdown';
import { unitOf, type FieldTexts } from './outputFields';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Every field of an item with its value: objects opened unless they are maps, lists whose entries
 * are described (`field[].name`) as well.
 */
export function fieldsOf(
	item: Record<string, unknown>,
	texts: FieldTexts,
	path = '',
): Array<[path: string, value: unknown]> {
	return Object.entries(item).flatMap(([name, value]): Array<[string, unknown]> => {
		const here = `${path}${name}`;
		const opened = isObject(value) && !texts[here]?.[0].startsWith('map');
		const entries = Array.isArray(value) ? value.filter(isObject) : [];
		const described = Object.keys(texts).some((name) => name.startsWith(`${here}[].`));
		return [
			[here, value],
			...(opened ? fieldsOf(value, texts, `${here}.`) : []),
			...(described ? entries.flatMap((entry) => fieldsOf(entry, texts, `${here}[].`)) : []),
		];
	});
}

const TYPE_OF: Record<string, (value: unknown) => boolean> = {
	text: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	'yes/no': (value) => typeof value === 'boolean',
	list: Array.isArray,
	map: isObject,
	object: isObject,
};

/**
 * How real items differ from the descriptions of their fields: fields without a description,
 * descriptions without a field, other types.
 */
export function contradictions(
	items: Array<Record<string, unknown>>,
	texts: FieldTexts,
	sometimes: FieldTexts = {},
): string[] {
	const all = { ...sometimes, ...texts };
	const found = items.flatMap((item) => fieldsOf(item, all));
	const names = new Set(found.map(([path]) => path));
	return [
		...[...names]
			.filter((path) => all[path] === undefined)
			.map((path) => `${path} is not described`),
		...Object.keys(texts)
			.filter((path) => !names.has(path))
			.map((path) => `${path} is described, and in no example`),
		...found
			.filter(([path, value]) => {
				const type = all[path]?.[0];
				return (
					type !== undefined &&
					!(value === null ? type.endsWith('?') : TYPE_OF[type.replace('?', '')]!(value))
				);
			})
			.map(
				([path, value]) =>
					`${path} is ${JSON.stringify(value)}, and is described as ${all[path]![0]}`,
			),
	];
}

/** Fields without their type, and numbers without their unit. */
export function incomplete(texts: FieldTexts): string[] {
	return Object.entries(texts).flatMap(([path, text]) => {
		const type = text[0].replace('?', '');
		if (TYPE_OF[type] === undefined) return [`${path} has no type that is known`];
		const withoutUnit = type === 'number' && unitOf(path, text) === undefined;
		return withoutUnit ? [`${path} has no unit`] : [];
	});
}

/**
 * In the order in which the items show them, and what is inside a field right after it. The column
 * of units is left out where no field has one.
 */
export function fieldTable(texts: FieldTexts, items: Array<Record<string, unknown>> = []): string {
	const order = [...new Set(items.flatMap((item) => fieldsOf(item, texts).map(([path]) => path)))];
	const place = (path: string): number =>
		order.indexOf(path.split(/\[|\./)[0]!) * 1000 + order.indexOf(path);
	const rows = Object.entries(texts)
		.sort(([a], [b]) => place(a) - place(b))
		.map(([path, text]) => [
			code(path),
			text[0].replace('map', 'object').replace('?', ' or null'),
			unitOf(path, text) ?? '',
			text[1],
		]);
	const head = ['Field', 'Type', 'Unit', 'Meaning'];
	const withUnits = rows.some(([, , unit]) => unit !== '');
	const shown = (cells: string[]): string[] =>
		withUnits ? cells : cells.filter((_, column) => column !== 2);
	return table(shown(head), rows.map(shown));
}
