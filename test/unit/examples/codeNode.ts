import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { createContext, Script } from 'node:vm';
import { WORKFLOW } from '../../../examples/backup-calendar/build';

export type Item = {
	json: Record<string, unknown>;
	binary?: Record<string, { data: string; mimeType: string; fileName: string }>;
};

export interface Surroundings {
	/** What arrives at the node. */
	input?: Item[];
	/** What other nodes put out. */
	others?: Record<string, Item[]>;
	now?: DateTime;
	mode?: 'production' | 'test';
}

const jsCodeOf = (node: string): string =>
	(
		JSON.parse(readFileSync(WORKFLOW, 'utf8')) as {
			nodes: Array<{ name: string; parameters: { jsCode: string } }>;
		}
	).nodes.find(({ name }) => name === node)!.parameters.jsCode;

/** A context with what n8n gives the code of a Code node, and nothing else of Node's: no `require`, no `process`. */
function contextOf({
	input = [],
	others = {},
	now = DateTime.now(),
	mode = 'production',
}: Surroundings): object {
	const items = (list: Item[]): object => ({ all: () => list, first: () => list[0] });
	return createContext({
		$input: items(input),
		$: (name: string) => items(others[name]!),
		$now: now,
		DateTime,
		Buffer,
		$workflow: { id: 'wf1' },
		$execution: { mode },
	});
}

const SCRIPTS = new Map<string, Script>();

/** Runs a Code node of the calendar, as it stands in the workflow file. */
export function runNode(node: string, surroundings: Surroundings): Item[] {
	const script = SCRIPTS.get(node) ?? new Script(`(() => {${jsCodeOf(node)}\n})()`);
	SCRIPTS.set(node, script);
	return script.runInContext(contextOf(surroundings)) as Item[];
}

/** Something that is defined in the code of a node. */
export function partOf<T>(node: string, expression: string): T {
	const code = jsCodeOf(node);
	return new Script(
		`(() => {${code.slice(0, code.lastIndexOf('// --- The node'))}\nreturn ${expression};\n})()`,
	).runInContext(contextOf({})) as T;
}
