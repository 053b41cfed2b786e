import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { RunWatch, type WatchOptions, type WatchOutcome } from '../hyperBackup/runs/RunWatch';
import type { Dialect } from '../hyperBackup/task/dialects/Dialect';
import type { RawTask, TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import { DsmError } from '../dsm/errors/DsmError';
import type { ChosenTask } from '../n8n/taskLocator';

export interface WaitOptions extends Omit<WatchOptions, 'underWay'> {
	/** Milliseconds. */
	timeLimit: number;
	/** Milliseconds between two looks at the most. */
	longestPause: number;
	/** Milliseconds for which the NAS may be out of reach. */
	outageTolerance: number;
}

/** What a run came to, and what was seen of it on the way. */
export interface Waited {
	outcome: WatchOutcome;
	/** The last response about the task. */
	raw: RawTask;
	dialect?: Dialect;
	/** The last `progress` that DSM told while the run was under way. */
	progress?: RawTask;
	seenAt?: number;
	endedAt: number;
	polls: number;
	wasQueued: boolean;
}

const FIRST_PAUSE = 2000;
/** Until the run is seen the looks stay close together, or a short one could pass between two of them. */
const PAUSE_BEFORE_START = 5000;
const GROWTH = 1.25;
/** A stopped execution is noticed within this time. */
const SLICE = 1000;

/** What the task is like now, as runs are told by it. In the documented dialect only the list knows the time of the last backup. */
export async function glance(
	api: TaskApi,
	id: string,
): Promise<{ glance: TaskSnapshot; raw: RawTask; dialect: Dialect }> {
	const found = await api.fetchSnapshot(id);
	if (found) return { glance: found.snapshot, raw: found.row, dialect: found.dialect };
	throw new TaskError(`Task '${id}' is gone`, 'It was deleted while it was waited for.');
}

/** n8n ends an execution by this signal. */
export function isStopped(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal?.()?.aborted === true;
}

async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0 && !isStopped(context); left -= SLICE)
		await sleep(Math.min(left, SLICE));
}

/** Looks at the task until its run is over, the time limit is reached, or the execution is stopped. An outage is waited out, up to the tolerance. */
export async function waitForRun(
	context: IExecuteFunctions,
	api: TaskApi,
	task: ChosenTask,
	before: TaskSnapshot,
	underWay: boolean,
	options: WaitOptions,
): Promise<Waited> {
	const began = Date.now();
	const watch = new RunWatch(before, { ...options, underWay }, began);
	let answeredAt = began;
	let length = FIRST_PAUSE;
	let progress: RawTask | undefined;
	let raw: RawTask = {};
	let dialect: Dialect | undefined;
	for (let polls = 1; ; polls++) {
		await pause(context, Math.min(length, options.longestPause));
		if (isStopped(context))
			throw new TaskError(
				`Waiting for task ${task.label} was stopped`,
				'The backup itself goes on.',
			);
		const answer = await glance(api, task.id).catch(async (error: unknown) =>
			error instanceof DsmError &&
			error.transient &&
			Date.now() - answeredAt < options.outageTolerance
				? undefined
				: await Promise.reject(error),
		);
		const now = Date.now();
		let outcome: WatchOutcome | undefined;
		if (answer) {
			answeredAt = now;
			raw = answer.raw;
			dialect = answer.dialect;
			if (typeof raw.progress === 'object' && raw.progress !== null)
				progress = raw.progress as RawTask;
			outcome = watch.observe(answer.glance, now);
		}
		outcome ??= now - began > options.timeLimit ? 'timed_out' : undefined;
		if (outcome !== undefined)
			return {
				outcome,
				raw,
				dialect,
				progress,
				seenAt: watch.runningSince,
				endedAt: now,
				polls,
				wasQueued: watch.wasQueued,
			};
		length = Math.min(
			length * GROWTH,
			watch.runningSince === undefined ? PAUSE_BEFORE_START : options.longestPause,
		);
	}
}
