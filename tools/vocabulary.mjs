/**
 * Words that have a plain synonym of the field's own. They never have another meaning here, so that
 * code, pages and examples speak one language: part of `npm run lint`.
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

/** "Look up" is what a file does to a name, "the person icon" stands in DSM. */
const ALLOWED = /\blooks? up\b|\blook-?up\b|the person icon/gi;

const FILES =
	/^((nodes|credentials)\/.*\.ts|docs\/.*\.md|examples\/.*\.json|(README|CONTRIBUTING|SECURITY|CHANGELOG)\.md)$/;

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');

const found = [];
let lines = 0;
for (const file of files.filter((name) => FILES.test(name))) {
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
