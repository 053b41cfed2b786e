import type { EventName } from '../eventNames';
import { checkOverdue } from './checkOverdue';
import { logEntries } from './logEntries';
import { vaultOverdue } from './vaultOverdue';
import type { Watch } from './Watch';

/** In the order in which they are called. A new one is one file, and one row here. */
export const WATCHES: Watch[] = [logEntries, checkOverdue, vaultOverdue];

export const watchesOf = (chosen: readonly EventName[]): Watch[] =>
	WATCHES.filter(({ events }) => events.some((event) => chosen.includes(event)));

/** Not an event of a task: what is left of a selection when the watches are taken away. */
const isOwn = (event: EventName, watches: Watch[]): boolean =>
	watches.some(({ events }) => events.includes(event));

/**
 * Whether the list of tasks has to be requested. *NAS Unreachable* is no reason: every request
 * shows whether the NAS is there.
 */
export function needsTasks(chosen: readonly EventName[]): boolean {
	const without = WATCHES.filter((watch) => !watch.needsTasks);
	const some = chosen.some((event) => isOwn(event, without));
	return !some || !chosen.every((event) => event === 'nasUnreachable' || isOwn(event, without));
}

/** Whether no event of the tasks is chosen, so that a test event is one of a watch. */
export const onlyWatches = (chosen: readonly EventName[]): boolean =>
	chosen.length > 0 && chosen.every((event) => isOwn(event, WATCHES));
