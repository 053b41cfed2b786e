import type { DetectedEvent, Detection } from './detectEvents';
import type { EventName } from './eventNames';
import { findings, type Limits } from './thresholds';
import type { TrackedTask, TrackedTasks } from './TrackedTask';

const HOUR = 3_600_000;

/** What lasts, and is reported again; *NAS Unreachable* is the business of a failed poll. */
const REMINDED = ['backupOverdue', 'backupNeverRan', 'destinationProblem'] as const;
type Reminded = (typeof REMINDED)[number];

/** Something that lasts. Times are milliseconds since 1970, n8n's clock. */
export interface Reminder {
	/** Of the task. */
	id: string;
	event: Reminded;
	since: number;
	/** When it was reported last, or first detected if it was not reported. */
	at: number;
}

/** Whether it is time, and which time that was: reminders keep to the hours of the first report. */
export function dueReminder(at: number, now: number, hours: number): number | undefined {
	const times = hours > 0 ? Math.floor((now - at) / (hours * HOUR)) : 0;
	return times >= 1 ? at + times * hours * HOUR : undefined;
}

function lasting(
	known: Map<string, Reminder>,
	{ tracked, reported }: Detection,
	chosen: readonly EventName[],
): Array<Pick<Reminder, 'id' | 'event'>> {
	const found: Array<Pick<Reminder, 'id' | 'event'>> = [];
	for (const [id, { conditions }] of reported) {
		for (const event of ['backupOverdue', 'backupNeverRan'] as const) {
			if (conditions.has(event)) found.push({ id, event });
		}
	}
	for (const [id, { problem, status }] of tracked) {
		// Where it is not clear how the task is, nothing shows that the problem is over.
		const lasts = status === 'unknown' && known.has(`destinationProblem ${id}`);
		if (lasts || problem?.startsWith('destination_'))
			found.push({ id, event: 'destinationProblem' });
	}
	return found.filter(({ event }) => chosen.includes(event));
}

export interface RemindersInput {
	chosen: readonly EventName[];
	/** 0: no reminders. */
	hours: number;
	limits: Limits;
	now: number;
	/** The tasks as the last poll stored them. */
	tasks: TrackedTasks;
}

/**
 * What a poll adds to its detection: events of what has lasted for `hours` since it was reported. A
 * task that is missing from the list waits until it is back.
 */
export function remind(
	before: Reminder[],
	detection: Detection,
	input: RemindersInput,
): { events: DetectedEvent[]; reminders: Reminder[] } {
	const { now, hours, tasks } = input;
	if (hours === 0) return { events: [], reminders: [] };
	const known = new Map(before.map((reminder) => [`${reminder.event} ${reminder.id}`, reminder]));
	const events: DetectedEvent[] = [];
	const reminders = lasting(known, detection, input.chosen).map(({ id, event }): Reminder => {
		const begun = detection.events.find((one) => one.event === event && one.now?.id === id);
		const last = known.get(`${event} ${id}`);
		if (begun || !last) return { id, event, since: begun?.since ?? now, at: now };
		const task = detection.tracked.get(id);
		const reminder = { ...last, at: Math.min(last.at, now) };
		const due = dueReminder(reminder.at, now, hours);
		if (due === undefined || !task || task.missing !== undefined) return reminder;
		const before = tasks.get(id);
		events.push({ event, ...findingOf(task, reminder, input), reminder: true, now: task, before });
		return { ...reminder, at: due };
	});
	return { events, reminders };
}

/** Why and since when as it is now: what did not start may have run without success since. */
function findingOf(
	task: TrackedTask,
	{ event, since }: Reminder,
	{ now, limits }: RemindersInput,
): { reason?: string; since: number } {
	if (event === 'destinationProblem') return { since };
	return findings(task, now, limits)[event] ?? { since };
}

/** As it is stored; undefined for none. */
export const remindersText = (reminders: Reminder[]): string | undefined =>
	reminders.length === 0
		? undefined
		: JSON.stringify(reminders.map(({ id, event, since, at }) => [id, event, since, at]));

/** What is damaged is left out: it is then counted from this poll. */
export function parseReminders(text: unknown): Reminder[] {
	if (typeof text !== 'string') return [];
	let rows: unknown;
	try {
		rows = JSON.parse(text);
	} catch {
		return [];
	}
	return (Array.isArray(rows) ? (rows as unknown[]) : []).flatMap((row): Reminder[] => {
		const [id, event, since, at] = Array.isArray(row) ? (row as unknown[]) : [];
		const known = REMINDED.find((one) => one === event);
		if (typeof id !== 'string' || typeof since !== 'number' || typeof at !== 'number') return [];
		return known === undefined ? [] : [{ id, event: known, since, at }];
	});
}
