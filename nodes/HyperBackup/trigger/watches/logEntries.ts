import type { IDataObject } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { isAtLeast } from '../../hyperBackup/logs/levels';
import {
	splitEvent,
	toLogEntry,
	type LogEntry,
	type RawEntry,
} from '../../hyperBackup/logs/LogEntry';
import { markOf, MarkReader, parseMark, type LogMark } from '../../hyperBackup/logs/logMark';
import { readLog } from '../../hyperBackup/logs/readLog';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { watchItem, type Watch, type WatchInput, type WatchOutput } from './Watch';

/** What a poll reads, as long as nothing has filled the log since the last one. */
const FIRST_SIZE = 100;
/** More new entries than this are not reported one by one. */
const MOST_ENTRIES = 20_000;
/** Milliseconds: the events of the tasks wait for the log. */
const TIME_LIMIT = 15_000;

interface NewEntries {
	/** The newest first. */
	entries: RawEntry[];
	mark: LogMark;
	/** There are more than are reported. */
	more: boolean;
}

/** `mark` is undefined for a baseline: one page is read, and nothing of it is new. */
async function readNew({ api }: WatchInput, mark: LogMark | undefined): Promise<NewEntries> {
	const began = Date.now();
	const reader = mark && new MarkReader(mark);
	const read: RawEntry[] = [];
	const entries: RawEntry[] = [];
	let complete = false;
	for await (const page of readLog(api.client, {}, { firstSize: FIRST_SIZE })) {
		read.push(...page.entries);
		if (reader) entries.push(...page.entries.filter((entry) => reader.isNew(entry)));
		complete = page.last;
		if (!reader || reader.over || read.length >= MOST_ENTRIES) break;
		if (Date.now() - began > TIME_LIMIT) {
			throw new TaskError(
				'The log could not be read to the last known entry in time',
				'The NAS is slow, or the log has grown by thousands of entries.',
			);
		}
	}
	const more = reader !== undefined && !reader.over && !complete;
	return { entries, mark: markOf(read, complete), more };
}

/** Names of the tasks, those from before a change as well. */
function namesOf({ tasks }: WatchInput): { ids: Map<string, string>; watched: Set<string> } {
	const ids = new Map<string, string>();
	const watched = new Set<string>();
	for (const { id, name, previousName, watched: isWatched } of tasks) {
		for (const known of [previousName, name]) {
			if (known === undefined) continue;
			ids.set(known, id);
			if (isWatched) watched.add(known);
		}
	}
	return { ids, watched };
}

/** What the NAS writes about no task is only of interest where all tasks are watched. */
function isWanted(entry: RawEntry, { parameters }: WatchInput, watched: Set<string>): boolean {
	if (!isAtLeast(entry.level, parameters.logLevel)) return false;
	if (parameters.tasks.length === 0) return true;
	const { name } = splitEvent(entry.event);
	return name !== null && watched.has(name);
}

async function toItems(input: WatchInput, wanted: RawEntry[]): Promise<IDataObject[]> {
	if (wanted.length === 0) return [];
	const { api, taskOf } = input;
	const clock = await readClock(api.client, api.workflowZone);
	const { ids } = namesOf(input);
	const items: IDataObject[] = [];
	for (const raw of wanted) {
		const entry: LogEntry = toLogEntry(raw, { clock, nas: api.nas, ids });
		const task = entry.task_id === null ? null : await taskOf(entry.task_id);
		items.push(watchItem('logEntry', entry.message, input, { task, entry }));
	}
	return items;
}

async function run(input: WatchInput): Promise<WatchOutput> {
	const known = input.baseline ? undefined : parseMark(input.state);
	const { entries, mark, more } = await readNew(input, known);
	const { watched } = namesOf(input);
	const wanted = entries.filter((entry) => isWanted(entry, input, watched)).reverse();
	const items = await toItems(input, wanted);
	if (more) {
		const message =
			`More than ${MOST_ENTRIES} entries were added to the log since the last poll: the ` +
			'oldest of them are not reported';
		items.unshift(watchItem('logEntry', message, input, { entry: null }));
	}
	return { items, state: mark };
}

/** The newest entry at the chosen level. */
async function sample(input: WatchInput): Promise<IDataObject | undefined> {
	const { watched } = namesOf(input);
	for await (const { entries } of readLog(input.api.client, {})) {
		const found = entries.find((entry) => isWanted(entry, input, watched));
		if (found) return (await toItems(input, [found]))[0];
	}
	return undefined;
}

/** Hyper Backup's log: every entry once, at or above the level chosen. One request in each poll. */
export const logEntries: Watch = {
	key: 'log',
	label: 'The log',
	events: ['logEntry'],
	needsTasks: true,
	run,
	sample,
};
