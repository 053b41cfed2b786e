import type { ListedTask, WatchInput } from './Watch';
import { isTime, parseEntries } from './watchState';

/** What is stored of a task. Times are milliseconds since 1970, n8n's clock. */
export interface CheckedTask {
	name: string;
	firstSeen: number;
	/** When the time of its last check was read; undefined: not yet. */
	readAt?: number;
	/** The last check; undefined if none is known. */
	checkedAt?: number;
	/** It was reported as overdue, and not as checked since. */
	reported?: boolean;
	/** Polls in a row whose list did not contain the task, or in which it was not watched. */
	missing?: number;
}

export type CheckedTasks = Map<string, CheckedTask>;

/** undefined for what is damaged: the task is then a new one. */
function parseTask(value: unknown): CheckedTask | undefined {
	const { name, firstSeen, readAt, checkedAt, reported, missing } = (value ?? {}) as Record<
		string,
		unknown
	>;
	if (typeof name !== 'string' || !isTime(firstSeen)) return undefined;
	return {
		name,
		firstSeen,
		...(isTime(readAt) ? { readAt } : {}),
		...(isTime(checkedAt) ? { checkedAt } : {}),
		...(reported === true ? { reported } : {}),
		...(isTime(missing) ? { missing } : {}),
	};
}

/** Of another NAS only what was reported is taken over: it has to end. */
function forgetReadings(tasks: CheckedTasks): CheckedTasks {
	const reported = [...tasks].filter(([, task]) => task.reported === true);
	return new Map(
		reported.map(([id, { name, firstSeen }]) => [id, { name, firstSeen, reported: true }]),
	);
}

/** A number that was given to another task: what is stored is not about this one. */
const isSame = (before: CheckedTask | undefined, { name, previousName }: ListedTask): boolean =>
	before !== undefined && [name, previousName].includes(before.name);

/** What is stored, brought up to the tasks of this poll. */
export function tasksNow({ state, sameNas, now }: WatchInput, watched: ListedTask[]): CheckedTasks {
	const parsed = parseEntries(state, parseTask);
	const stored = sameNas ? parsed : forgetReadings(parsed);
	const tasks: CheckedTasks = new Map();
	for (const [id, task] of stored) tasks.set(id, { ...task, missing: (task.missing ?? 0) + 1 });
	for (const listed of watched) {
		const before = stored.get(listed.id);
		const known = isSame(before, listed) ? before : undefined;
		const task = known ?? { firstSeen: now };
		// The other task's report ends with the first poll that shows this one.
		const reported = before?.reported === true ? { reported: true } : {};
		tasks.set(listed.id, { ...task, ...reported, name: listed.name, missing: undefined });
	}
	return tasks;
}
