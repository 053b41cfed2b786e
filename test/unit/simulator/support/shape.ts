/**
 * The shape of a JSON value: each path with its types. Elements of an array count as one:
 * `list[].name`.
 */
export type Shape = Map<string, Set<string>>;

const typeOf = (value: unknown): string =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

export function shapeOf(value: unknown, path = '', shape: Shape = new Map()): Shape {
	shape.set(path, (shape.get(path) ?? new Set()).add(typeOf(value)));
	if (Array.isArray(value)) {
		for (const element of value) shapeOf(element, `${path}[]`, shape);
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, one] of Object.entries(value))
			shapeOf(one, path === '' ? key : `${path}.${key}`, shape);
	}
	return shape;
}

const below = (path: string, parents: string[]): boolean =>
	parents.some(
		(parent) => path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`),
	);

/**
 * How a response differs in shape from a capture. `beyond` are paths that the capture was trimmed
 * of, `different`
 * paths whose content belongs to another API or device than the simulated one.
 */
export function differences(
	capture: unknown,
	response: unknown,
	{ beyond = [], different = [] }: { beyond?: string[]; different?: string[] },
): string[] {
	const there = shapeOf(capture);
	const served = shapeOf(response);
	const emptyArrays = [...there.keys()].filter(
		(path) =>
			there.get(path)!.has('array') && ![...there.keys()].some((one) => one === `${path}[]`),
	);
	const found: string[] = [];
	for (const [path, types] of there) {
		if (below(path, different)) continue;
		const ours = [...(served.get(path) ?? [])].sort().join('|');
		const theirs = [...types].sort().join('|');
		if (ours !== theirs) found.push(`${path}: captured ${theirs}, served ${ours || 'nothing'}`);
	}
	for (const path of served.keys()) {
		const known = there.has(path) || below(path, [...beyond, ...different]);
		const inEmpty = emptyArrays.some((array) => path.startsWith(`${array}[]`));
		if (!known && !inEmpty) found.push(`${path}: served, and not in the capture`);
	}
	const unused = beyond.filter((path) => there.has(path) || !served.has(path));
	return [...found, ...unused.map((path) => `${path}: listed as trimmed for nothing`)];
}
