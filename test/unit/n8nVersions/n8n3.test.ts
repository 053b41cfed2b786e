import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeFiles } from '../../../tools/docs/composeFiles';

const ROOT = join(__dirname, '../../..');
const EXAMPLES = join(ROOT, 'examples');

interface Node {
	name: string;
	type: string;
	typeVersion: number;
	alwaysOutputData?: boolean;
}

/** By https://docs.n8n.io/changelog/v30-breaking-changes/ */
const REMOVED_NODES = [
	'n8n-nodes-base.function',
	'n8n-nodes-base.functionItem',
	'n8n-nodes-base.itemLists',
	'n8n-nodes-base.aiTransform',
	'@n8n/n8n-nodes-langchain.code',
];
const REMOVED_HELPERS = /\$(getPairedItem|evaluateExpression)\b/g;
const REMOVED_VARIABLES = [
	'OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS',
	'N8N_DB_PING_TIMEOUT',
	'N8N_MIGRATE_FS_STORAGE_PATH',
	'N8N_DEFAULT_BINARY_DATA_MODE=default',
];
const SEVERAL_OUTPUTS = ['n8n-nodes-base.if', 'n8n-nodes-base.switch'];

/** What a workflow uses that n8n 3 no longer has, or does in another way. */
function changedInN8n3(workflow: string): string[] {
	const { nodes } = JSON.parse(workflow) as { nodes: Node[] };
	const perNode = nodes.flatMap(({ name, type, typeVersion, alwaysOutputData }) => [
		...(REMOVED_NODES.includes(type) ? [`${name}: ${type} is removed`] : []),
		...(type === '@n8n/n8n-nodes-langchain.agent' && typeVersion < 2
			? [`${name}: version ${typeVersion} of the AI Agent is removed`]
			: []),
		...(alwaysOutputData && SEVERAL_OUTPUTS.includes(type)
			? [`${name}: Always Output Data of several outputs has changed`]
			: []),
	]);
	const helpers = [...workflow.matchAll(REMOVED_HELPERS)].map(([helper]) => `${helper} is removed`);
	return [...perNode, ...helpers];
}

const NAMES = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));

test.each(NAMES)('%s uses nothing that n8n 3 removes or changes', (name) => {
	expect(changedInN8n3(readFileSync(join(EXAMPLES, name), 'utf8'))).toEqual([]);
});

test.each<[Partial<Node> & { parameters?: object }, string]>([
	[{ type: 'n8n-nodes-base.function' }, 'n8n-nodes-base.function is removed'],
	[
		{ type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 1.9 },
		'version 1.9 of the AI Agent is removed',
	],
	[{ type: 'n8n-nodes-base.if', alwaysOutputData: true }, 'Always Output Data'],
	[{ parameters: { text: '={{ $getPairedItem(0) }}' } }, '$getPairedItem is removed'],
])('in a workflow, %j is found', (planted, sentence) => {
	const node = { name: 'Planted', type: 'n8n-nodes-base.code', typeVersion: 2, ...planted };
	expect(changedInN8n3(JSON.stringify({ nodes: [node] })).join('\n')).toContain(sentence);
});

test('no compose file in the docs sets what n8n 3 removes', () => {
	const files = composeFiles();
	expect(files.length).toBeGreaterThan(0);
	for (const { text } of files)
		for (const variable of REMOVED_VARIABLES) expect(text).not.toContain(variable);
});

test('only the page about n8n 3 names what n8n 3 removes', () => {
	const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name): [string, string] => [name, readFileSync(join(ROOT, 'docs', name), 'utf8')]);
	const naming = pages
		.filter(([, text]) => REMOVED_VARIABLES.some((variable) => text.includes(variable)))
		.map(([name]) => name);
	expect(naming).toEqual(['n8n-3.md']);
});
