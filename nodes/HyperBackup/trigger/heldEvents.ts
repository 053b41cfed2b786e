import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { NasClock } from '../hyperBackup/clock/NasClock';
import { isMuted, taskOf, type Moment, type Muting } from './muting';

/** An event that waits for the end of its mute, and those that it stands for. */
interface Held {
	/** The newest one. */
	item: IDataObject;
	count: number;
	/** `detected_at` of the first one. */
	since: string;
}

/** Above this number, items are stored without what is only nice to know. */
const MOST_IN_FULL = 100;

/** Above this number, one stands for all events of its kind. */
const MOST_BY_TASK = 1000;

/** What is held together: the events of one kind of one task; log entries one by one. */
function keyOf(item: IDataObject, held: number): string {
	const event = String(item.event);
	if (held >= MOST_BY_TASK) return event;
	const key = `${event} ${String(taskOf(item)?.task_id ?? '')}`;
	return event === 'logEntry' && held < MOST_IN_FULL ? `${key} ${String(item.message)}` : key;
}

function withoutDetails(item: IDataObject): IDataObject {
	const { task_id = null, name = null, status = null } = taskOf(item) ?? {};
	const { run, task } = item;
	const outcome = (run as IDataObject | null)?.outcome;
	return {
		...item,
		task: task ? { task_id, name, status } : null,
		previous: task ? null : { task_id, name, status },
		run: run ? { outcome } : null,
		log: undefined,
		entry: undefined,
	};
}

function hold(held: Map<string, Held>, item: IDataObject): void {
	const key = keyOf(item, held.size);
	const before = held.get(key);
	const { count = 0, since = String(item.detected_at) } = before ?? {};
	const small = held.size >= MOST_IN_FULL ? withoutDetails(item) : item;
	// Nobody has heard of what is held: it is no reminder when it is delivered.
	const first = item.reminder === true && before?.item.reminder !== true;
	const stored = first && before ? before.item : small;
	// The newest one comes last.
	held.delete(key);
	held.set(key, { item: stored, count: count + 1, since });
}

/** What is damaged is left out. */
function parseHeld(text: unknown): Map<string, Held> {
	const held = new Map<string, Held>();
	if (typeof text !== 'string') return held;
	try {
		for (const [key, item, count, since] of JSON.parse(text) as unknown[][]) {
			if (typeof key !== 'string' || typeof item !== 'object' || item === null) continue;
			if (typeof count !== 'number' || typeof since !== 'string') continue;
			held.set(key, { item: item as IDataObject, count, since });
		}
	} catch {
		// Damaged as a whole.
	}
	return held;
}

const heldText = (held: Map<string, Held>): string =>
	JSON.stringify([...held].map(([key, { item, count, since }]) => [key, item, count, since]));

function released({ item, count, since }: Held): IDataObject {
	const others = count === 1 ? '' : ` (while muted: ${count} such events)`;
	return { ...item, message: `${String(item.message)}${others}`, muted: { count, since } };
}

/** By the NAS's clock as it was read last; in the workflow's zone where it has not been. */
function momentBy(context: IPollFunctions, { offset, skew }: IDataObject): Moment {
	const now = Date.now();
	const reading =
		typeof offset === 'number' && typeof skew === 'number' ? { offset, skew } : undefined;
	const nasNow = Math.floor((now - (reading?.skew ?? 0)) / 1000);
	const local = new NasClock(context.getTimezone(), reading, now).toIso(nasNow)!;
	return { now, local };
}

/**
 * Of what a poll has found, what is delivered now: the rest is held in static data, in one text
 * since n8n wraps objects there. What was held comes first, once its mute has ended.
 */
export function deliverOrHold(
	context: IPollFunctions,
	muting: Muting,
	stored: IDataObject,
	items: IDataObject[],
): IDataObject[] {
	const nothing = muting.windows.length === 0 && muting.tasks.length === 0;
	if (nothing && stored.held === undefined) return items;
	const moment = momentBy(context, stored);
	const held = parseHeld(stored.held);
	const output: IDataObject[] = [];
	for (const [key, one] of [...held]) {
		if (isMuted(one.item, muting, moment)) continue;
		held.delete(key);
		output.push(released(one));
	}
	for (const item of items) {
		if (isMuted(item, muting, moment)) hold(held, item);
		else output.push(item);
	}
	stored.held = held.size === 0 ? undefined : heldText(held);
	return output;
}
