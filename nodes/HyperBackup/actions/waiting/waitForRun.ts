import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import type { WatchOutcome } from '../../hyperBackup/runs/RunWatch';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { labelOf, taskError, type ChosenTask } from '../../n8n/chosenTask';
import { isStopped } from '../../dsm/DsmContext';
import type { Reading } from './Reading';
import type { WaitSettings } from './settings';

/** Follows one run or check from response to response. */
export interface TaskWatch<O extends string> {
	observe: (snapshot: TaskSnapshot, now: number) => O | undefined;
	readonly hasBegun: boolean;
	readonly wasQueued: boolean;
	readonly runningSince?: number;
}

/** What a run came to, and what was read of it on the way. */
export interface Waited<O extends string = WatchOutcome> {
	outcome: O;
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

type Subject = 'backup' | 'integrity check';

const deleted = (task: ChosenTask, subject: Subject): TaskError =>
	new TaskError(
		`Task ${labelOf(task)} was deleted while the node waited for its ${subject}`,
		'Choose another task.',
	);

/** The task as it is now. Throws a sentence if it is gone. */
async function readTask(api: TaskApi, task: ChosenTask, subject: Subject): Promise<Reading> {
	try {
		const found = await api.fetchSnapshot(task.id);
		if (found) return found;
	} catch (error) {
		const explained = await taskError(api, task, 'could not be read', error);
		throw explained instanceof TaskError ? deleted(task, subject) : explained;
	}
	throw deleted(task, subject);
}

async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0 && !isStopped(context); left -= SLICE) {
		await sleep(Math.min(left, SLICE));
	}
}

/** Polls one task until its run is over, the time limit is reached, or the execution is stopped. */
export class Wait<O extends string = WatchOutcome> {
	private last?: Reading;

	private progress?: RawTask;

	private readonly began = Date.now();

	private polls = 0;

	private answeredAt = this.began;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly api: TaskApi,
		private readonly task: ChosenTask,
		readonly watch: TaskWatch<O>,
		private readonly settings: Pick<
			WaitSettings,
			'maxCheckInterval' | 'timeLimit' | 'outageTolerance' | 'onStop'
		>,
		private readonly subject: Subject = 'backup',
	) {}

	async untilOver(): Promise<Waited<O | 'timed_out'>> {
		let length = FIRST_PAUSE;
		for (;;) {
			await pause(this.context, Math.min(length, this.settings.maxCheckInterval));
			if (isStopped(this.context)) throw this.stopped();
			this.polls++;
			let outcome: O | 'timed_out' | undefined = await this.checkThroughOutage();
			if (outcome === undefined && Date.now() - this.began > this.settings.timeLimit) {
				outcome = 'timed_out';
			}
			if (outcome !== undefined) return this.waited(outcome);
			const longest = this.watch.hasBegun ? this.settings.maxCheckInterval : PAUSE_BEFORE_START;
			length = Math.min(length * GROWTH, longest);
		}
	}

	private stopped(): TaskError {
		const { task, subject } = this;
		return new TaskError(
			`The wait for task ${labelOf(task)} was stopped`,
			this.settings.onStop === 'cancel'
				? `The ${subject} is canceled, as 'On Stop' says.`
				: `The ${subject} itself continues.`,
		);
	}

	/** An outage is waited out, up to the tolerance. */
	private async checkThroughOutage(): Promise<O | undefined> {
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
	async check(): Promise<O | undefined> {
		const reading = await readTask(this.api, this.task, this.subject);
		this.last = reading;
		const { progress } = reading.row;
		if (typeof progress === 'object' && progress !== null) this.progress = progress as RawTask;
		return this.watch.observe(reading.snapshot, Date.now());
	}

	/** The run shows, or waits for its turn. */
	get canBeCanceled(): boolean {
		return this.watch.hasBegun || this.last?.snapshot.phase === 'queued';
	}

	waited<T extends string>(outcome: T): Waited<T> {
		const { last, progress, polls } = this;
		const { runningSince, wasQueued } = this.watch;
		return { outcome, last, progress, runningSince, endedAt: Date.now(), polls, wasQueued };
	}
}
