import { contentOf } from './fileContent';
import type { FileSpec } from './FileSpec';

export interface Entry {
	name: string;
	path: string;
	type: 'File' | 'Folder';
	size: number;
	mtime: number;
	isBad: boolean;
}

export const DEFAULT_CONTENTS: FileSpec[] = [
	{ path: 'homes/anna/letter.txt', content: 'Dear all,\n', mtime: 1785723573 },
	{ path: 'homes/anna/notes/list.txt', content: 'milk\neggs\n', mtime: 1785723600 },
	{ path: 'homes/readme.txt', content: 'Everything is in here.\n', mtime: 1785720000 },
];

/**
 * What lies directly below a folder; `''` is the root. Folders have size and time 0, as captured.
 */
export function entriesBelow(files: FileSpec[], folder: string): Entry[] | undefined {
	const prefix = folder === '' ? '' : `${folder}/`;
	const entries = new Map<string, Entry>();
	for (const file of files) {
		if (!file.path.startsWith(prefix)) continue;
		const [name, ...rest] = file.path.slice(prefix.length).split('/');
		const path = `${prefix}${name}`;
		if (rest.length > 0) {
			entries.set(path, { name: name!, path, type: 'Folder', size: 0, mtime: 0, isBad: false });
		} else {
			const { size } = contentOf(file);
			const { mtime = 0, isBad = false } = file;
			entries.set(path, { name: name!, path, type: 'File', size, mtime, isBad });
		}
	}
	return entries.size === 0 && folder !== '' ? undefined : [...entries.values()];
}
