import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const FOLDER = join(ROOT, 'docs/templates');

interface Workflow {
	nodes: Array<{ name: string }>;
}

const TEMPLATES = readdirSync(FOLDER)
	.filter((name) => name !== 'README.md')
	.map((name) => name.replace(/\.md$/, ''));

const read = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

/** n8n's guidelines for templates: what a description has to say. */
const SECTIONS = [
	'Who is it for',
	'How it works',
	'How to set up',
	'Requirements',
	'How to customize',
];

test('there are four', () => {
	expect(TEMPLATES).toHaveLength(4);
});

test('each shows a picture of its own, which there is for both themes', () => {
	const pictures = TEMPLATES.map(
		(name) => /!\[.+\]\(\.\.\/images\/(.+)-light\.png\)/.exec(read(name))?.[1],
	);
	expect(new Set(pictures).size).toBe(4);
	for (const picture of pictures)
		for (const theme of ['light', 'dark'])
			expect(existsSync(join(ROOT, `docs/images/${picture}-${theme}.png`))).toBe(true);
});

describe.each(TEMPLATES)('the template %s', (name) => {
	const page = read(name);
	const { nodes } = JSON.parse(
		readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8'),
	) as Workflow;

	test('has a title, every section and a screenshot', () => {
		expect(/^# (.+)$/m.exec(page)![1]!.length).toBeLessThan(80);
		const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual(SECTIONS);
		const [, image] = /!\[.+\]\(\.\.\/images\/(.+)\)/.exec(page)!;
		expect(existsSync(join(ROOT, 'docs/images', image!))).toBe(true);
	});

	test('names only nodes that the workflow has', () => {
		const setup = page.split('## How to set up')[1]!.split('## ')[0]!;
		const named = [...setup.matchAll(/\b(?:in|replace) ((?:\*[^*]+\*(?:, | and )?)+)/g)].flatMap(
			([, names]) => [...names!.matchAll(/\*([^*]+)\*/g)].map(([, node]) => node!),
		);
		expect(named.length).toBeGreaterThan(0);
		const known = nodes.map((node) => node.name);
		expect(named.filter((node) => !known.includes(node))).toEqual([]);
	});
});
