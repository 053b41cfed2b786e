import { folded } from '../hyperBackup/task/namedAs';

/**
 * Whether a name fits a pattern, in which `*` stands for any text; upper and lower case are the
 * same. One pass over the name, since both come from outside.
 */
export function fitsPattern(pattern: string, name: string): boolean {
	const parts = folded(pattern).split('*');
	const text = folded(name);
	const first = parts.shift()!;
	const last = parts.pop();
	if (last === undefined) return text === first;
	if (!text.startsWith(first) || text.length < first.length + last.length) return false;
	if (!text.endsWith(last)) return false;
	let at = first.length;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found < 0 || found + part.length > text.length - last.length) return false;
		at = found + part.length;
	}
	return true;
}
