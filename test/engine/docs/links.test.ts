import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SynologyHyperBackupApi } from '../../../credentials/SynologyHyperBackupApi.credentials';
import { HyperBackup } from '../../../nodes/HyperBackup/HyperBackup.node';
import { HyperBackupTrigger } from '../../../nodes/HyperBackup/HyperBackupTrigger.node';
import { ROOT } from './generatedFile';
import { PAGES, readPage, type Page } from './markdownPage';

const REPOSITORY =
	'https://github.com/n8n-nodes-synology-hyper-backup/n8n-nodes-synology-hyper-backup';

/** Nothing is fetched here. A maintainer checks a new host once. */
const HOSTS = [
	'creators.n8n.io',
	'docs.duplicati.com',
	'docs.n8n.io',
	'garethgeorge.github.io',
	'github.com',
	'healthchecks.io',
	'keepachangelog.com',
	'n8n.io',
	'ntfy.sh',
	'semver.org',
];

const read = new Map<string, Page>();

function pageAt(file: string): Page {
	if (!read.has(file)) read.set(file, readPage(file));
	return read.get(file)!;
}

/** What is wrong with pointing at `path#anchor`; undefined if it is there. */
function wrongWithin(file: string, anchor: string | undefined): string | undefined {
	if (relative(ROOT, file).startsWith('..')) return 'outside of the project';
	if (!existsSync(file)) return 'no such file';
	const page = statSync(file).isDirectory() ? join(file, 'README.md') : file;
	if (anchor === undefined) return undefined;
	if (!page.endsWith('.md')) return `an anchor into ${relative(ROOT, page)}`;
	return pageAt(page).anchors.has(anchor) ? undefined : `no heading for #${anchor}`;
}

function wrongOutside(link: string): string | undefined {
	if (!URL.canParse(link)) return 'no valid address';
	const { protocol, hostname } = new URL(link);
	if (protocol !== 'https:') return `not https: ${protocol}`;
	return HOSTS.includes(hostname) ? undefined : `a host that is not on the list: ${hostname}`;
}

/** A link to this project's page on GitHub points at what is here. */
function wrongOnGitHub(link: string): string | undefined {
	const [path = '', anchor] = link.slice(REPOSITORY.length).split('#');
	if (path === '')
		return anchor === undefined || anchor === 'readme'
			? undefined
			: wrongWithin(join(ROOT, 'README.md'), anchor);
	const file = /^\/(?:blob|tree)\/main\/(.+)$/.exec(path)?.[1];
	if (file !== undefined) return wrongWithin(join(ROOT, file), anchor);
	return ['/issues', '/security/advisories/new', '/releases'].includes(path)
		? undefined
		: 'no page of a repository on GitHub';
}

function wrongWith(link: string, from: string): string | undefined {
	if (link.startsWith(REPOSITORY)) return wrongOnGitHub(link);
	if (/^[a-z][a-z+.-]*:/i.test(link)) return wrongOutside(link);
	const [path = '', anchor] = decodeURI(link).split('#');
	return wrongWithin(path === '' ? join(ROOT, from) : join(ROOT, dirname(from), path), anchor);
}

test.each(PAGES)('%s has no dead link', (path) => {
	const { links } = pageAt(join(ROOT, path));
	expect(
		links.map((link) => [link, wrongWith(link, path)]).filter(([, wrong]) => wrong !== undefined),
	).toEqual([]);
});

test('the check detects a dead link of each kind', () => {
	const dead = [
		'docs/no-such-page.md',
		'#no-such-heading',
		'docs/status.md#no-such-heading',
		'../outside.md',
		'http://n8n.io',
		'https://example.org',
		`${REPOSITORY}#no-such-heading`,
		`${REPOSITORY}/blob/main/docs/none.md`,
	];
	expect(dead.filter((link) => wrongWith(link, 'README.md') === undefined)).toEqual([]);
	expect(
		[
			'docs/status.md',
			'#trigger',
			'docs/operations.md#run-and-wait',
			`${REPOSITORY}#credential`,
		].filter((link) => wrongWith(link, 'README.md') !== undefined),
	).toEqual([]);
});

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

test.each([
	['the node', [new HyperBackup().description, json('nodes/HyperBackup/HyperBackup.node.json')], 2],
	[
		'the trigger',
		[new HyperBackupTrigger().description, json('nodes/HyperBackup/HyperBackupTrigger.node.json')],
		3,
	],
	['the credential', { ...new SynologyHyperBackupApi() }, 1],
	[
		'package.json',
		{ ...(json('package.json') as object), dependencies: {}, devDependencies: {} },
		1,
	],
])('%s points at nothing that is not there', (_what, holder, atLeast) => {
	const links = textsIn(holder)
		.flatMap((text) => text.match(/https:\/\/[^\s"'<>)]+/g) ?? [])
		.filter((link) => new URL(link).hostname !== 'nas.example.com');
	expect(links.length).toBeGreaterThanOrEqual(atLeast);
	const repositoryOnly = links.filter((link) => link !== `${REPOSITORY}.git`);
	expect(
		repositoryOnly
			.map((link) => [link, wrongWith(link, 'README.md')])
			.filter(([, wrong]) => wrong !== undefined),
	).toEqual([]);
});

test('every page of docs/ is linked from its index, and the index from the README', () => {
	const index = pageAt(join(ROOT, 'docs/README.md')).links.map((link) => link.split('#')[0]);
	expect(
		readdirSync(join(ROOT, 'docs')).filter(
			(name) => name.endsWith('.md') && name !== 'README.md' && !index.includes(name),
		),
	).toEqual([]);
	expect(pageAt(join(ROOT, 'README.md')).links).toContain('docs/README.md');
});

test('every picture is on a page', () => {
	const shown = PAGES.flatMap((path) =>
		pageAt(join(ROOT, path)).links.map((link) => join(dirname(path), link)),
	);
	expect(
		readdirSync(join(ROOT, 'docs/images')).filter(
			(name) => !shown.includes(join('docs/images', name)),
		),
	).toEqual([]);
});
