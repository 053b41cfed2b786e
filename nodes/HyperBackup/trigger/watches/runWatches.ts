import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { DsmError } from '../../dsm/errors/DsmError';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { asNodeError } from '../../n8n/nodeErrors';
import type { Watch, WatchInput } from './Watch';
import { readWatchState, watchText, writeWatchState } from './watchState';

export interface WatchFailures {
	/** Polls in a row. */
	polls: number;
	/** Whether they were made a failed execution. */
	reported: boolean;
	/** The last one. */
	error: unknown;
}

/** What this process knows of the watches of one trigger, by their keys. */
export interface WatchesState {
	failing: Map<string, WatchFailures>;
	/** The workflow was published again, and the watch has not worked since. */
	afresh: Set<string>;
}

/** A watch that has failed in this many polls in a row is reported. */
const REPORTED_AFTER = 3;

/** What a watch is called with, apart from what it stored itself. */
export type WatchContext = Omit<WatchInput, 'state' | 'baseline' | 'sameNas'>;

export interface WatchedPoll {
	staticData: IDataObject;
	/** Which NAS this is. */
	nas: string;
	/** The workflow was published since the last poll that succeeded. */
	afresh: boolean;
	state: WatchesState;
	logger: IPollFunctions['logger'];
}

export interface WatchResults {
	items: IDataObject[];
	/** At least one of the watches worked. */
	worked: boolean;
	/** What the last one that did not work threw. */
	error?: unknown;
	/** Called when the poll is over, so that a poll that fails leaves all as it was. */
	save: () => void;
}

interface WatchResult {
	items: IDataObject[];
	/** What is to be stored. */
	text: string | undefined;
	error?: unknown;
}

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : 'something unexpected happened';

function noteFailure(
	{ state: { failing }, logger }: WatchedPoll,
	watch: Watch,
	error: unknown,
): void {
	const { polls, reported } = failing.get(watch.key) ?? { polls: 0, reported: false };
	failing.set(watch.key, { polls: polls + 1, reported, error });
	logger.warn(`${watch.label} could not be watched: ${messageOf(error)}`);
}

/** Never throws. */
async function runWatch(
	watch: Watch,
	context: () => Promise<WatchContext>,
	poll: WatchedPoll,
): Promise<WatchResult> {
	const { staticData, nas, afresh, state: own } = poll;
	const stored = readWatchState(staticData, watch);
	const sameNas = stored?.nas === nas;
	if (afresh) own.afresh.add(watch.key);
	try {
		const { items, state } = await watch.run({
			...(await context()),
			state: stored?.state,
			baseline: stored === undefined || own.afresh.has(watch.key) || !sameNas,
			sameNas,
		});
		const text = watchText({ nas, state });
		own.failing.delete(watch.key);
		own.afresh.delete(watch.key);
		return { items, text };
	} catch (error) {
		noteFailure(poll, watch, error);
		return { items: [], text: stored && watchText(stored), error };
	}
}

/**
 * Runs the `watches` whose events are chosen, one after the other, and forgets what the others of
 * `all` have stored: an event that is chosen again later begins anew.
 */
export async function runWatches(
	all: Watch[],
	watches: Watch[],
	context: () => Promise<WatchContext>,
	poll: WatchedPoll,
): Promise<WatchResults> {
	const results = new Map<Watch, WatchResult>();
	let shared: Promise<WatchContext> | undefined;
	for (const watch of watches) {
		results.set(watch, await runWatch(watch, async () => await (shared ??= context()), poll));
	}
	const settled = [...results.values()];
	return {
		items: settled.flatMap(({ items }) => items),
		worked: settled.some((result) => !('error' in result)),
		error: settled.filter((result) => 'error' in result).pop()?.error,
		save: () => {
			for (const watch of all) {
				writeWatchState(poll.staticData, watch, results.get(watch)?.text);
			}
		},
	};
}

/**
 * Throws once for a watch that has failed in several polls in a row, and again only after it has
 * worked in between. Called when nothing is left to deliver: what is thrown takes the place of a
 * poll's output.
 */
export function reportFailingWatches(
	context: IPollFunctions,
	watches: Watch[],
	{ failing }: WatchesState,
): void {
	for (const watch of watches) {
		const failures = failing.get(watch.key);
		if (!failures || failures.reported || failures.polls < REPORTED_AFTER) continue;
		failures.reported = true;
		const { error } = failures;
		const described = error instanceof DsmError || error instanceof TaskError;
		const also = described && error.description !== '' ? ` ${error.description}` : '';
		throw asNodeError(
			context.getNode(),
			new TaskError(
				`${watch.label} could not be read in ${failures.polls} polls in a row, so its ` +
					`events are not reported: ${messageOf(error)}`,
				`The other events are watched.${also}`,
			),
		);
	}
}
