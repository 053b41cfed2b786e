import { codex, contents, icons, sourceMaps } from '../../../tools/release/checks/contents';
import { disabledRules, forbiddenCode } from '../../../tools/release/checks/code';
import { stockLint } from '../../../tools/release/checks/lintSetup';
import { dependencies, manifestFields, n8nBlock } from '../../../tools/release/checks/manifest';
import { changelog, license, readme } from '../../../tools/release/checks/pages';
import { publisher, toFillIn } from '../../../tools/release/checks/publisher';
import { fillIn } from '../../../tools/release/fillIn';
import { parsePublisher } from '../../../tools/release/publisher';
import { openRelease, type Check, type Release } from '../../../tools/release/Release';
import { ProjectCopy } from './projectCopy';

const TODAY = '2030-01-02';
const NODE = 'dist/nodes/HyperBackup/HyperBackup.node.js';
const NODE_SOURCE = 'nodes/HyperBackup/HyperBackup.node.ts';
const CODEX = 'dist/nodes/HyperBackup/HyperBackup.node.json';
const LIGHT = 'dist/nodes/HyperBackup/hyperBackup.svg';
const DARK = 'dist/nodes/HyperBackup/hyperBackup.dark.svg';
const PUBLISHER = 'tools/release/publisher.json';

/** The real values or their placeholders stand in the project: these tests hold for both. */
const ADA = {
	author: 'Ada Lovelace',
	email: 'ada@lovelace.dev',
	repository: 'ada/n8n-nodes-synology-hyper-backup',
};

let project: ProjectCopy;
let release: Release & { close: () => void };

