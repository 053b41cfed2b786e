import { callAll } from '../../dsm/compound';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { readClock, type NasClock } from '../clock/NasClock';
import { DIALECTS } from '../task/dialects';
import { rowItem } from '../task/Task';
import type { TaskApi, TaskRows, WithRaw } from '../task/TaskApi';
import { isAtLeast, type Level } from './levels';
import { splitEvent, toLogEntry, type LogEntry, type RawEntry } from './LogEntry';
import { logCall, logPage, PAGE, readLog, type LogFilter, type LogPage } from './readLog';

export interface LogRequest {
	/** May be Infinity. */
	limit: number;
	least: Level;
	keyword?: string;
	/** Unix seconds. */
	since?: number;
	until?: number;
	/** The name of the one task that is wanted, from the tasks there are; undefined: any. */
	chooseTask?: (tasks: Array<{ id: string; name: string }>) => string;
}

interface Beginning {
	tasks: Array<{ id: string; name: string }>;
	first: LogPage;
}

const named = ({ dialect, rows }: TaskRows): Beginning['tasks'] =>
	rows.map((row) => dialect.snapshot(row)).map(({ id, name }) => ({ id, name }));

/** The tasks and the newest entries, in one request where the NAS takes it. */
async function begin(
	api: TaskApi,
	filter: LogFilter,
	size: number,
	tasksAreOptional: boolean,
): Promise<Beginning> {
	const { client } = api;
	const call = logCall(filter, 0, size);
	const { dsm } = DIALECTS;
	const asked =
		client.facts.dialect === 'documented' ? [] : await callAll(client, [dsm.list(), call]);
	const [list, log] = asked;
	// Asked for by itself, an API that is missing says which package it belongs to.
	const page = log !== undefined && 'data' in log ? log.data : await client.call(call);
	const first = logPage(page, 0, size);
	if (list !== undefined && 'data' in list) {
		return { tasks: named({ dialect: dsm, rows: dsm.rows(list.data) }), first };
	}
	try {
		return { tasks: named(await api.fetchRows()), first };
	} catch (error) {
		// Without the tasks the entries only lack their numbers.
		const refusal = dsmErrorOf(error);
		if (!tasksAreOptional) throw refusal;
		return { tasks: [], first };
	}
}

/** Where the NAS's clock cannot be read, only the NAS knows what its times mean. */
function isWithin(raw: RawEntry, { since, until }: LogRequest, clock: NasClock): boolean {
	const at = clock.reading === undefined ? null : clock.toUnix(raw.time);
	return at === null || (at >= (since ?? -Infinity) && at <= (until ?? Infinity));
}

/** The newest entries first, page by page until there are as many as wanted. */
export async function fetchLog(
	api: TaskApi,
	request: LogRequest,
): Promise<Array<WithRaw<LogEntry>>> {
	const { limit, least, keyword, since, until, chooseTask } = request;
	const filter: LogFilter = { keyword, from: since, to: until };
	const filtersHere = least !== 'info' || chooseTask !== undefined;
	const size = filtersHere ? PAGE : Math.min(limit, PAGE);
	const { tasks, first } = await begin(api, filter, size, chooseTask === undefined);
	const wanted = chooseTask?.(tasks);
	const clock = await readClock(api.client, api.workflowZone);
	const context = { clock, nas: api.nas, ids: new Map(tasks.map(({ id, name }) => [name, id])) };
	const found: Array<WithRaw<LogEntry>> = [];
	for await (const { entries, rows } of readLog(api.client, filter, { first, firstSize: size })) {
		for (const [index, raw] of entries.entries()) {
			if (!isAtLeast(raw.level, least) || !isWithin(raw, request, clock)) continue;
			if (wanted !== undefined && splitEvent(raw.event).name !== wanted) continue;
			found.push({ model: toLogEntry(raw, context), raw: rowItem(rows[index]) });
			if (found.length >= limit) return found;
		}
	}
	return found;
}
