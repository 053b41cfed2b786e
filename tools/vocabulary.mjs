/**
 * Words for which the field has a plain one. They have no other meaning in this project, so they can
 * be kept out of code, tests, pages and examples: part of `npm run lint`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const WORDS = {
	'look|looks|looked|looking': 'poll, check, search',
	'glance|glances|glanced': 'poll',
	'sight|sights': 'task snapshot',
	told: 'reported',
	latch: 'threshold',
	'cancelled|cancelling': 'canceled, canceling',
	'person|persons': 'user',
	behaviour: 'behavior',
	colour: 'color',
	'how is not known': 'unknown outcome',
};

/** A file looks a name up, "the person icon" is DSM's, and DSM's log spells "was cancelled". */
const ALLOWED =
	/\blooks? up\b|\blook-?up\b|the person icon|\b(task|check) was cancelled\b|dsm74-cancelled/gi;

const FILES = [
	/^(nodes|credentials|simulator|test|testing|tools|demo|bench|n8n-host)\/.*\.(ts|mjs)$/,
	/^docs\/.*\.md$/,
	/^examples\/.*\.json$/,
	/^\.github\/.*\.(md|yml)$/,
	/^[^/]*\.(md|js|mjs|cjs)$/,
];

/** This list itself. */
const LIST = 'tools/vocabulary.mjs';

const isChecked = (name) => name !== LIST && FILES.some((pattern) => pattern.test(name));

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');

const found = [];
let lines = 0;
for (const file of files.filter(isChecked)) {
	for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
		lines++;
		for (const [words, better] of Object.entries(WORDS)) {
			for (const [word] of line
				.replace(ALLOWED, '')
				.matchAll(new RegExp(`\\b(${words})\\b`, 'gi'))) {
				found.push(`${file}:${index + 1} "${word}": ${better}`);
			}
		}
	}
}
console.log(
	[...found, `vocabulary: ${found.length} words to replace in ${lines} lines`].join('\n'),
);
process.exitCode = lines > 0 && found.length === 0 ? 0 : 1;
