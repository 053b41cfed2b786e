import type { Call } from '../../dsm/DsmClient';
import type { NasClock } from '../clock/NasClock';
import { kindOf, type EntryKind } from '../logs/entryKinds';
import { splitEvent, type RawEntry } from '../logs/LogEntry';
import { logCall, logPage } from '../logs/readLog';

/** A sentence of the log about an integrity check of one task. */
export interface CheckEntry {
	kind: EntryKind;
	sentence: string;
	/** As the NAS writes it. */
	timeText: string;
	/** Unix seconds. */
	time: number | null;
	raw: RawEntry;
}

const KEYWORD = 'integrity check';
const ENTRIES = 100;

const ENDS: EntryKind[] = ['check_passed', 'check_damaged', 'check_failed', 'check_canceled'];

export const checkLogCall = (taskId: string): Call =>
	logCall({ taskId, keyword: KEYWORD }, 0, ENTRIES);

/**
 * The newest first. By the task's name: whether every DSM filters by `task_id` is not known, and
 * the good check of another task would be a false proof. undefined where the response holds no log.
 */
export function checkEntries(data: unknown, name: string, clock: NasClock): CheckEntry[] {
	return logPage(data, 0, ENTRIES).entries.flatMap((raw): CheckEntry[] => {
		const said = splitEvent(raw.event);
		const kind = kindOf(said.sentence);
		if (said.name !== name || !kind.startsWith('check_')) return [];
		const sentence = said.sentence.trim();
		return [{ kind, sentence, timeText: raw.time, time: clock.toUnix(raw.time), raw }];
	});
}

export const isEnd = ({ kind }: CheckEntry): boolean => ENDS.includes(kind);

/** Seconds: DSM writes the time of the last check without seconds, and in a moment of its own. */
const MINUTE = 60;
const AFTERWARDS = 120;

/**
 * The end of the check that `checked` (Unix seconds, to the minute) is the time of: whether DSM
 * writes the beginning or the end of a check there is not known.
 */
export function belongsTo(entries: CheckEntry[], end: CheckEntry, checked: number): boolean {
	if (end.time === null) return false;
	const older = entries.slice(entries.indexOf(end) + 1);
	const next = older.find(({ kind }) => kind === 'check_started' || ENDS.includes(kind));
	const began = next?.kind === 'check_started' ? next.time : null;
	const from = (began ?? end.time - AFTERWARDS) - MINUTE;
	return checked >= from && checked <= end.time + AFTERWARDS;
}
