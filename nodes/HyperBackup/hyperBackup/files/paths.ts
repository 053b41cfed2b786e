import { TaskError } from '../task/TaskError';

const HOW =
	'A path begins with the shared folder, as in homes/anna/letter.txt. Get Many of File shows the ' +
	'paths there are.';

/**
 * A path inside a version as DSM takes it: relative to the root of the backup, without slashes at
 * its ends; '' is the root. Throws a sentence for what cannot be one.
 */
export function pathInVersion(text: string, label: string): string {
	const parts = text.split('/').filter((part) => part !== '');
	if (/\p{Cc}/u.test(text) || parts.some((part) => part === '.' || part === '..'))
		throw new TaskError(`'${label}' must be a path without dots as folders`, HOW);
	if (/^volume\d+$/.test(parts[0] ?? ''))
		throw new TaskError(`'${label}' begins with the volume '${parts[0]!}'`, HOW);
	return parts.join('/');
}

/** The path of a file, and the folder that lists it. */
export function filePathInVersion(text: string, label: string): { path: string; folder: string } {
	const path = pathInVersion(text, label);
	const end = path.lastIndexOf('/');
	if (end < 0) throw new TaskError(`'${label}' must be the path of a file`, HOW);
	return { path, folder: path.slice(0, end) };
}
