import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createContext, Script } from 'node:vm';
import type { Node } from './layout';

const FOLDER = join(__dirname, '../../../examples');

export type Item = { json: Record<string, unknown> };

export const EXAMPLES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

export const nodesOf = (file: string): Node[] =>
	(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: Node[] }).nodes;

const nodeOf = (file: string, name: string): Node =>
	nodesOf(file).find((node) => node.name === name)!;

export interface Surroundings {
	/** What arrives at the node. */
	input?: Item[];
	/** What other nodes put out. */
	others?: Record<string, Item[]>;
	now?: DateTime;
	mode?: 'production' | 'test';
}

/** What n8n gives to code and expressions, and nothing of Node's: no `require`, no `process`. */
function contextOf({ input = [], others = {}, now, mode = 'production' }: Surroundings): object {
	const items = (list: Item[] | undefined): object => ({
		all: () => list,
		first: () => list?.[0],
		isExecuted: list !== undefined,
	});
	return createContext({
		$input: items(input),
		$json: input[0]?.json,
		$: (name: string) => items(others[name]),
		$now: now,
		DateTime,
		$workflow: { id: 'wf1' },
		$execution: { mode },
	});
}

/** Runs a Code node as it is in the workflow. */
export function runCode(file: string, name: string, surroundings: Surroundings): Item[] {
	const { jsCode } = nodeOf(file, name).parameters;
	return new Script(`(() => {${String(jsCode)}\n})()`).runInContext(
		contextOf(surroundings),
	) as Item[];
}

const evaluate = (expression: string, surroundings: Surroundings): unknown =>
	new Script(`(${expression.trim()})`).runInContext(contextOf(surroundings));

/** The value of a parameter that is one expression. */
export function valueOf(
	file: string,
	name: string,
	parameter: string,
	surroundings: Surroundings,
): unknown {
	const [, expression] = /^=\{\{([\s\S]*)\}\}$/.exec(
		String(nodeOf(file, name).parameters[parameter]),
	)!;
	return evaluate(expression!, surroundings);
}

/** Which way an If node sends an item. */
export function conditionOf(file: string, name: string, item: Item): unknown {
	const { conditions } = nodeOf(file, name).parameters.conditions as {
		conditions: Array<{ leftValue: string }>;
	};
	const [, expression] = /^=\{\{([\s\S]*)\}\}$/.exec(conditions[0]!.leftValue)!;
	return evaluate(expression!, { input: [item] });
}

/**
 * Renders an HTML node the way n8n's own does: each `{{ }}` in turn is replaced with
 * `String.replace`, in which `$&` and the like have a meaning.
 */
export function renderHtml(file: string, name: string, [item]: Item[]): string {
	const template = String(nodeOf(file, name).parameters.html);
	return (template.match(/\{\{[\s\S]*?\}\}/g) ?? []).reduce(
		(html, part) => html.replace(part, String(evaluate(part.slice(2, -2), { input: [item!] }))),
		template,
	);
}
