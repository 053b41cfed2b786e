import type { Check, Release } from '../Release';

const NAME = /^(@[\w.-]+\/)?n8n-nodes-[\w.-]+$/;

/** npm runs these on the machine that installs, or on every pack. */
const FORBIDDEN_SCRIPTS = [
	'preinstall',
	'install',
	'postinstall',
	'prepublish',
	'preprepare',
	'prepare',
	'postprepare',
];

const keysOf = (value: unknown): string[] => Object.keys((value ?? {}) as object);

/** Wrong package.json fields, by n8n's rules for verified packages. */
export const manifestFields: Check = ({ manifest, packed }) => {
	const found: string[] = [];
	const expect = (holds: boolean, sentence: string): void => {
		if (!holds) found.push(`package.json: ${sentence}`);
	};
	const { name, version, license, description, keywords, main, files } = manifest;
	expect(NAME.test(String(name)), `the name '${String(name)}' has to begin with n8n-nodes-`);
	expect(/^\d+\.\d+\.\d+$/.test(String(version)), 'the version has to be x.y.z');
	expect(license === 'MIT', 'the license has to be MIT');
	expect(/\w/.test(String(description ?? '')), 'a description is missing');
	expect(
		Array.isArray(keywords) && keywords.includes('n8n-community-node-package'),
		'the keyword n8n-community-node-package is missing',
	);
	expect(packed.texts.has(String(main)), `main names '${String(main)}', which is not published`);
	expect(JSON.stringify(files) === '["dist"]', 'files has to be ["dist"]');
	expect(manifest.private === undefined, 'a private package cannot be published');
	return found;
};

/** A verified package brings nothing along, and gets n8n-workflow from n8n. */
export const dependencies: Check = ({ manifest }) => {
	const found = [
		'dependencies',
		'optionalDependencies',
		'bundledDependencies',
		'bundleDependencies',
	]
		.filter((field) => keysOf(manifest[field]).length > 0)
		.map((field) => `package.json: ${field} has to be empty`);
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}')
		found.push('package.json: peerDependencies has to be n8n-workflow "*", and nothing else');
	if (manifest.overrides !== undefined) found.push('package.json: overrides is not allowed');
	for (const script of keysOf(manifest.scripts).filter((key) => FORBIDDEN_SCRIPTS.includes(key)))
		found.push(`package.json: the script ${script} is not allowed`);
	return found;
};

const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

function registered({ packed }: Release, field: string, paths: string[], suffix: string): string[] {
	const folder = `dist/${field}/`;
	const built = [...packed.texts.keys()].filter(
		(name) => name.startsWith(folder) && name.endsWith(suffix),
	);
	return [
		...paths
			.filter((path) => !packed.texts.has(path))
			.map((path) => `package.json: n8n.${field} names ${path}, which is not published`),
		...built
			.filter((path) => !paths.includes(path))
			.map((path) => `package.json: n8n.${field} does not name ${path}`),
	];
}

/** What n8n loads. */
export const n8nBlock: Check = (release) => {
	const { n8nNodesApiVersion, strict, nodes, credentials } = (release.manifest.n8n ?? {}) as Record<
		string,
		unknown
	>;
	const found = [
		...registered(release, 'nodes', list(nodes), '.node.js'),
		...registered(release, 'credentials', list(credentials), '.credentials.js'),
	];
	if (list(nodes).length === 0) found.push('package.json: n8n.nodes is empty');
	if (n8nNodesApiVersion !== 1) found.push('package.json: n8n.n8nNodesApiVersion has to be 1');
	if (strict !== true) found.push('package.json: n8n.strict has to be true');
	return found;
};
