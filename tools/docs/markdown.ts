export const code = (text: string): string => `\`${text}\``;

/** Inside a table a cell is one line, and a bar would end it. */
const cell = (text: string): string =>
	text
		.replace(/\|/g, '\\|')
		.replace(/\s*\n\s*/g, ' ')
		.trim();

export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
	return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A list of plain values is one line. */
const SHORT_LIST = /\[\n\s+((?:"[^"\n]*"|[\w.-]+)(?:,\n\s+(?:"[^"\n]*"|[\w.-]+))*)\n\s+\]/g;

const oneLine = (_list: string, values: string): string => `[${values.replace(/,\n\s+/g, ', ')}]`;

export const json = (value: unknown): string =>
	`\`\`\`json\n${JSON.stringify(value, null, '\t').replace(SHORT_LIST, oneLine)}\n\`\`\``;

/** GitHub folds it until it is wanted. */
export const folded = (summary: string, text: string): string =>
	`<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;

export const asSentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** n8n's descriptions may hold links in HTML. */
export const withoutHtml = (text: string): string =>
	text.replace(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g, '[$2]($1)');

/** As GitHub makes it of a heading, for the plain headings of these pages. */
export const anchorOf = (heading: string): string =>
	`#${heading.toLowerCase().replace(/:/g, '').replace(/ /g, '-')}`;
