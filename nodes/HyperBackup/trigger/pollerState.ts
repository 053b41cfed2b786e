import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { LastResponse } from '../dsm/http/parseResponse';
import { ownNode } from '../n8n/ownNode';
import type { QuietList } from './quietPoll';
import type { ShownTasks } from './shownTasks';
import type { KnownTasks } from './staticData';
import type { WatchesState } from './watches/runWatches';

/**
 * What this process knows of one trigger node, beside its static data. Lost at a restart, and
 * harmless to lose.
 */
export interface PollerState {
	/** Milliseconds since 1970 of the poll under way, or undefined. */
	pollingSince?: number;
	/** Milliseconds since 1970. */
	lastPoll?: number;
	/** Polls that failed in a row. */
	failures: number;
	/**
	 * The causes that were made error executions since the last poll that succeeded, and when
	 * (milliseconds since 1970).
	 */
	reported: Map<string, number>;
	/** Polls in a row in which an entry of *Task Names or IDs* fitted no task. */
	unresolved: Map<string, number>;
	watches: WatchesState;
	/** The tasks as they were last read or written. */
	known?: KnownTasks;
	/** The list as it came last. */
	lastList: LastResponse;
	/** The list as the last poll that succeeded has shown it. */
	shown?: ShownTasks;
	/** Set after a poll in which nothing happened. */
	quiet?: QuietList;
	/** The static data as the last poll without an event left it. */
	unsaved?: IDataObject;
	/** The last poll, if it emitted something: milliseconds since 1970, as in the static data. */
	emittedAt?: number;
	/** Take a new baseline at the next poll that succeeds, whatever is stored. */
	afresh: boolean;
}

const MAX_STATES = 5000;

const states = new Map<string, PollerState>();
const known = new WeakSet<object>();

export function pollerState(context: IPollFunctions): PollerState {
	const key = `${String(context.getWorkflow().id)}:${ownNode(context).id}`;
	let state = states.get(key);
	if (!state) {
		state = {
			failures: 0,
			reported: new Map(),
			unresolved: new Map(),
			watches: { failing: new Map(), afresh: new Set() },
			lastList: {},
			afresh: false,
		};
		states.set(key, state);
		for (const oldest of states.keys()) {
			if (states.size <= MAX_STATES) break;
			states.delete(oldest);
		}
	}
	return state;
}

/**
 * True for the first poll of a registration: at activation, when n8n starts, and when n8n tries one
 * of these again. An error thrown out of it makes n8n 2.38 and newer give the trigger up for good
 * after a few tries, with the workflow shown as active. n8n hands the same context to every poll of
 * a registration, or - with its durable scheduler - a new one in mode `update` each time, whose
 * errors it takes as any other.
 */
export function isFirstPoll(context: IPollFunctions, polledBefore: boolean): boolean {
	const first = !known.has(context);
	known.add(context);
	return first && !(context.getActivationMode() === 'update' && polledBefore);
}

const polledAt = ({ polledAt: at }: IDataObject): number => (typeof at === 'number' ? at : 0);

/**
 * n8n hands each poll static data as it was stored last. With the durable scheduler it does not
 * store what the poll at activation left, and without durable static data what no poll without an
 * event left: what happened since would then be part of a new baseline, or be compared with a
 * baseline of long ago. A poll that emitted something is not kept here, so that its events are
 * detected again if n8n could not store them.
 */
export function bringUpToDate(stored: IDataObject, { unsaved, emittedAt }: PollerState): void {
	if (unsaved === undefined || polledAt(unsaved) <= polledAt(stored)) return;
	// n8n's clock was set back in between.
	if (emittedAt !== undefined && stored.polledAt === emittedAt) return;
	Object.assign(stored, unsaved);
}

/**
 * Milliseconds in which n8n stores what a poll that emitted something has left. Shorter than the
 * minute between two polls: what could not be stored is detected again by the next one.
 */
const TIME_TO_STORE = 50_000;

/**
 * n8n has not stored yet what the last poll left, so its events would be detected again. With the
 * durable scheduler n8n runs all the polls that it missed, one right after the other.
 */
export function isStillStoring(
	stored: IDataObject,
	{ emittedAt, afresh }: PollerState,
	now: number,
): boolean {
	if (afresh || emittedAt === undefined || polledAt(stored) >= emittedAt) return false;
	return now >= emittedAt && now - emittedAt < TIME_TO_STORE;
}

/** What n8n marks changed static data with. */
const MARK = '__dataChanged';

/** A copy. Static data is a proxy, of which a spread asks a descriptor for each of its fields. */
function copyOf(stored: IDataObject): IDataObject {
	const copy: IDataObject = {};
	for (const name of Reflect.ownKeys(stored) as string[])
		if (name !== MARK) copy[name] = stored[name];
	return copy;
}

/** After a poll that succeeded. */
export function keepUnsaved(stored: IDataObject, state: PollerState, emits: boolean): void {
	state.emittedAt = emits ? polledAt(stored) : undefined;
	if (!emits) state.unsaved = copyOf(stored);
}

/** For tests: a process that has just started. */
export function forgetPollerStates(): void {
	states.clear();
}