beforeAll(() => {
	project = new ProjectCopy();
	const { version } = JSON.parse(project.read('package.json')) as { version: string };
	project.edit('CHANGELOG.md', (text) => text.replace(/^## \d.*$/m, `## ${version} - ${TODAY}`));
	project.edit(PUBLISHER, () => JSON.stringify(ADA));
	fillIn(project.root, [
		'package.json',
		'LICENSE',
		'credentials/SynologyHyperBackupApi.credentials.ts',
		'nodes/HyperBackup/HyperBackup.node.json',
		'nodes/HyperBackup/HyperBackupTrigger.node.json',
	]);
	project.build();
	release = openRelease(project.root, { publish: false, today: TODAY });
});

afterAll(() => {
	release?.close();
	project?.close();
});

type Plant = (planted: Release) => void;

/** What a check finds in the release in which something was planted. */
function findings(check: Check, plant: Plant = () => {}, publish = false): string[] {
	const { packed, sources, manifest, publisher: own, ...rest } = release;
	const copy = {
		...rest,
		packed: { ...packed, texts: new Map(packed.texts) },
		sources: { ...sources, texts: new Map(sources.texts) },
		manifest: structuredClone(manifest),
		publisher: { ...own },
		publish,
	};
	plant(copy);
	return check(copy);
}

const manifest =
	(change: (content: Record<string, any>) => void): Plant =>
	(planted) =>
		change(planted.manifest);
const edit =
	(path: string, change: (text: string) => string): Plant =>
	({ packed, sources }) => {
		const { texts } = packed.texts.has(path) ? packed : sources;
		const before = texts.get(path)!;
		const after = change(before);
		// A plant that changes nothing is a fault of the test.
		expect(after).not.toBe(before);
		texts.set(path, after);
	};
const append = (path: string, text: string) => edit(path, (before) => `${before}\n${text}\n`);
const replace = (path: string, from: string | RegExp, to: string) =>
	edit(path, (text) => text.replace(from, to));
const remove =
	(path: string): Plant =>
	({ packed }) =>
		expect(packed.texts.delete(path)).toBe(true);

describe('the whole check, as it is called', () => {
	test('finds nothing in the project, and names what is open before publishing', () => {
		const { lines, code } = project.check('--today', TODAY);
		expect(lines.slice(1)).toEqual(['0 findings']);
		expect(code).toBe(0);
	});

	test('finds a placeholder, a runtime dependency and a disabled rule that were planted', () => {
		project.editJson('package.json', (content) => {
			content.author = { name: 'Your Name', email: 'you@example.com' };
			content.dependencies = { lodash: '^4.17.21' };
		});
		project.edit(
			NODE_SOURCE,
			(text) => `/* eslint-disable no-console */\nconsole.log('hidden');\n${text}`,
		);
		project.edit('eslint.config.mjs', (text) =>
			text.replace('default config', "default [...config, { rules: { 'no-console': 'off' } }]"),
		);
		const { lines, code } = project.check('--today', TODAY);
		const report = lines.join('\n');
		expect(code).toBe(1);
		for (const finding of [
			`package.json: author is not what ${PUBLISHER} says`,
			'package.json: dependencies has to be empty',
			`${NODE_SOURCE}:1: eslint-disable disables a rule`,
			"eslint.config.mjs: is not n8n's stock configuration",
			`The rule no-console is disabled for ${NODE_SOURCE}`,
			`${NODE_SOURCE}:2: no-console: Unexpected console statement.`,
			'The scan of the sources: ESLint violations found',
			'The scan of the tarball: ESLint violations found',
		])
			expect(report).toContain(finding);
	});
});

const PLANTED: Array<[string, Check, Plant, RegExp]> = [
	[
		'a name of another kind',
		manifestFields,
		manifest((content) => (content.name = 'synology-hyper-backup')),
		/name 'synology-hyper-backup' has to begin with n8n-nodes-/,
	],
	[
		"n8n's keyword missing",
		manifestFields,
		manifest((content) => (content.keywords = ['n8n'])),
		/keyword n8n-community-node-package/,
	],
	[
		'another license',
		manifestFields,
		manifest((content) => (content.license = 'ISC')),
		/license has to be MIT/,
	],
	[
		'a private package',
		manifestFields,
		manifest((content) => (content.private = true)),
		/private package/,
	],
	[
		'a runtime dependency',
		dependencies,
		manifest((content) => (content.dependencies = { zod: '*' })),
		/dependencies has to be empty/,
	],
	[
		'a second peer',
		dependencies,
		manifest((content) => (content.peerDependencies['n8n-core'] = '*')),
		/peerDependencies has to be n8n-workflow/,
	],
	[
		'an install script',
		dependencies,
		manifest((content) => (content.scripts.postinstall = 'node x.js')),
		/script postinstall is not allowed/,
	],
	[
		'a node that is not published',
		n8nBlock,
		remove(NODE),
		/n8n\.nodes names dist\/nodes\/HyperBackup\/HyperBackup\.node\.js, which is not published/,
	],
	[
		'a node that n8n does not load',
		n8nBlock,
		manifest((content) => content.n8n.nodes.pop()),
		/n8n\.nodes does not name .*HyperBackupTrigger\.node\.js/,
	],
	[
		'strict mode switched off',
		n8nBlock,
		manifest((content) => (content.n8n.strict = false)),
		/n8n\.strict has to be true/,
	],
	[
		'a test in the package',
		contents,
		({ packed }) => packed.texts.set('dist/nodes/HyperBackup/x.test.ts', 'test'),
		/x\.test\.ts: does not belong in the package/,
	],
	[
		'a tarball that has grown',
		contents,
		(planted) => (planted.size = 1_000_000),
		/has 1000000 bytes, more than \d+/,
	],
	[
		'a reference to a source map',
		sourceMaps,
		append(NODE, '//# sourceMappingURL=HyperBackup.node.js.map'),
		/refers to a source map/,
	],
	[
		'an icon that is not published',
		icons,
		remove(DARK),
		/hyperBackup\.dark\.svg: is an icon, and not published/,
	],
	[
		'an icon that is not square',
		icons,
		replace(LIGHT, /viewBox="[^"]+"/, 'viewBox="0 0 40 60"'),
		/hyperBackup\.svg: is not a square SVG/,
	],
	['a codex file missing', codex, remove(CODEX), /codex file is missing/],
	[
		'the codex file of another node',
		codex,
		replace(CODEX, 'synology-hyper-backup.hyperBackup"', 'synology-hyper-backup.other"'),
		/node has to be n8n-nodes-synology-hyper-backup\.hyperBackup/,
	],
	[
		'a rule disabled in the sources',
		disabledRules,
		append(NODE_SOURCE, '// eslint-disable-next-line no-console'),
		/HyperBackup\.node\.ts:\d+: eslint-disable-next-line disables a rule/,
	],
	[
		'a rule disabled in the package',
		disabledRules,
		append(NODE, '/* eslint no-console: 0 */'),
		/HyperBackup\.node\.js:\d+: eslint no-console: disables a rule/,
	],
	['output', forbiddenCode, append(NODE, "console.log('x');"), /uses console/],
	['the environment', forbiddenCode, append(NODE, 'exports.x = process.env.X;'), /uses process/],
	[
		'the file system',
		forbiddenCode,
		append(NODE, "require('node:fs').readFileSync('/etc/passwd');"),
		/requires node:fs/,
	],
	[
		'a module by a computed name',
		forbiddenCode,
		append(NODE, "require(['f', 's'].join(''));"),
		/requires a computed name/,
	],
	[
		"a change of n8n's lint configuration",
		stockLint,
		replace('eslint.config.mjs', 'default config', 'default [...config]'),
		/is not n8n's stock configuration/,
	],
	[
		'a configuration that ESLint takes first',
		stockLint,
		({ sources }) => sources.texts.set('eslint.config.js', 'module.exports = [];'),
		/eslint\.config\.js: changes n8n's stock configuration/,
	],
	[
		'a lint that leaves the credentials out',
		stockLint,
		manifest((content) => (content.scripts.lint = 'eslint nodes package.json')),
		/script lint has to run/,
	],
	[
		'a version without its part of the changelog',
		changelog,
		manifest((content) => (content.version = '99.0.0')),
		/has no part "## 99\.0\.0 - yyyy-mm-dd"/,
	],
	[
		'a version without a date',
		changelog,
		replace('CHANGELOG.md', ` - ${TODAY}`, ''),
		/heading of [\d.]+ has to be/,
	],
	[
		'a date in the future',
		changelog,
		replace('CHANGELOG.md', TODAY, '2030-02-01'),
		/2030-02-01 is in the future/,
	],
	[
		'a README without the credential',
		readme,
		replace('README.md', '## Credential', '## Account'),
		/no section about the credential/,
	],
	['a license of another text', license, replace('LICENSE', 'MIT', 'ISC'), /not the MIT license/],
	[
		'an author of a template',
		publisher,
		(planted) => (planted.publisher.author = 'Your Name'),
		/(author is not what|"author" is a placeholder: Your Name)/,
	],
	[
		"a repository that is not the publisher's",
		publisher,
		manifest((content) => (content.repository.url = 'git+https://github.com/x/y.git')),
		/repository is not what tools\/release\/publisher\.json says/,
	],
	[
		'a link to another repository of this name',
		publisher,
		replace(CODEX, 'github.com/ada/', 'github.com/mallory/'),
		/links to mallory\/n8n-nodes-synology-hyper-backup/,
	],
];

describe.each(PLANTED)('%s', (_what, check, plant, sentence) => {
	test('is found, and not found where it is not', () => {
		expect(findings(check)).toEqual([]);
		const found = findings(check, plant);
		expect(found.length).toBeGreaterThan(0);
		for (const finding of found) expect(finding).toMatch(sentence);
	});
});

describe('what is filled in before the first release', () => {
	const unfilled: Plant = (planted) => {
		planted.publisher.author = 'The n8n-nodes-synology-hyper-backup authors';
		planted.manifest.author = { name: planted.publisher.author, email: ADA.email };
	};

	test('is named and accepted in between, and refused for publishing', () => {
		expect(findings(toFillIn, unfilled)).toEqual(['author']);
		expect(findings(publisher, unfilled)).toEqual([]);
		expect(findings(publisher, unfilled, true)).toEqual([
			expect.stringContaining('"author" is still a placeholder'),
		]);
		expect(findings(toFillIn)).toEqual([]);
	});

	test('reaches package.json, the license and the links from one file', () => {
		const url = 'https://github.com/ada/n8n-nodes-synology-hyper-backup';
		expect(release.manifest).toMatchObject({
			author: { name: 'Ada Lovelace', email: 'ada@lovelace.dev' },
			homepage: `${url}#readme`,
			repository: { url: `git+${url}.git` },
			bugs: { url: `${url}/issues` },
		});
		expect(release.packed.texts.get('LICENSE')).toContain('Copyright (c) 2026 Ada Lovelace');
		expect(release.packed.texts.get(CODEX)).toContain(`${url}#readme`);
	});

	test('is complete', () => {
		expect(() => parsePublisher('{"author": "Ada", "email": "ada@lovelace.dev"}')).toThrow(
			'"repository" is missing',
		);
		expect(() =>
			parsePublisher(JSON.stringify({ ...ADA, repository: 'https://github.com/ada/x' })),
		).toThrow('owner/name');
	});
});

test('a version with an old date, or with entries above it, is refused for publishing', () => {
	const old = replace('CHANGELOG.md', TODAY, '2029-12-01');
	expect(findings(changelog, old)).toEqual([]);
	expect(findings(changelog, old, true)).toEqual([
		expect.stringContaining('2029-12-01 is not the day of the release'),
	]);
	const more = replace('CHANGELOG.md', /^## /m, '## Unreleased\n\n- More\n\n## ');
	expect(findings(changelog, more)).toEqual([]);
	expect(findings(changelog, more, true)).toEqual([expect.stringContaining('"Unreleased"')]);
});
