import { isKnownWord, wordOf, type DsmWords } from './status';
import type { RawTask } from './Task';

const FIELDS: Array<keyof DsmWords> = ['state', 'status', 'last_bkp_result'];

/** Words of DSM's in these rows that nobody has seen yet, each with its field, once: what a reader of a problem report wants to know. */
export function unknownWords(rows: RawTask[]): string[] {
	const found = new Set<string>();
	for (const row of rows) {
		for (const field of FIELDS) {
			const word = wordOf(row[field]);
			if (word !== undefined && word !== '' && !isKnownWord(field, word)) found.add(`${field}: ${word.replace(/\s+/g, ' ').slice(0, 60)}`);
		}
	}
	return [...found].sort();
}
