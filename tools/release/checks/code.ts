import ts from 'typescript';
import type { Check } from '../Release';

/** n8n's scan ignores such comments, so a rule that needs one fails there. */
const SWITCHED_OFF =
	/(eslint-(?:disable|enable)[\w-]*|eslint [\w@/-]+:|@ts-(?:ignore|nocheck|expect-error))/;

/** No rule is disabled in what is published, nor in what it is built from. */
export const disabledRules: Check = ({ packed, sources }) =>
	[packed, sources].flatMap(({ texts }) =>
		[...texts]
			.filter(([name]) => /\.(js|ts)$/.test(name))
			.flatMap(([name, text]) =>
				text.split('\n').flatMap((line, index) => {
					const [, what] = SWITCHED_OFF.exec(line) ?? [];
					return what === undefined ? [] : [`${name}:${index + 1}: ${what} disables a rule`];
				}),
			),
	);

/** Whatever reads the machine n8n runs on, or writes to its output. */
const FORBIDDEN_GLOBALS = new Set([
	'console',
	'process',
	'global',
	'globalThis',
	'eval',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'__dirname',
	'__filename',
]);

const MODULES = /^(\.{1,2}\/|n8n-workflow$|(node:)?crypto$)/;

/** A name by itself: not the field of something, nor a key. */
function standsAlone(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
	return (
		!(ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) ||
		(ts.isPropertyAssignment(parent) && parent.initializer === node)
	);
}

function importOf(node: ts.Node): string | undefined {
	if (!ts.isCallExpression(node)) return undefined;
	const { expression, arguments: given } = node;
	const imports =
		expression.kind === ts.SyntaxKind.ImportKeyword ||
		(ts.isIdentifier(expression) && expression.text === 'require');
	if (!imports) return undefined;
	return given[0] && ts.isStringLiteral(given[0]) ? given[0].text : 'a computed name';
}

function forbiddenIn(name: string, text: string): string[] {
	const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const found: string[] = [];
	const report = (node: ts.Node, sentence: string): void => {
		const { line } = file.getLineAndCharacterOfPosition(node.getStart());
		found.push(`${name}:${line + 1}: ${sentence}`);
	};
	const visit = (node: ts.Node): void => {
		const imported = importOf(node);
		if (imported !== undefined && !MODULES.test(imported)) report(node, `requires ${imported}`);
		if (ts.isIdentifier(node) && FORBIDDEN_GLOBALS.has(node.text) && standsAlone(node))
			report(node, `uses ${node.text}`);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** The published code uses n8n, its own files and crypto: no file system, environment or output. */
export const forbiddenCode: Check = ({ packed }) =>
	[...packed.texts]
		.filter(([name]) => name.endsWith('.js'))
		.flatMap(([name, text]) => forbiddenIn(name, text));
