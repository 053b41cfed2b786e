import type { IDataObject } from 'n8n-workflow';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { partMissing } from '../../dsm/errors/DsmError';
import { taskIdValue } from '../task/Task';
import { asEntry, type RawEntry } from './LogEntry';

/**
 * What the NAS itself filters by. Levels and names are filtered here: `filter_level` is unproven.
 */
export interface LogFilter {
	/** As `taskIdText` gives it. */
	taskId?: string;
	keyword?: string;
	/** Unix seconds. */
	from?: number;
	to?: number;
}

export interface LogPage {
	/** The newest first. */
	entries: RawEntry[];
	/** The rows as they came. */
	rows: unknown[];
	/** How many entries there are in all; undefined if the NAS does not say. */
	total?: number;
	/** The oldest entry is among those read so far. */
	last: boolean;
}

/** Entries of one request. */
export const PAGE = 500;

/** `offset` and `limit` are needed, or DSM gives 120. */
export function logCall(filter: LogFilter, offset: number, limit: number): Call {
	const { taskId, keyword, from, to } = filter;
	return {
		api: 'SYNO.SDS.Backup.Client.Common.Log',
		version: 1,
		method: 'list',
		reads: true,
		parameters: {
			offset,
			limit,
			...(taskId === undefined ? {} : { task_id: taskIdValue(taskId) }),
			...(keyword ? { filter_keyword: keyword } : {}),
			...(from === undefined ? {} : { filter_date_from: Math.floor(from) }),
			...(to === undefined ? {} : { filter_date_to: Math.ceil(to) }),
		},
	};
}

/** Throws if the response holds no log: it must not pass for an empty one. */
export function logPage(data: unknown, offset: number, limit: number): LogPage {
	const { log_list: rows, total } = (data ?? {}) as IDataObject;
	if (!Array.isArray(rows)) throw partMissing('The NAS responded without a log');
	const counted = typeof total === 'number' && Number.isFinite(total) ? total : undefined;
	const end = offset + rows.length;
	// A total may be wrong, and is no reason to leave entries out.
	const last = rows.length === 0 || (rows.length < limit && end >= (counted ?? 0));
	return { rows, entries: rows.map(asEntry), total: counted, last };
}

/** The NAS pays no heed to `offset`. Entries that are all the same prove nothing. */
function isSamePage(a: LogPage, b: LogPage): boolean {
	const texts = b.rows.map((row) => JSON.stringify(row));
	return new Set(texts).size > 1 && JSON.stringify(a.rows) === JSON.stringify(b.rows);
}

/** Entries that were written since the page before push the others back: they come twice. */
function withoutRepeated(page: LogPage, before: LogPage | undefined): LogPage {
	const grown = Math.max(0, (page.total ?? 0) - (before?.total ?? page.total ?? 0));
	if (grown === 0) return page;
	return { ...page, rows: page.rows.slice(grown), entries: page.entries.slice(grown) };
}

/**
 * The log page by page, the newest entries first. `first` is the first page if it has been read;
 * the others have `pageSize` entries.
 */
export async function* readLog(
	client: Pick<DsmClient, 'call'>,
	filter: LogFilter,
	{ first, firstSize = PAGE }: { first?: LogPage; firstSize?: number } = {},
): AsyncGenerator<LogPage, void, undefined> {
	let offset = 0;
	let before: LogPage | undefined;
	for (;;) {
		const size = before === undefined ? firstSize : PAGE;
		const page =
			before === undefined && first !== undefined
				? first
				: logPage(await client.call(logCall(filter, offset, size)), offset, size);
		if (before !== undefined && isSamePage(before, page)) {
			throw partMissing('The NAS sent the same part of the log twice');
		}
		yield withoutRepeated(page, before);
		if (page.last) return;
		offset += page.rows.length;
		before = page;
	}
}
