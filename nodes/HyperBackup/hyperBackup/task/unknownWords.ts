import type { TaskRows } from './TaskApi';

/**
 * Words of the NAS in these rows that are not known, each with its field, once: what matters in a
 * problem report.
 */
export function unknownWords({ dialect, rows }: TaskRows): string[] {
	const words = rows.flatMap((row) => dialect.unknownWords(row));
	return [...new Set(words.map((word) => word.replace(/\s+/g, ' ').slice(0, 80)))].sort();
}
