import type { IDataObject } from 'n8n-workflow';
import type { Task } from '../../hyperBackup/task/Task';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import type { EventName, FollowUp } from '../eventNames';
import type { TriggerParameters } from '../triggerParameters';

/** A task of the NAS, as this poll listed it. */
export interface ListedTask {
	id: string;
	name: string;
	/** Its name at the last poll, if it was renamed since. */
	previousName?: string;
	/** Chosen in *Task Names or IDs*, or none is. */
	watched: boolean;
}

/** What a watch gets to work with in one poll. */
export interface WatchInput {
	/** Connected with a short time limit: the events of the tasks wait for the watches. */
	api: TaskApi;
	parameters: TriggerParameters;
	/** Empty where the poll needed no list of tasks: see `Watch.needsTasks`. */
	tasks: ListedTask[];
	/** The task as items show it. No request; null if the NAS does not list it. */
	taskOf: (id: string) => Promise<Task | null>;
	/**
	 * What the watch stored last, as JSON gives it back, or undefined. It may be damaged, edited, or
	 * of an older version of this package: the watch checks it.
	 */
	state: unknown;
	/**
	 * This poll only records what there is: the first one, the first after the workflow was published
	 * again, or with another NAS address. What was reported as begun and not as ended outlives that,
	 * as for the tasks: such a watch takes it over from `state`.
	 */
	baseline: boolean;
	/** `state` comes from the NAS at this address. */
	sameNas: boolean;
	/** Milliseconds since 1970, n8n's clock. */
	now: number;
	/** ISO 8601, the same for all items of this poll. */
	detectedAt: string;
}

export interface WatchOutput {
	/** Made with `watchItem`, in the order in which they are delivered. */
	items: IDataObject[];
	/** Kept for the next poll as JSON; at most `MAX_STATE` characters of it. */
	state: unknown;
}

/**
 * A source of trigger events beside the list of tasks. Called in each poll in which one of its
 * events is chosen, after the events of the tasks have been detected. What it throws is counted and
 * said once if it goes on; its state is then kept as it was, and the events of the tasks are
 * delivered.
 */
export interface Watch {
	/** Where its state is kept in the static data: never changes. */
	key: string;
	/** For the sentence about a watch that keeps failing: "The log", "The destinations". */
	label: string;
	events: EventName[];
	/**
	 * false: works without the list of tasks, so that a NAS without Hyper Backup can be watched.
	 * Where all the events chosen are of such watches, the list is not requested.
	 */
	needsTasks: boolean;
	run: (input: WatchInput) => Promise<WatchOutput>;
	/**
	 * For *Fetch Test Event* where no event of the tasks is chosen: what it would deliver; undefined
	 * if there is nothing to show.
	 */
	sample: (input: WatchInput) => Promise<IDataObject | undefined>;
}

/** The fields that every event item has, then those of the watch. */
export function watchItem(
	event: EventName | FollowUp,
	message: string,
	{ api, detectedAt }: Pick<WatchInput, 'api' | 'detectedAt'>,
	{ task = null, ...more }: IDataObject & { task?: Task | null } = {},
): IDataObject {
	return {
		event,
		message,
		nas: api.nas,
		detected_at: detectedAt,
		task,
		previous: null,
		run: null,
		changed: [],
		...more,
	};
}
