import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Task } from '../../hyperBackup/task/Task';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { nasItem } from '../eventItem';
import { connectBesideTasks, connectForPoll, fetchTasks, type PollResult } from '../fetchTasks';
import type { PollerState } from '../pollerState';
import { selectTasks, type Selection } from '../selection';
import { nasMark, readStaticData, SCHEMA } from '../staticData';
import type { TrackedTasks } from '../TrackedTask';
import type { TriggerParameters } from '../triggerParameters';
import { needsTasks, WATCHES, watchesOf } from './index';
import { runWatches, type WatchContext, type WatchedPoll, type WatchResults } from './runWatches';
import type { ListedTask } from './Watch';

interface Polled {
	poll: PollResult;
	selection: Selection;
	/** As they were stored by the poll before. */
	tracked: TrackedTasks | undefined;
}

function listedTasks({ poll, selection, tracked }: Polled): ListedTask[] {
	const watched = new Set(selection.snapshots.map(({ id }) => id));
	return poll.snapshots.map(({ id, name }) => {
		const before = tracked?.get(id)?.name;
		const renamed = before !== undefined && before !== name;
		return { id, name, ...(renamed ? { previousName: before } : {}), watched: watched.has(id) };
	});
}

/** The task as items show it, from the row that the poll has read. */
function taskReader({ poll }: Polled): (id: string) => Promise<Task | null> {
	const tasks = new Map<string, Promise<Task | null>>();
	const read = async (id: string): Promise<Task | null> => {
		const row = poll.rows.get(id);
		if (row === undefined) return null;
		const { api, dialect, clock } = poll;
		return (await api.toTasks({ dialect, rows: [row] }, clock))[0]!.model;
	};
	return async (id) => {
		if (!tasks.has(id)) tasks.set(id, read(id));
		return await tasks.get(id)!;
	};
}

function watchContext(
	api: TaskApi,
	parameters: TriggerParameters,
	polled: Polled | undefined,
): WatchContext {
	const now = Date.now();
	return {
		api,
		parameters,
		tasks: polled ? listedTasks(polled) : [],
		taskOf: polled ? taskReader(polled) : async () => await Promise.resolve(null),
		now,
		detectedAt: new Date(now).toISOString(),
	};
}

/** The watches whose events are chosen, after the events of the tasks have been detected. */
export async function runChosenWatches({
	context,
	parameters,
	staticData,
	state,
	...polled
}: Polled & {
	context: IPollFunctions;
	parameters: TriggerParameters;
	staticData: IDataObject;
	state: PollerState;
}): Promise<WatchResults> {
	return await runWatches(
		WATCHES,
		watchesOf(parameters.events),
		async () => watchContext(await connectBesideTasks(context, parameters), parameters, polled),
		watchedPoll(context, polled.poll.nas, staticData, state),
	);
}

const watchedPoll = (
	{ logger }: IPollFunctions,
	nas: string,
	staticData: IDataObject,
	{ afresh, watches: state }: PollerState,
): WatchedPoll => ({ staticData, nas, afresh, state, logger });

/**
 * A poll in which no event of the tasks is chosen, so that their list is not requested: the NAS may
 * have none. It fails if none of the watches works.
 */
export async function pollWatchesAlone(
	context: IPollFunctions,
	parameters: TriggerParameters,
	staticData: IDataObject,
	state: PollerState,
): Promise<IDataObject[]> {
	const api = await connectForPoll(context, parameters);
	const nas = nasMark(api.client.address);
	const watched = await runWatches(
		WATCHES,
		watchesOf(parameters.events),
		async () => await Promise.resolve(watchContext(api, parameters, undefined)),
		watchedPoll(context, nas, staticData, state),
	);
	if (!watched.worked) {
		state.watches.failing.clear();
		throw watched.error;
	}
	const output = [...watched.items];
	const { unreachableSince } = readStaticData(staticData, nas, state.known);
	if (unreachableSince !== undefined && parameters.events.includes('nasUnreachable')) {
		output.unshift(nasItem('nasReachable', 'The NAS can be reached again', api.nas));
	}
	Object.assign(staticData, {
		schema: SCHEMA,
		unreachableSince: undefined,
		unreachableAt: undefined,
		polledAt: Date.now(),
	});
	watched.save();
	state.afresh = false;
	return output;
}

/** For *Fetch Test Event*: what the first watch that has something would deliver, marked `test`. */
export async function sampleOfWatch(
	context: IPollFunctions,
	parameters: TriggerParameters,
): Promise<IDataObject> {
	const polled = needsTasks(parameters.events)
		? await (async (): Promise<Polled> => {
				const poll = await fetchTasks(context, parameters);
				const selection = selectTasks(parameters.tasks, poll.snapshots, undefined);
				return { poll, selection, tracked: undefined };
			})()
		: undefined;
	const api = await connectForPoll(context, parameters);
	const shared = watchContext(api, parameters, polled);
	const input = { ...shared, state: undefined, baseline: true, sameNas: false };
	for (const watch of watchesOf(parameters.events)) {
		const item = await watch.sample(input);
		if (item) return { ...item, test: true };
	}
	throw new TaskError(
		'There is nothing to show for the chosen events',
		'Nothing of this kind has happened on this NAS yet. Choose another event, or try again later.',
	);
}
