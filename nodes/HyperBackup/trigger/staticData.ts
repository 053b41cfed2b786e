import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { BoundedMap } from '../dsm/BoundedMap';
import type { ClockReading } from '../hyperBackup/clock/NasClock';
import type { ReportedConditions } from './detectionInput';
import { parseReminders, remindersText, type Reminder } from './reminders';
import { fromRow, toRow } from './taskRow';
import { CONDITIONS, type Condition } from './thresholds';
import type { TrackedTasks } from './TrackedTask';

/** Raised when what is stored changes its meaning: an older state is then not compared with. */
export const SCHEMA = 4;

/** What the trigger stores between polls, in n8n's static data of the node. */
export interface StaticData {
	/** undefined: there is no baseline. */
	tasks?: TrackedTasks;
	/** The baseline is that of the NAS at this address. */
	sameNas: boolean;
	/** What has been reported and not ended: apart from the baseline, since it outlives it. */
	reported: ReportedConditions;
	/**
	 * Milliseconds since 1970, n8n's clock: the NAS was reported as unreachable and not yet as back.
	 */
	unreachableSince?: number;
	/** When that was reported last. */
	unreachableAt?: number;
	/** With *Remind Every*: what lasts. */
	reminders: Reminder[];
	clock?: ClockReading;
	/** Milliseconds by which n8n's clock was ahead of the NAS's at the last poll. */
	skew?: number;
	/** Milliseconds since 1970, n8n's clock. */
	polledAt?: number;
	/** The tasks watched: '' for all. */
	selection: string;
}

const marks = new BoundedMap<string, string>();

export function nasMark(baseUrl: string): string {
	const known = marks.get(baseUrl);
	if (known !== undefined) return known;
	const mark = createHash('sha256').update(baseUrl).digest('hex').slice(0, 16);
	marks.set(baseUrl, mark);
	return mark;
}

export const selectionMark = (entries: string[]): string => [...entries].sort().join('\n');

function parseTasks(text: unknown): TrackedTasks | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		const tasks = text === '' ? [] : text.split('\n').map(fromRow);
		return new Map(tasks.map((task) => [task.id, task]));
	} catch {
		return undefined;
	}
}

function parseReported(text: unknown): ReportedConditions {
	const reported: ReportedConditions = new Map();
	if (text === undefined) return reported;
	try {
		const rows = JSON.parse(String(text)) as unknown;
		for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
			const [id, name, ...conditions] = Array.isArray(row) ? (row as unknown[]) : [];
			if (typeof id !== 'string' || typeof name !== 'string') continue;
			const known = CONDITIONS.filter((condition) => conditions.includes(condition));
			if (known.length > 0) reported.set(id, { name, conditions: new Set<Condition>(known) });
		}
	} catch {
		// Damaged: nothing is known to be reported, so what still holds is reported again.
	}
	return reported;
}

/**
 * The tasks last read or written by this process, with their text: a poll in which nothing has
 * changed neither parses nor writes them.
 */
export interface KnownTasks {
	text: string;
	tasks: TrackedTasks;
}

const numberOr = (value: unknown): number | undefined =>
	typeof value === 'number' ? value : undefined;

/**
 * What is stored. The tasks are one text: n8n wraps every object in static data in a proxy, which
 * makes reading thousands of them slow.
 */
export function readStaticData(stored: IDataObject, nas: string, known?: KnownTasks): StaticData {
	const valid = stored.schema === SCHEMA;
	const sameNas = valid && stored.nas === nas;
	const { tasks: text, reported, unreachableSince, offset, skew, polledAt, selection } = stored;
	const tasks = known !== undefined && known.text === text ? known.tasks : parseTasks(text);
	const clock =
		typeof offset === 'number' && typeof skew === 'number' ? { offset, skew } : undefined;
	return {
		tasks: valid ? tasks : undefined,
		sameNas,
		reported: valid ? parseReported(reported) : new Map(),
		unreachableSince: valid ? numberOr(unreachableSince) : undefined,
		unreachableAt: valid ? numberOr(stored.unreachableAt) : undefined,
		reminders: valid ? parseReminders(stored.reminders) : [],
		clock: sameNas ? clock : undefined,
		skew: sameNas ? numberOr(skew) : undefined,
		polledAt: valid ? numberOr(polledAt) : undefined,
		selection: valid && typeof selection === 'string' ? selection : '',
	};
}

function sameTasks(a: TrackedTasks, b: TrackedTasks): boolean {
	if (a === b) return true;
	if (a.size !== b.size) return false;
	for (const [id, task] of b) if (a.get(id) !== task) return false;
	return true;
}

/**
 * In one go, as the last step of a poll: a poll that fails leaves everything as it was. Returns
 * what is then known.
 */
export function writeStaticData(
	stored: IDataObject,
	nas: string,
	data: Omit<StaticData, 'sameNas'> & { tasks: TrackedTasks },
	known?: KnownTasks,
): KnownTasks {
	const {
		tasks,
		reported,
		unreachableSince,
		unreachableAt,
		reminders,
		clock,
		skew,
		polledAt,
		selection,
	} = data;
	const unchanged =
		known !== undefined && known.text === stored.tasks && sameTasks(known.tasks, tasks);
	const text = unchanged ? known.text : [...tasks.values()].map(toRow).join('\n');
	const conditions = [...reported].map(([id, { name, conditions: held }]) => [id, name, ...held]);
	Object.assign(stored, {
		schema: SCHEMA,
		nas,
		...(unchanged ? {} : { tasks: text }),
		reported: conditions.length === 0 ? undefined : JSON.stringify(conditions),
		unreachableSince,
		unreachableAt,
		reminders: remindersText(reminders),
		offset: clock?.offset,
		skew: clock?.skew ?? (skew || undefined),
		polledAt,
		selection,
	});
	return { text, tasks };
}
