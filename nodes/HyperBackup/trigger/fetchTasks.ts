import type { IPollFunctions } from 'n8n-workflow';
import { DsmClient } from '../dsm/DsmClient';
import type { LastResponse } from '../dsm/http/parseResponse';
import { NasClock, type ClockReading } from '../hyperBackup/clock/NasClock';
import type { Dialect } from '../hyperBackup/task/dialects/Dialect';
import { lastScheduled } from '../hyperBackup/task/schedule';
import { TaskApi, type TaskRows } from '../hyperBackup/task/TaskApi';
import type { RawTask, TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { figureCalls, readFigures } from '../hyperBackup/runs/fetchFigures';
import { figuresOfRow, type RunFigures } from '../hyperBackup/runs/runFigures';
import { isSameRun } from '../hyperBackup/runs/runTimes';
import { ownNode } from '../n8n/ownNode';
import type { Detail } from './anotherRun';
import { shownTasks, type ShownTasks } from './shownTasks';
import { nasMark } from './staticData';
import type { TriggerParameters } from './triggerParameters';
import type { WantedDetails } from './wantedDetails';

/** Milliseconds for one request that is made beside the tasks: their events wait for it. */
const LONGEST_REQUEST = 10_000;

/** All requests of a poll end before n8n abandons it. */
export const connectForPoll = async (
	context: IPollFunctions,
	{ requestTimeout, deadline }: TriggerParameters,
): Promise<TaskApi> => {
	const client = await DsmClient.connect(context, { timeout: requestTimeout, deadline });
	return new TaskApi(client, context.getTimezone(), ownNode(context));
};

export const connectBesideTasks = async (
	context: IPollFunctions,
	parameters: TriggerParameters,
): Promise<TaskApi> => {
	const requestTimeout = Math.min(parameters.requestTimeout, LONGEST_REQUEST);
	return await connectForPoll(context, { ...parameters, requestTimeout });
};

/** Everything one poll reads from the NAS. */
export class PollResult {
	/** Which NAS this is. */
	readonly nas: string;

	readonly details = new Map<string, Detail>();

	/** Of runs that ended, by task ID. */
	readonly figures = new Map<string, RunFigures>();

	clock: NasClock;

	/** The NAS's clock was read in this poll. */
	clockRead = false;

	private byId?: Map<string, RawTask>;

	/** `shown`: for the next poll. */
	constructor(
		readonly api: TaskApi,
		private readonly list: TaskRows,
		readonly shown: ShownTasks,
	) {
		this.nas = nasMark(api.client.address);
		this.clock = new NasClock(api.workflowZone);
	}

	get dialect(): Dialect {
		return this.list.dialect;
	}

	get snapshots(): TaskSnapshot[] {
		return this.shown.snapshots;
	}

	/**
	 * By task ID: the row, with what `status` added where it was read. Made when it is needed: a poll
	 * in which nothing happens needs none.
	 */
	get rows(): Map<string, RawTask> {
		const { rows } = this.list;
		this.byId ??= new Map(this.snapshots.map(({ id }, index) => [id, rows[index]!]));
		return this.byId;
	}
}

/**
 * The list of tasks: one request, whatever their number. `shown` is what the poll before has shown,
 * `last` the response it had.
 */
export async function fetchTasks(
	context: IPollFunctions,
	parameters: TriggerParameters,
	shown?: ShownTasks,
	last?: LastResponse,
): Promise<PollResult> {
	const api = await connectForPoll(context, parameters);
	const list = await api.fetchRows(last);
	return new PollResult(api, list, shownTasks(list.dialect, list.rows, shown));
}

/**
 * `status` shows the same run as the row only if the times agree: between the two requests another
 * may have ended.
 */
function detailOf(dialect: Dialect, row: RawTask, status: RawTask): Detail | undefined {
	const now = dialect.snapshot(row).run;
	if (!isSameRun(dialect.snapshot({ ...row, ...status }).run, now)) return undefined;
	const given = (value: unknown): string | undefined =>
		typeof value === 'string' && value !== '' ? value : undefined;
	return {
		version: given(status.last_bkp_success_version),
		success: given(status.last_bkp_success_time),
	};
}

/**
 * `status` of some tasks, the NAS's clock, and the figures of runs that ended: one more request.
 * What cannot be read is left out.
 */
export async function fetchDetails(
	poll: PollResult,
	{ ids, ended }: WantedDetails,
	lastReading: ClockReading | undefined,
): Promise<void> {
	const { api, dialect } = poll;
	const { rows, reading, clockAnswered, more } = await api.fetchDetails(
		dialect,
		ids,
		ended.flatMap(figureCalls),
	);
	for (const [index, id] of ids.entries()) {
		const row = poll.rows.get(id);
		const status = rows[index];
		const detail = row && status && detailOf(dialect, row, status);
		if (!detail) continue;
		poll.details.set(id, detail);
		// The row shows how the task was when it was listed; `status` only adds to it.
		poll.rows.set(id, { ...status, ...row });
	}
	poll.clock = new NasClock(api.workflowZone, clockAnswered ? reading : lastReading);
	poll.clockRead = reading !== undefined;
	for (const [index, run] of ended.entries()) {
		const answers = more.slice(index * 2, index * 2 + 2);
		poll.figures.set(run.id, readFigures(run, answers, { clock: poll.clock, nas: api.nas }));
	}
}

/** What is known of the last run of a task: in the documented dialect, what its row shows. */
export function figuresOf({ dialect, figures, rows }: PollResult, id: string) {
	const row = dialect.name === 'documented' ? rows.get(id) : undefined;
	return figures.get(id) ?? (row && figuresOfRow(row));
}

/** Milliseconds by n8n's clock at which the task's weekly schedule came due last. */
export function lastDue(poll: PollResult, id: string): number | undefined {
	const { reading } = poll.clock;
	const row = poll.rows.get(id);
	if (reading === undefined || row === undefined || row.is_modified === true) return undefined;
	const wall = (Date.now() - reading.skew) / 1000 + reading.offset;
	const due = lastScheduled(row, wall);
	return due === undefined ? undefined : (due - reading.offset) * 1000 + reading.skew;
}

/**
 * Where times are Unix times, no zone is needed, and no change of it makes two readings of one
 * time.
 */
const hasUnixTimes = ({ dialect }: PollResult): boolean => dialect.name === 'documented';

/** What `PollMoment.sameZone` is. */
export function isSameZone(poll: PollResult, last: ClockReading | undefined): boolean {
	return hasUnixTimes(poll) || (poll.clockRead && poll.clock.reading?.offset === last?.offset);
}

const HOUR = 3_600_000;

/** What is stored of the NAS's clock: how it was read last, and by how much n8n's was ahead. */
export interface StoredClock {
	clock?: ClockReading;
	skew?: number;
}

/** What `PollMoment.clockShift` is. */
export function clockShift(poll: PollResult, { clock: last, skew = 0 }: StoredClock): number {
	// A Unix time means the same instant until the NAS's clock is set.
	if (hasUnixTimes(poll)) return Math.max(0, poll.api.client.skew - skew);
	const { reading } = poll.clock;
	// Not read: summer time may have begun or ended.
	if (!poll.clockRead || reading === undefined || last === undefined) return HOUR;
	const ahead = (reading.offset - last.offset) * 1000 - (reading.skew - last.skew);
	return Math.max(0, -ahead);
}

/** Milliseconds by which n8n's clock was ahead in this poll, by what the NAS showed. */
export function skewOf(poll: PollResult): number | undefined {
	return hasUnixTimes(poll) ? poll.api.client.skew : poll.clock.reading?.skew;
}

export function localTimeReader(poll: PollResult): (text: string) => number | undefined {
	if (hasUnixTimes(poll)) {
		const { skew } = poll.api.client;
		return (text) => (/^[1-9]\d*$/.test(text) ? Number(text) * 1000 + skew : undefined);
	}
	return (text) => poll.clock.toLocalTime(text);
}
