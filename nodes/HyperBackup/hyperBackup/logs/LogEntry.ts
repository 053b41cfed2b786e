import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { kindOf, type EntryKind } from './entryKinds';
import { isLevel, type Level } from './levels';

/** An entry of `log_list`, as the NAS sends it. */
export interface RawEntry {
	event: string;
	level: string;
	/** By the NAS's wall clock. */
	time: string;
	user: string;
}

/** An entry of Hyper Backup's log. */
export interface LogEntry extends IDataObject {
	/** Unix seconds; null if the NAS's text cannot be read. */
	logged_time: number | null;
	logged_at: string | null;
	/** DSM's word; `unknown` for one that is not known. */
	level: Level | 'unknown';
	kind: EntryKind;
	/** What the entry says, with the task in front. */
	message: string;
	/** The task that the entry names. */
	name: string | null;
	/** null if no task of this name is known. */
	task_id: string | null;
	/** As Hyper Backup calls it: Local, Network, WebDAV, ... */
	destination_kind: string | null;
	/** Of a file or folder that was left out. */
	path: string | null;
	/** What the entry gives as the cause, in the words of the NAS. */
	reason: string | null;
	files_scanned: number | null;
	files_new: number | null;
	files_modified: number | null;
	files_unchanged: number | null;
	/** The DSM account, or SYSTEM. */
	user: string;
	/** The text as the NAS wrote it. */
	event: string;
	nas: string | null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is not an entry, or lacks fields, is one without text: it is shown, and never skipped. */
export function asEntry(row: unknown): RawEntry {
	const { event, level, time, user } =
		typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
	return {
		event: textOf(event),
		level: textOf(level),
		time: textOf(time),
		user: textOf(user),
	};
}

/**
 * `[kind][task] sentence`, `[task] sentence`, or a sentence that quotes the task in brackets. Names
 * of tasks cannot hold brackets, and Hyper Backup writes this form in every language.
 */
export function splitEvent(event: string): {
	destinationKind: string | null;
	name: string | null;
	sentence: string;
} {
	const both = /^\[([^[\]]*)\]\s?\[([^[\]]*)\]\s*(.*)$/s.exec(event);
	if (both) return { destinationKind: both[1]!, name: both[2]!, sentence: both[3]! };
	const one = /^\[([^[\]]*)\]\s*(.*)$/s.exec(event);
	// A destination may stand alone too, where no task is meant.
	if (one) {
		const noTask = kindOf(one[2]!) === 'credentials_changed';
		return noTask
			? { destinationKind: one[1]!, name: null, sentence: one[2]! }
			: { destinationKind: null, name: one[1]!, sentence: one[2]! };
	}
	const quoted = /\[([^[\]/]+)\]/.exec(event);
	return { destinationKind: null, name: quoted?.[1] ?? null, sentence: event };
}

/** The path of an item that was left out stands in the last brackets. */
const pathOf = (kind: EntryKind, sentence: string): string | null =>
	kind === 'item_skipped' ? (/\[(\/.*)\]\W*$/s.exec(sentence)?.[1] ?? null) : null;

const reasonOf = (sentence: string): string | null =>
	/\(([^()]+(?:\([^()]*\)[^()]*)*)\)/.exec(sentence)?.[1] ?? null;

function countOf(sentence: string, words: string): number | null {
	const found = new RegExp(`\\[(\\d+) ${words}\\]`, 'i').exec(sentence)?.[1];
	return found === undefined ? null : Number(found);
}

export interface EntryContext {
	clock: NasClock;
	nas: string | null;
	/** IDs by the name of the task. */
	ids: ReadonlyMap<string, string>;
}

export function toLogEntry(raw: RawEntry, { clock, nas, ids }: EntryContext): LogEntry {
	const { destinationKind, name, sentence } = splitEvent(raw.event);
	const kind = kindOf(sentence);
	const logged = clock.toUnix(raw.time);
	const explains = ['item_skipped', 'run_exception', 'run_suspended', 'other'].includes(kind);
	const said = sentence.trim() || 'An entry without text';
	return {
		logged_time: logged,
		logged_at: clock.toIso(logged),
		level: isLevel(raw.level) ? raw.level : 'unknown',
		kind,
		message: name === null || kind === 'task_changed' ? said : `Task '${name}': ${said}`,
		name,
		task_id: (name === null ? undefined : ids.get(name)) ?? null,
		destination_kind: destinationKind,
		path: pathOf(kind, sentence),
		reason: explains ? reasonOf(sentence) : null,
		files_scanned: countOf(sentence, 'files scanned'),
		files_new: countOf(sentence, 'new files'),
		files_modified: countOf(sentence, 'files modified'),
		files_unchanged: countOf(sentence, 'files unchanged'),
		user: raw.user,
		event: raw.event,
		nas,
	};
}
