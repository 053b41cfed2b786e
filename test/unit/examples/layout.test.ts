import { EXAMPLES, nodesOf } from './exampleWorkflow';
import {
	isNote,
	nodeRectangles,
	noteRectangle,
	noteTextHeight,
	overlap,
	type Node,
	type Rectangle,
} from './layout';

/** Pairs of different nodes or notes that cover each other. */
function overlaps(nodes: Node[]): string[] {
	const rectangles: Rectangle[] = nodes.flatMap((node) =>
		isNote(node) ? [noteRectangle(node)] : nodeRectangles(node),
	);
	return rectangles.flatMap((a, index) =>
		rectangles
			.slice(index + 1)
			.filter((b) => a.name !== b.name && overlap(a, b))
			.map((b) => `${a.name} / ${b.name}`),
	);
}

/** Height that is missing (positive) or left over (negative) in each note. */
const missingHeight = (nodes: Node[]): number[] =>
	nodes
		.filter(isNote)
		.map(
			({ parameters: { content, width, height } }) =>
				noteTextHeight(String(content), Number(width)) - Number(height),
		);

describe.each(EXAMPLES)('the canvas of %s', (file) => {
	const nodes = nodesOf(file);

	test('has one note, and no node or note covers another', () => {
		expect(nodes.filter(isNote)).toHaveLength(1);
		expect(overlaps(nodes)).toEqual([]);
	});

	test('has a note that fits its text, with less than three lines to spare', () => {
		for (const missing of missingHeight(nodes)) {
			expect(missing).toBeLessThanOrEqual(0);
			expect(missing).toBeGreaterThan(-60);
		}
	});

	test('has positions on the grid', () => {
		expect(nodes.flatMap(({ position }) => position).filter((at) => at % 16 !== 0)).toEqual([]);
	});
});

describe('the check of the canvas', () => {
	const node = (name: string, x: number, y: number): Node => ({
		name,
		type: 'n8n-nodes-base.set',
		position: [x, y],
		parameters: {},
	});
	const note = (height: number, y: number): Node => ({
		name: 'Note',
		type: 'n8n-nodes-base.stickyNote',
		position: [0, y],
		parameters: { content: `## Title\n${'word '.repeat(100)}`, width: 480, height },
	});

	test.each<[string, Node[], string[]]>([
		['two nodes side by side', [node('A', 0, 0), node('B', 224, 0)], []],
		['labels that touch', [node('A', 0, 0), node('B', 160, 0)], ['A / B']],
		['a node on the label above it', [node('A', 0, 0), node('B', 0, 128)], ['A / B']],
		['a node on a note', [note(200, -100), node('A', 0, 0)], ['Note / A']],
	])('finds %s', (_what, nodes, expected) => {
		expect([...new Set(overlaps(nodes))]).toEqual(expected);
	});

	test('finds a note that cuts off its text', () => {
		expect(missingHeight([note(120, 0)])[0]).toBeGreaterThan(0);
		expect(missingHeight([note(300, 0)])[0]).toBeLessThan(0);
	});
});
