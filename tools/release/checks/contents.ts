import { posix } from 'node:path';
import type { Check } from '../Release';

/** dist/package.json is where the code reads its version from. */
const ALLOWED =
	/^(dist\/(nodes|credentials)\/.*\.(js|json|svg)|dist\/package\.json|package\.json|README\.md|LICENSE|index\.js)$/;

const REQUIRED = ['README.md', 'LICENSE', 'package.json', 'dist/package.json', 'index.js'];

/**
 * What a user downloads, in bytes. The code is published as it was written, with its comments
 * (docs/decisions/no-bundling.md): growth is noticed here.
 */
const MOST = 195_000;

export const contents: Check = ({ packed, size }) => {
	const names = [...packed.texts.keys()];
	return [
		...names
			.filter((name) => !ALLOWED.test(name))
			.map((name) => `${name}: does not belong in the package`),
		...REQUIRED.filter((name) => !packed.texts.has(name)).map((name) => `${name}: is missing`),
		...(size > MOST ? [`The tarball has ${size} bytes, more than ${MOST}`] : []),
	];
};

/** Readable code needs no source map; a reference to one makes debuggers request a missing file. */
export const sourceMaps: Check = ({ packed }) =>
	[...packed.texts]
		.filter(([name, text]) => name.endsWith('.js') && text.includes('//# sourceMappingURL'))
		.map(([name]) => `${name}: refers to a source map`);

const ICON = /file:([\w./-]+)/g;

const isSquare = (svg: string): boolean => {
	const [, , width, height] =
		/viewBox="([\d.-]+)[ ,]+([\d.-]+)[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(svg)?.slice(1) ?? [];
	return width !== undefined && width === height;
};

/** Each node and credential brings its icons along. */
export const icons: Check = ({ packed: { texts } }) => {
	const used = new Set<string>();
	const found: string[] = [];
	for (const name of [...texts.keys()].filter((key) => /\.(node|credentials)\.js$/.test(key))) {
		const own = [...texts.get(name)!.matchAll(ICON)].map(([, path]) =>
			posix.join(posix.dirname(name), path!),
		);
		if (new Set(own).size < 2) found.push(`${name}: needs an icon for light and one for dark`);
		for (const icon of own) used.add(icon);
	}
	for (const icon of used) {
		const svg = texts.get(icon);
		if (svg === undefined) found.push(`${icon}: is an icon, and not published`);
		else if (!isSquare(svg)) found.push(`${icon}: is not a square SVG`);
	}
	return found;
};

interface Codex {
	node?: string;
	nodeVersion?: string;
	codexVersion?: string;
	categories?: string[];
	resources?: { primaryDocumentation?: unknown[]; credentialDocumentation?: unknown[] };
}

function codexOf(texts: Map<string, string>, node: string, packageName: string): string[] {
	const path = node.replace(/\.js$/, '.json');
	const text = texts.get(path);
	if (text === undefined) return [`${path}: the codex file is missing`];
	const codex = JSON.parse(text) as Codex;
	const name = /\bname: '(\w+)'/.exec(texts.get(node)!)?.[1];
	const wrong: Array<[boolean, string]> = [
		[codex.node !== `${packageName}.${name}`, `node has to be ${packageName}.${name}`],
		[!/^\d+\.\d+$/.test(codex.nodeVersion ?? ''), 'nodeVersion is missing'],
		[!/^\d+\.\d+$/.test(codex.codexVersion ?? ''), 'codexVersion is missing'],
		[(codex.categories ?? []).length === 0, 'categories is empty'],
		[!codex.resources?.primaryDocumentation?.length, 'primaryDocumentation is missing'],
		[!codex.resources?.credentialDocumentation?.length, 'credentialDocumentation is missing'],
	];
	return wrong.filter(([is]) => is).map(([, sentence]) => `${path}: ${sentence}`);
}

/** Each node has its codex file, which belongs to it. */
export const codex: Check = ({ packed: { texts }, manifest }) =>
	[...texts.keys()]
		.filter((name) => name.endsWith('.node.js'))
		.flatMap((name) => codexOf(texts, name, String(manifest.name)));
