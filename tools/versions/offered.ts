import type { Registry } from './registry';

/** What the registry offers of n8n. */
export interface Offered {
	/** What n8n recommends: its tag `stable`, or `latest`. */
	stable: string;
	/** The highest version that is no preview and can be installed. */
	newest: string;
	/** Higher ones that cannot, and why: a registry may show n8n before its parts. */
	incomplete: string[];
}

/** What an n8n needs, by its own package.json. */
export interface Release {
	n8n: string;
	core: string;
	workflow: string;
	sqlite3: string;
	/** Its `engines.node`. */
	node: string;
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

export const isVersion = (text: unknown): text is string =>
	typeof text === 'string' && VERSION.test(text);

/** Positive where `a` is the newer one. */
export function compareVersions(a: string, b: string): number {
	const [left, right] = [a, b].map((text) => VERSION.exec(text)!.slice(1).map(Number));
	const at = left!.findIndex((part, index) => part !== right![index]);
	return at < 0 ? 0 : left![at]! - right![at]!;
}

/** Of the highest versions, this many are tried. */
const TRIES = 10;

const PARTS = ['n8n-core', 'n8n-workflow', 'n8n-nodes-base'];

type Manifest = { dependencies?: Record<string, string>; engines?: { node?: string } } | undefined;

const manifestOf = (registry: Registry, version: string): Manifest =>
	registry.view(`n8n@${version}`, 'dependencies', 'engines') as Manifest;

/** The part of an n8n that the registry does not have. */
function missingPart(registry: Registry, version: string): string | undefined {
	const { dependencies = {} } = manifestOf(registry, version) ?? {};
	return PARTS.filter((name) => isVersion(dependencies[name]))
		.map((name) => `${name}@${dependencies[name]}`)
		.find((part) => registry.view(part, 'version') === undefined);
}

/** Nothing below `tested` is searched. */
export function offered(registry: Registry, tested: string): Offered {
	const listed = (registry.view('n8n', 'dist-tags', 'versions') ?? {}) as {
		'dist-tags'?: Record<string, string>;
		versions?: unknown[];
	};
	const { 'dist-tags': tags = {}, versions = [] } = listed;
	const stable = tags.stable ?? tags.latest;
	if (!isVersion(stable)) throw new Error('The registry names no version of n8n');
	const newer = versions
		.filter(isVersion)
		.filter((version) => compareVersions(version, tested) > 0)
		.sort((a, b) => compareVersions(b, a));
	const incomplete: string[] = [];
	for (const version of newer.slice(0, TRIES)) {
		const missing = missingPart(registry, version);
		if (missing === undefined) return { stable, newest: version, incomplete };
		incomplete.push(`n8n ${version}, since ${missing} is missing`);
	}
	return { stable, newest: tested, incomplete };
}

export function releaseOf(registry: Registry, version: string): Release {
	const manifest = manifestOf(registry, version);
	if (manifest === undefined) throw new Error(`The registry has no n8n ${version}`);
	const missing = missingPart(registry, version);
	if (missing !== undefined)
		throw new Error(`n8n ${version} cannot be installed: the registry has no ${missing}`);
	const exact = (name: string): string => {
		const wanted = manifest.dependencies?.[name];
		if (!isVersion(wanted)) throw new Error(`n8n ${version} names no exact version of ${name}`);
		return wanted;
	};
	return {
		n8n: version,
		core: exact('n8n-core'),
		workflow: exact('n8n-workflow'),
		sqlite3: exact('sqlite3'),
		node: manifest.engines?.node ?? '',
	};
}
