import { parseWallTime } from '../clock/NasClock';
import {
	splitEvent,
	toLogEntry,
	type EntryContext,
	type LogEntry,
	type RawEntry,
} from '../logs/LogEntry';
import type { RunStatistics } from '../statistics/Statistics';
import { numberOf, SIZE_UNIT } from '../task/Task';
import type { RawTask } from '../task/TaskSnapshot';

/** What a run found and saved; null for what the NAS does not show, which is not zero. */
export interface RunFigures {
	/** Files that the run has examined. */
	files: number | null;
	/** What the run saved: only the documented API has a figure that is bytes for certain. */
	bytes: number | null;
	files_new: number | null;
	files_modified: number | null;
	files_deleted: number | null;
	/** New and modified ones, and deleted ones where they are known. */
	files_changed: number | null;
	/** Disk space of what is backed up, in `size_unit`. */
	source_size: number | null;
	size_unit: string;
}

export const NO_FIGURES: RunFigures = {
	files: null,
	bytes: null,
	files_new: null,
	files_modified: null,
	files_deleted: null,
	files_changed: null,
	source_size: null,
	size_unit: SIZE_UNIT,
};

/** A figure that is none, or below zero, is not known: DSM writes -1 for that. */
const figure = (value: unknown): number | null => {
	const number = numberOf(value);
	return number === null || number < 0 ? null : number;
};

/** Of a row of the documented API, by its own names. */
export const figuresOfRow = ({ files_backed_up, bytes_backed_up }: RawTask): RunFigures => ({
	...NO_FIGURES,
	files: figure(files_backed_up),
	bytes: figure(bytes_backed_up),
});

/** Seconds: times of a run may be cut to the minute, and its entries are written around them. */
const BEFORE = 90;
const AFTER = 120;

const END_KINDS = ['run_failed', 'run_partial', 'run_canceled', 'run_suspended', 'run_discarded'];
const RUN_KINDS = ['run_started', 'run_succeeded', 'run_resumed', ...END_KINDS];

/** Of the entry with which a run ended. */
export const figuresOfEntry = (entry: LogEntry): Partial<RunFigures> => ({
	files: entry.files_scanned,
	files_new: entry.files_new,
	files_modified: entry.files_modified,
});

/**
 * The counts in the sentence "finished successfully" of the run that ended at `end`, a text of the
 * NAS. `raw` the newest first. Only the newest entry about a run is taken: another would be that of
 * another run.
 */
export function figuresOfLog(
	raw: RawEntry[],
	{ name, end }: { name: string; end: string },
	context: EntryContext,
): Partial<RunFigures> {
	const own = raw.filter(({ event }) => splitEvent(event).name === name);
	const entry = own
		.map((one) => ({ ...toLogEntry(one, context), at: parseWallTime(one.time)?.seconds }))
		.find(({ kind }) => RUN_KINDS.includes(kind));
	const ended = parseWallTime(end)?.seconds;
	if (entry?.kind !== 'run_succeeded' || entry.at === undefined || ended === undefined) return {};
	if (entry.at < ended - BEFORE || entry.at > ended + AFTER) return {};
	return figuresOfEntry(entry);
}

/** The figures of the run that ended between `after` and `end`, both in Unix seconds. */
export function figuresOfStatistics(
	latest: RunStatistics | null,
	{ after, end }: { after: number | null; end: number },
): Partial<RunFigures> {
	const finished = latest?.finished_time ?? null;
	if (latest === null || finished === null) return {};
	if (finished > end + AFTER || (after !== null && finished <= after)) return {};
	const { files_new, files_modified, files_deleted, source_size } = latest;
	return { files_new, files_modified, files_deleted, source_size };
}

const NAMES = [
	'files',
	'bytes',
	'files_new',
	'files_modified',
	'files_deleted',
	'source_size',
] as const satisfies Array<keyof RunFigures>;

/** What each source knows; where several know a figure, the later one counts. */
export function mergeFigures(...sources: Array<Partial<RunFigures>>): RunFigures {
	const merged: RunFigures = { ...NO_FIGURES };
	for (const source of sources) {
		for (const name of NAMES) merged[name] = figure(source[name]) ?? merged[name];
	}
	const { files_new: added, files_modified: modified, files_deleted: deleted } = merged;
	const changed = added === null || modified === null ? null : added + modified + (deleted ?? 0);
	return { ...merged, files_changed: changed };
}
