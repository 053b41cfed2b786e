/**
 * n8n's own scan for verified packages without publishing, in a process of its own because n8n's
 * scanner is an ES module. Called with the folders of the project and of the unpacked tarball;
 * prints what is wrong as JSON, a sentence each.
 */
import { join } from 'node:path';
import { config as n8nConfig } from '@n8n/node-cli/eslint';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const [root, packed] = process.argv.slice(2);

/** What the scanner does with the repository at the attested commit, and with the tarball. */
async function scan() {
	const scanned = [
		['The scan of the sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
		['The scan of the tarball', await analyzePackage(packed, ['**/*.js', 'package.json'])],
	];
	return scanned
		.filter(([, { passed }]) => !passed)
		.map(([what, { message, details }]) => `${what}: ${message}\n${details ?? ''}`.trim());
}

const LINTED = ['nodes/HyperBackup/HyperBackup.node.ts', 'package.json'];

const severityOf = (rule) => (Array.isArray(rule) ? rule[0] : rule);

/** Rules of n8n's stock configuration that the project's own weakens. */
async function weakenedRules(own, stock) {
	const found = [];
	for (const name of LINTED) {
		const [has, needs] = await Promise.all(
			[own, stock].map((linter) => linter.calculateConfigForFile(join(root, name))),
		);
		for (const [rule, wanted] of Object.entries(needs.rules))
			if (severityOf(has?.rules?.[rule] ?? 0) < severityOf(wanted))
				found.push(`The rule ${rule} is disabled for ${name}`);
	}
	return found;
}

/** n8n's lint in strict mode, with every comment that disables a rule ignored. */
async function lint(stock) {
	const results = await stock.lintFiles(['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json']);
	return results.flatMap(({ filePath, messages }) =>
		messages.map(
			({ line, ruleId, message }) =>
				`${filePath.slice(root.length + 1)}:${line}: ${ruleId}: ${message}`,
		),
	);
}

const own = new ESLint({ cwd: root });
const stock = new ESLint({
	cwd: root,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: n8nConfig,
});
const found = [...(await scan()), ...(await weakenedRules(own, stock)), ...(await lint(stock))];
process.stdout.write(`${JSON.stringify(found)}\n`);
