import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { endOf, type TrackedTask, type TrackedTasks } from './TrackedTask';

/** Raised when what is stored changes its meaning: an older state is then not compared with. */
const SCHEMA = 2;

/** What the trigger remembers between polls, in n8n's static data of the node. */
export interface StaticData {
	tasks: TrackedTasks;
	/** Seconds the NAS's clock was ahead of UTC when it was last asked. */
	offset?: number;
	/** Milliseconds since 1970, n8n's clock. */
	lookedAt?: number;
	/** The NAS was reported as unreachable and not yet as back. */
	unreachable?: boolean;
	/** The tasks watched: '' for all. */
	selection: string;
}

export function nasMark(baseUrl: string): string {
	return createHash('sha256').update(baseUrl).digest('hex').slice(0, 16);
}

export const selectionMark = (taskIds: string[]): string => [...taskIds].sort().join('\n');

/** A task as it is stored: the first fields by their place, the rest by name; what is empty is left out. */
type Row = [
	id: string,
	name: string,
	status: string,
	activity: string | null,
	result: string | null,
	word: string,
	problem: string | null,
	run: string,
	next: string,
	more?: Rest,
];
interface Rest extends Partial<
	Pick<
		TrackedTask,
		| 'live'
		| 'doubtful'
		| 'version'
		| 'success'
		| 'liveSince'
		| 'successAt'
		| 'dueAt'
		| 'firstSeen'
		| 'latched'
	>
> {
	/** The last success is the last run. */
	ended?: boolean;
}

function toRow({
	id,
	name,
	status,
	activity,
	result,
	word,
	problem,
	run,
	next,
	live,
	success,
	...rest
}: TrackedTask): Row {
	// The last success is the last run, mostly, and its time is there already.
	const more: Rest = {
		...rest,
		...(live ? { live } : {}),
		...(success === endOf(run) ? { ended: true } : { success }),
	};
	return [id, name, status, activity, result ?? null, word, problem, run, next, more];
}

function isRow(value: unknown): value is Row {
	if (!Array.isArray(value) || value.length < 9) return false;
	const [id, name, status, , , word, , run, next, more] = value as unknown[];
	if (![id, name, status, word, run, next].every((field) => typeof field === 'string'))
		return false;
	const { latched, liveSince } = (more ?? {}) as Record<string, unknown>;
	return (
		(latched === undefined || Array.isArray(latched)) &&
		(liveSince === undefined || typeof liveSince === 'number')
	);
}

function fromRow([
	id,
	name,
	status,
	activity,
	result,
	word,
	problem,
	run,
	next,
	more,
]: Row): TrackedTask {
	const { ended, ...rest } = more ?? {};
	return {
		id,
		name,
		status,
		activity,
		result: result ?? undefined,
		word,
		problem,
		run,
		next,
		live: false,
		...(ended === true ? { success: endOf(run) } : {}),
		...rest,
	} as TrackedTask;
}

function parseTasks(text: string): TrackedTasks | undefined {
	let rows: unknown;
	try {
		rows = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!Array.isArray(rows) || !rows.every(isRow)) return undefined;
	return Object.fromEntries(rows.map((row) => [row[0], fromRow(row)]));
}

/** The tasks last read or written by this process, with their text: a poll in which nothing has changed neither parses nor writes them. */
export interface KnownTasks {
	text: string;
	tasks: TrackedTasks;
	/** The mark of a look that changed nothing of them. */
	settled?: string;
}

/**
 * What is stored, or undefined if there is nothing, it is of another schema or NAS, or it is damaged: then a new baseline is taken. The tasks are one
 * text: n8n wraps every object in static data in a proxy, which makes reading thousands of them slow.
 */
export function readStaticData(
	stored: IDataObject,
	nas: string,
	known?: KnownTasks,
): StaticData | undefined {
	if (stored.schema !== SCHEMA || stored.nas !== nas) return undefined;
	const { tasks: text, offset, lookedAt, unreachable, selection } = stored;
	if (typeof text !== 'string') return undefined;
	const tasks = known?.text === text ? known.tasks : parseTasks(text);
	if (tasks === undefined) return undefined;
	return {
		tasks,
		offset: typeof offset === 'number' ? offset : undefined,
		lookedAt: typeof lookedAt === 'number' ? lookedAt : undefined,
		unreachable: unreachable === true,
		selection: typeof selection === 'string' ? selection : '',
	};
}

function sameTasks(a: TrackedTasks, b: TrackedTasks): boolean {
	if (a === b) return true;
	const ids = Object.keys(b);
	return Object.keys(a).length === ids.length && ids.every((id) => a[id] === b[id]);
}

/** In one go, as the last step of a poll: a poll that fails leaves everything as it was. Gives back what is then known. */
export function writeStaticData(
	stored: IDataObject,
	nas: string,
	memory: StaticData,
	known?: KnownTasks,
): KnownTasks {
	const unchanged =
		known !== undefined && known.text === stored.tasks && sameTasks(known.tasks, memory.tasks);
	const text = unchanged ? known.text : JSON.stringify(Object.values(memory.tasks).map(toRow));
	Object.assign(stored, {
		schema: SCHEMA,
		nas,
		...(unchanged ? {} : { tasks: text }),
		offset: memory.offset,
		lookedAt: memory.lookedAt,
		unreachable: memory.unreachable === true,
		selection: memory.selection,
	});
	return { text, tasks: memory.tasks };
}
