import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Code nodes of the workflow, and the files each is put together from, in their order. */
export const CODE: Record<string, string[]> = {
	Remember: ['remember.js'],
	Draw: [
		'calendar.js',
		'mail.js',
		'canvas.js',
		'glyphs.js',
		'text.js',
		'picture.js',
		'huffman.js',
		'deflate.js',
		'png.js',
		'draw.js',
	],
};

export const WORKFLOW = join(__dirname, '..', 'backup-calendar.json');

interface Workflow {
	nodes: Array<{ name: string; parameters: { jsCode?: string } }>;
}

export const sourceOf = (node: string): string =>
	CODE[node]!.map((file) => readFileSync(join(__dirname, file), 'utf8').trimEnd()).join('\n\n');

/** The workflow's text with the Code nodes made from their files; everything else is edited in the workflow itself. */
export function build(text: string): string {
	const workflow = JSON.parse(text) as Workflow;
	for (const name of Object.keys(CODE))
		workflow.nodes.find((node) => node.name === name)!.parameters.jsCode = sourceOf(name);
	return `${JSON.stringify(workflow, null, '\t')}\n`;
}

if (require.main === module) writeFileSync(WORKFLOW, build(readFileSync(WORKFLOW, 'utf8')));
