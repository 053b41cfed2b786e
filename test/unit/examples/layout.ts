/** Where n8n's canvas draws what, by the sizes in the editor of n8n 2.41. */

export interface Node {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
}

export interface Rectangle {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export const isNote = ({ type }: Node): boolean => type === 'n8n-nodes-base.stickyNote';

const rectangle = (name: string, left: number, top: number, width: number, height: number) => ({
	name,
	left,
	top,
	right: left + width,
	bottom: top + height,
});

/** An agent shows its name inside and has room for its sub-nodes; a sub-node is a small circle. */
function sizeOf({ type }: Node): [width: number, height: number] {
	if (type === '@n8n/n8n-nodes-langchain.agent') return [256, 96];
	if (/\.(lm|memory|hyperBackupTool)/.test(type)) return [80, 80];
	return [96, 96];
}

/**
 * What a node covers: its square, and below it the label, which is as wide as two nodes at most.
 */
export function nodeRectangles(node: Node): Rectangle[] {
	const [x, y] = node.position;
	const [width, height] = sizeOf(node);
	const square = rectangle(node.name, x, y, width, height);
	if (width > 96) return [square];
	// Two lines of the name, and one of the subtitle.
	const label = rectangle(node.name, x + width / 2 - 96, y + height, 192, 60);
	return [square, label];
}

export function noteRectangle({ name, position: [x, y], parameters }: Node): Rectangle {
	return rectangle(name, x, y, Number(parameters.width), Number(parameters.height));
}

export const overlap = (a: Rectangle, b: Rectangle): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const LINE = 14 * 1.35;

/**
 * Lines that a text takes, broken between words; letters are counted a little wider than they are.
 */
function lines(text: string, width: number, letter: number): number {
	let count = 1;
	let used = 0;
	for (const word of text.split(/\s+/)) {
		const long = word.length * letter;
		if (used > 0 && used + letter + long > width) {
			count += 1;
			used = 0;
		}
		used += (used > 0 ? letter : 0) + long;
		count += Math.max(0, Math.ceil(used / width) - 1);
	}
	return count;
}

/** Markdown as it is read: without its signs. */
const plain = (text: string): string =>
	text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/\*+|`/g, '');

/** The height that a note's text needs, margins included. */
export function noteTextHeight(content: string, width: number): number {
	const inside = width - 2 * 12;
	const blocks = content.split(/\n+/).map((block) => {
		if (block.startsWith('## ')) return lines(plain(block.slice(3)), inside, 14) * 24 * 1.35 + 8;
		const inCode = [...block.matchAll(/`[^`]+`/g)].join('').length;
		// Code is set in wider letters.
		const letter = inCode > block.length / 3 ? 8.5 : 7.6;
		if (block.startsWith('- ')) return lines(plain(block.slice(2)), inside - 16, letter) * LINE + 4;
		return lines(plain(block), inside, letter) * LINE + 8;
	});
	return 8 + blocks.reduce((sum, height) => sum + height, 0);
}
