import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEWEST, OLDEST } from '../../../n8n-host/versions';
import { EVENTS } from '../../../nodes/HyperBackup/trigger/eventNames';
import { SENTENCES } from '../faults/sentences';
import { ROOT } from './generatedFile';
import { PAGES, readPage } from './markdownPage';

/** What pages name without linking it: commands, files, workflows, sentences of the nodes. */

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

/** Rooms of this project; what begins otherwise is no path in it. */
const ROOMS =
	/^(?:\.ci|bench|credentials|demo|docs|examples|n8n-host|nodes|simulator|test)\/[\w./-]*$/;

test.each(PAGES)('%s names commands and files that are there', (path) => {
	const { codes, blocks } = readPage(join(ROOT, path));
	const texts = [...codes, ...blocks.flatMap(([, text]) => text.split('\n'))];
	const commands = texts.flatMap((text) =>
		[...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name!),
	);
	expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
	const files = codes.filter((text) => ROOMS.test(text) || text === '.ci/run');
	expect(files.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

test('what the pages show as JSON is JSON', () => {
	const shown = PAGES.flatMap((path) => readPage(join(ROOT, path)).blocks).filter(
		([language]) => language === 'json',
	);
	expect(shown.length).toBeGreaterThan(30);
	for (const [, text] of shown) expect(typeof JSON.parse(text)).toBe('object');
});

test('docs/examples.md lists every example workflow, and no page names another', () => {
	const named = (page: string): string[] =>
		readPage(join(ROOT, page)).codes.filter((text) => /^[\w-]+\.json$/.test(text));
	const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.json'));
	expect([...named('docs/examples.md')].sort()).toEqual(examples.sort());
	expect(named('README.md').filter((name) => !examples.includes(name))).toEqual([]);
	expect(named('README.md').length).toBeGreaterThanOrEqual(5);
});

test('what the pages count and name by version is so', () => {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
	expect(readme).toContain(`${EVENTS.length} events`);
	for (const page of [readme, readFileSync(join(ROOT, 'docs/versions.md'), 'utf8')])
		for (const version of [NEWEST, OLDEST]) expect(page).toContain(version);
});

/** Every message that the faults produce in n8n. */
const SAID = Object.values(SENTENCES).flatMap((sentences) => Object.values(sentences));

/** Dots stand for what differs each time. */
const isSaid = (heading: string): boolean => {
	const parts = heading
		.split('...')
		.map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return SAID.some((sentence) => new RegExp(parts.join('.*')).test(sentence));
};

test('the sentences of the troubleshooting page and of the README are those of the nodes', () => {
	const { headings } = readPage(join(ROOT, 'docs/troubleshooting.md'));
	const sentences = headings.slice(
		headings.indexOf('Error messages') + 1,
		headings.indexOf('Other problems'),
	);
	expect(sentences).toHaveLength(10);
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
		.split('## When something is wrong')[1]!
		.split('\n## ')[0]!;
	const rows = [...readme.matchAll(/^\| (?!Error message|---)([^|]+) \|/gm)].map(
		([, sentence]) => sentence!,
	);
	expect(rows).toHaveLength(5);
	expect([...sentences, ...rows].filter((sentence) => !isSaid(sentence))).toEqual([]);
});
