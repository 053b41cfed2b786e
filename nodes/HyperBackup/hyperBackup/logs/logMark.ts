import { createHash } from 'crypto';
import type { RawEntry } from './LogEntry';

/**
 * The newest entries that have been read, so that those after them are recognized. Two entries may
 * be the same in everything, and the NAS numbers none of them: so they are counted. Entries are
 * compared and times are not, so that a clock that is set back hides nothing.
 */
export interface LogMark {
	/**
	 * By the time as the NAS writes it, the newest first: each entry of this time, the newest first.
	 */
	times: Array<[time: string, ...entries: string[]]>;
	/** There are more entries of these times. */
	cut?: boolean;
}

/** As many entries are kept, and all others of the same times. */
const KEPT = 100;
/** Never more than this: thousands of entries may have been written within one second. */
const MOST = 2000;

/** 54 bits: a chance equality within the entries of one second is out of reach. */
const fingerprint = (text: string): string =>
	createHash('sha256').update(text).digest('base64').slice(0, 9);

const printOf = ({ event, level, user }: RawEntry): string =>
	fingerprint(`${level}\n${user}\n${event}`);

/**
 * Whole seconds, so that the entries of none of them are torn apart. Of the last one that was read
 * there may be more that were not.
 */
function wholeTimes(entries: RawEntry[], complete: boolean): { kept: RawEntry[]; cut: boolean } {
	const times = new Set(entries.slice(0, KEPT).map(({ time }) => time));
	const beyond = entries.findIndex(({ time }, index) => index >= KEPT && !times.has(time));
	if (beyond > MOST || (beyond < 0 && entries.length > MOST)) {
		return { kept: entries.slice(0, MOST), cut: true };
	}
	if (beyond >= 0) return { kept: entries.slice(0, beyond), cut: false };
	const last = entries[entries.length - 1]?.time;
	if (complete || last === undefined) return { kept: entries, cut: false };
	let end = entries.length;
	while (end > 0 && entries[end - 1]!.time === last) end--;
	const torn = end === 0 || entries.slice(0, end).some(({ time }) => time === last);
	return { kept: torn ? entries : entries.slice(0, end), cut: torn };
}

/** Of all entries that were read, the newest first; `complete` if there are no older ones. */
export function markOf(entries: RawEntry[], complete: boolean): LogMark {
	const { kept, cut } = wholeTimes(entries, complete);
	const mark: LogMark = { times: [], ...(cut ? { cut } : {}) };
	for (const entry of kept) {
		const last = mark.times[mark.times.length - 1];
		if (last?.[0] === entry.time) last.push(printOf(entry));
		else mark.times.push([entry.time, printOf(entry)]);
	}
	return mark;
}

/** undefined if it is damaged. */
export function parseMark(value: unknown): LogMark | undefined {
	const { times, cut } = (value ?? {}) as { times?: unknown; cut?: unknown };
	const isText = (field: unknown): boolean => typeof field === 'string';
	const isRow = (row: unknown): boolean =>
		Array.isArray(row) && row.length > 1 && (row as unknown[]).every(isText);
	if (!Array.isArray(times) || !times.every(isRow)) return undefined;
	return { times: times as LogMark['times'], ...(cut === true ? { cut } : {}) };
}

/**
 * Takes the entries of the log one after the other, the newest first, and tells which of them came
 * after the mark.
 */
export class MarkReader {
	/** How often each entry of the mark is still to be expected. */
	private readonly expected = new Map<string, number>();

	/** Entries of these times may repeat those of the mark, so they are read to their end. */
	private readonly times: Set<string>;

	private left = 0;

	/** Everything from here on is older than the mark. */
	over = false;

	constructor({ times, cut = false }: LogMark) {
		this.times = new Set(cut ? [] : times.map(([time]) => time));
		for (const [time, ...prints] of times) {
			for (const print of prints) this.expect(`${time}\n${print}`);
		}
		this.wasEmpty = this.left === 0;
	}

	/** Then everything is new. */
	private readonly wasEmpty: boolean;

	private expect(key: string): void {
		this.expected.set(key, (this.expected.get(key) ?? 0) + 1);
		this.left++;
	}

	isNew(entry: RawEntry): boolean {
		if (this.left === 0 && !this.wasEmpty && !this.times.has(entry.time)) this.over = true;
		if (this.over) return false;
		const key = `${entry.time}\n${printOf(entry)}`;
		const expected = this.expected.get(key) ?? 0;
		if (expected === 0) return true;
		this.expected.set(key, expected - 1);
		this.left--;
		return false;
	}
}
