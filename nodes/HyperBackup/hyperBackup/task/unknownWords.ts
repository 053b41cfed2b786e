import type { DialectName } from './dialects/dialects';
import { isKnownWord, mapDocumentedStatus, wordOf, type DsmWords } from './statusMapping';
import type { RawTask } from './Task';

const FIELDS: Array<keyof DsmWords> = ['state', 'status', 'last_bkp_result'];

function isUnknown(dialect: DialectName, field: keyof DsmWords, word: string): boolean {
	return dialect === 'documented'
		? field === 'status' && mapDocumentedStatus(word) === 'unknown'
		: !isKnownWord(field, word);
}

/** Words of the NAS's in these rows that nobody has seen yet, each with its field, once: what a reader of a problem report wants to know. */
export function unknownWords(rows: RawTask[], dialect: DialectName): string[] {
	const found = new Set<string>();
	for (const row of rows) {
		for (const field of FIELDS) {
			const word = wordOf(row[field]);
			if (word !== undefined && word !== '' && isUnknown(dialect, field, word))
				found.add(`${field}: ${word.replace(/\s+/g, ' ').slice(0, 60)}`);
		}
	}
	return [...found].sort();
}
