import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { RunWatch, type WatchOutcome } from '../../hyperBackup/runs/RunWatch';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { taskError, type ChosenTask } from '../../n8n/chosenTask';
import { isStopped } from '../../dsm/DsmClient';
import type { Reading } from './Reading';
import type { WaitSettings } from './settings';

/** What a run came to, and what was read of it on the way. */
export interface Waited {
	outcome: WatchOutcome;
	/** The last response about the task; undefined if there was none. */
	last?: Reading;
	/** The last `progress` that DSM sent while the run was under way. */
	progress?: RawTask;
	/** Milliseconds since 1970, n8n's clock. */
	runningSince?: number;
	endedAt: number;
	polls: number;
	wasQueued: boolean;
}

const FIRST_PAUSE = 2000;
/**
 * Until the run shows the checks stay close together, or a short one could pass between two of
 * them.
 */
const PAUSE_BEFORE_START = 5000;
const GROWTH = 1.25;
/** A stopped execution is noticed within this time. */
const SLICE = 1000;

const deleted = ({ label }: ChosenTask): TaskError =>
	new TaskError(
		`Task ${label} was deleted while the node waited for its backup`,
		'Choose another task.',
	);

/** The task as it is now. Throws a sentence if it is gone. */
async function readTask(api: TaskApi, task: ChosenTask): Promise<Reading> {
	try {
		const found = await api.fetchSnapshot(task.id);
		if (found) return found;
	} catch (error) {
		const explained = await taskError(api, task, 'could not be read', error);
		throw explained instanceof TaskError ? deleted(task) : explained;
	}
	throw deleted(task);
}

async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0 && !isStopped(context); left -= SLICE) {
		await sleep(Math.min(left, SLICE));
	}
}

/** Polls one task until its run is over, the time limit is reached, or the execution is stopped. */
export class Wait {
	readonly watch: RunWatch;

	private last?: Reading;

	private progress?: RawTask;

	private readonly began = Date.now();

	private polls = 0;

	private answeredAt = this.began;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly api: TaskApi,
		private readonly task: ChosenTask,
		before: TaskSnapshot,
		underWay: boolean,
		private readonly settings: WaitSettings,
	) {
		this.watch = new RunWatch(before, { ...settings, underWay }, this.began);
	}

	async untilOver(): Promise<Waited> {
		let length = FIRST_PAUSE;
		for (;;) {
			await pause(this.context, Math.min(length, this.settings.maxCheckInterval));
			if (isStopped(this.context)) throw this.stopped();
			this.polls++;
			let outcome = await this.checkThroughOutage();
			if (outcome === undefined && Date.now() - this.began > this.settings.timeLimit) {
				outcome = 'timed_out';
			}
			if (outcome !== undefined) return this.waited(outcome);
			const longest = this.watch.hasBegun ? this.settings.maxCheckInterval : PAUSE_BEFORE_START;
			length = Math.min(length * GROWTH, longest);
		}
	}

	private stopped(): TaskError {
		const { label } = this.task;
		return new TaskError(
			`The wait for task ${label} was stopped`,
			this.settings.onStop === 'cancel'
				? "The backup is canceled, as 'On Stop' says."
				: 'The backup itself continues.',
		);
	}

	/** An outage is waited out, up to the tolerance. */
	private async checkThroughOutage(): Promise<WatchOutcome | undefined> {
		try {
			const outcome = await this.check();
			this.answeredAt = Date.now();
			return outcome;
		} catch (error) {
			// A deleted task is no outage.
			const { transient } = dsmErrorOf(error);
			if (transient && Date.now() - this.answeredAt < this.settings.outageTolerance)
				return undefined;
			throw dsmErrorOf(error);
		}
	}

	/** One response: the outcome if the run is over. */
	async check(): Promise<WatchOutcome | undefined> {
		const reading = await readTask(this.api, this.task);
		this.last = reading;
		const { progress } = reading.row;
		if (typeof progress === 'object' && progress !== null) this.progress = progress as RawTask;
		return this.watch.observe(reading.snapshot, Date.now());
	}

	/** The run shows, or waits for its turn. */
	get canBeCanceled(): boolean {
		return this.watch.hasBegun || this.last?.snapshot.phase === 'queued';
	}

	waited(outcome: WatchOutcome): Waited {
		const { last, progress, polls } = this;
		const { runningSince, wasQueued } = this.watch;
		return { outcome, last, progress, runningSince, endedAt: Date.now(), polls, wasQueued };
	}
}
