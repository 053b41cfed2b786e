import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { ROOT } from './generatedFile';

const markdown = new MarkdownIt({ html: true, linkify: true });
// GitHub links what begins with https://, and nothing that only resembles a host name.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Every page of the project, by its path. */
export const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'CHANGELOG.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => join('docs', name)),
];

type Token = ReturnType<typeof markdown.parse>[number];

export interface Page {
	/** Everything it points at: links, pictures, and what stands in HTML. */
	links: string[];
	/** Where other pages can point to in it. */
	anchors: Set<string>;
	headings: string[];
	/** `like this`. */
	codes: string[];
	/** Blocks of code, with their language. */
	blocks: Array<[language: string, text: string]>;
}

const plain = (token: Token): string =>
	(token.children ?? [])
		.map(({ type, content }) =>
			['text', 'code_inline'].includes(type) ? content : type === 'softbreak' ? ' ' : '',
		)
		.join('');

/** `src`, `srcset` - which may name several with their widths - and `href`. */
function linksOfHtml(html: string): string[] {
	return [...html.matchAll(/\b(src|srcset|href)="([^"]*)"/g)].flatMap(([, attribute, value]) =>
		attribute === 'srcset' ? value!.split(',').map((one) => one.trim().split(/\s+/)[0]!) : [value!],
	);
}

export function readPage(file: string): Page {
	const page: Page = { links: [], anchors: new Set(), headings: [], codes: [], blocks: [] };
	const slugger = new GithubSlugger();
	const visit = (token: Token): void => {
		for (const attribute of ['href', 'src']) {
			const value: unknown = token.attrGet(attribute);
			if (typeof value === 'string') page.links.push(value);
		}
		if (token.type.startsWith('html_')) {
			page.links.push(...linksOfHtml(token.content));
			for (const [, name] of token.content.matchAll(/\b(?:id|name)="([^"]+)"/g))
				page.anchors.add(name!);
		}
		if (token.type === 'code_inline') page.codes.push(token.content);
		if (token.type === 'fence') page.blocks.push([token.info.trim(), token.content]);
		token.children?.forEach(visit);
	};
	const tokens = markdown.parse(readFileSync(file, 'utf8'), {});
	for (const [index, token] of tokens.entries()) {
		visit(token);
		if (token.type !== 'heading_open') continue;
		const heading = plain(tokens[index + 1]!);
		page.headings.push(heading);
		page.anchors.add(slugger.slug(heading));
	}
	return page;
}
