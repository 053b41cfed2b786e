import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	isKnownWord,
	type DsmWords,
} from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';
import { RESULTS_OF_DSM, STATES, STATUSES_OF_DSM } from '../../../tools/docs/dsmWords';
import { ROOT } from './generatedFile';

const WORDS = { state: STATES, status: STATUSES_OF_DSM, last_bkp_result: RESULTS_OF_DSM };

const FIELDS = Object.keys(WORDS) as Array<keyof DsmWords>;

test.each(FIELDS)('the code knows every word of %s that the pages list', (field) => {
	expect(WORDS[field].filter(([word]) => !isKnownWord(field, word))).toEqual([]);
	expect(isKnownWord(field, 'no word of DSM')).toBe(false);
});

const FOLDER = join(ROOT, 'test/fixtures/captures');

function rowsIn(value: unknown): Array<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null) return [];
	return [
		...(Array.isArray(value) ? [] : [value as Record<string, unknown>]),
		...Object.values(value).flatMap(rowsIn),
	];
}

/** The words of tasks in the stored responses of real NASes, those with invented values left out. */
const STORED = readdirSync(FOLDER)
	.filter((name) => /^backup-task-(list|get|status)-.*\.json$/.test(name) && !name.includes('-doc'))
	.flatMap((name) => rowsIn(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));

test.each(FIELDS)('every word of %s in a stored response is listed as captured', (field) => {
	const words = new Set(
		STORED.map((row) => row[field]).filter((word): word is string => typeof word === 'string'),
	);
	expect(words.size).toBeGreaterThan(0);
	const captured = WORDS[field].filter(([, grade]) => grade === 'capture').map(([word]) => word);
	expect([...words].filter((word) => !captured.includes(word))).toEqual([]);
});
