import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { numberOf, text } from '../task/Task';

/** Where a file lies: as `taskIdText` and DSM give it. */
export interface Place {
	taskId: string;
	versionId: string;
	nas: string | null;
}

/** A file or folder in a version. */
export interface FileEntry extends IDataObject {
	name: string;
	/** Relative to the root of the backup: `homes/anna/letter.txt`. */
	path: string;
	type: 'file' | 'folder' | 'unknown';
	/** Bytes; null for folders and where the NAS does not say. */
	size: number | null;
	/** Unix seconds; null where the NAS does not say. */
	modified_time: number | null;
	modified_at: string | null;
	/** The NAS marks it as damaged; null where it does not say. */
	damaged: boolean | null;
	version_id: string;
	task_id: string;
	nas: string | null;
}

const TYPES = new Map<string, FileEntry['type']>([
	['File', 'file'],
	['Folder', 'folder'],
]);

/** A row of the Explorer's lists. What it lacks, or is not known, is null or `unknown`. */
export function toFileEntry(row: unknown, place: Place, clock: NasClock): FileEntry {
	const { name, path, type, size, mtime, is_bad: isBad } = (row ?? {}) as Record<string, unknown>;
	const known = TYPES.get(text(type)) ?? 'unknown';
	const bytes = numberOf(size);
	// DSM gives 0 for folders whose time it does not know.
	const modified = numberOf(mtime) || null;
	return {
		name: text(name),
		path: text(path),
		type: known,
		size: known !== 'folder' && bytes !== null && bytes >= 0 ? bytes : null,
		modified_time: modified,
		modified_at: clock.toIso(modified),
		damaged: typeof isBad === 'boolean' ? isBad : null,
		version_id: place.versionId,
		task_id: place.taskId,
		nas: place.nas,
	};
}
