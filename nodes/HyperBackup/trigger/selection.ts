import { namedAs } from '../hyperBackup/task/namedAs';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TrackedTasks } from './TrackedTask';

export interface Selection {
	/** The tasks that are watched. */
	snapshots: TaskSnapshot[];
	/** By task ID: the entry that chose it. */
	chosenBy: Map<string, string>;
	/** Entries that fit no task on the NAS. */
	unresolved: string[];
}

/** The tasks an entry stands for: by ID, else by its exact name, else by its name in any case. */
function matches(entry: string, all: TaskSnapshot[]): TaskSnapshot[] {
	const byId = all.filter(({ id }) => id === entry);
	if (byId.length > 0) return byId;
	return namedAs(all, entry, ({ name }) => name);
}

/**
 * `entries` are IDs or names; none means all tasks. A task that was watched stays watched when it
 * is renamed.
 */
export function selectTasks(
	entries: string[],
	all: TaskSnapshot[],
	tracked: TrackedTasks | undefined,
): Selection {
	const chosenBy = new Map<string, string>();
	if (entries.length === 0) return { snapshots: all, chosenBy, unresolved: [] };
	const unresolved: string[] = [];
	for (const entry of entries) {
		const found = matches(entry, all);
		for (const { id } of found) chosenBy.set(id, entry);
		const renamed = [...(tracked?.values() ?? [])].filter(({ id, chosenBy: by }) => {
			return by === entry && all.some((now) => now.id === id);
		});
		if (found.length === 0) for (const { id } of renamed) chosenBy.set(id, entry);
		if (found.length === 0 && renamed.length === 0) unresolved.push(entry);
	}
	return { snapshots: all.filter(({ id }) => chosenBy.has(id)), chosenBy, unresolved };
}
