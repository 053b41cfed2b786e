import { isDoubtful, isLive, type TaskSnapshot } from '../task/taskSnapshot';

export type RunOutcome =
	| 'succeeded'
	| 'partial'
	| 'failed'
	| 'canceled'
	| 'discarded'
	| 'suspended'
	| 'not_started'
	| 'timed_out'
	| 'unknown';

/** One look at a task that is waited for. */
export interface Glance extends TaskSnapshot {
	/** The version of the last good run, where DSM tells it. */
	version?: string;
}

export interface WatchOptions {
	/** Milliseconds from the start being accepted to the first sign of the run. */
	startGrace: number;
	/** Deleting old versions after the backup counts as part of the run. */
	withRotation: boolean;
	/** The run was under way already when the watch began. */
	underWay: boolean;
}

/** Looks that contradict themselves ("idle" and "running now") before they are believed. */
const DOUBTS = 3;

const OUTCOMES: Record<string, RunOutcome> = {
	success: 'succeeded',
	partial: 'partial',
	failed: 'failed',
	canceled: 'canceled',
	discarded: 'discarded',
	suspended: 'suspended',
};

/**
 * Follows one run of one task from look to look. A task that does nothing is not taken for one that has finished: the run has to have been seen, or DSM's
 * fields of the last run (times, result, version) have to differ from those read before the start. Remembers a handful of values, however long it takes.
 */
export class RunWatch {
	/** Milliseconds since 1970, n8n's clock: when the run was first seen under way. */
	seenAt?: number;

	private queued = false;

	private doubts = 0;

	private waitingSince: number;

	constructor(
		private readonly before: Glance,
		private readonly options: WatchOptions,
		now: number,
	) {
		this.waitingSince = now;
		if (options.underWay) this.seenAt = now;
	}

	/** The outcome, or undefined while the run is not over. */
	fetchTasks(glance: Glance, now: number): RunOutcome | undefined {
		if (isDoubtful(glance)) {
			this.seenAt ??= now;
			return ++this.doubts >= DOUBTS ? 'unknown' : undefined;
		}
		this.doubts = 0;
		if (isLive(glance)) {
			this.seenAt ??= now;
			return undefined;
		}
		if (glance.activity === 'queued') {
			this.queued = true;
			this.waitingSince = now;
			return undefined;
		}
		if (this.seenAt !== undefined || this.hasChanged(glance)) return this.ended(glance);
		// Whatever else DSM is doing with the task (a check, a rotation), the run has not begun.
		return now - this.waitingSince > this.options.startGrace ? 'not_started' : undefined;
	}

	/** In the queue a canceled run leaves no trace, so it is named in the message. */
	get wasQueued(): boolean {
		return this.queued;
	}

	private hasChanged(now: Glance): boolean {
		const { before } = this;
		return (
			(now.run !== '' && now.run !== before.run) ||
			(now.version !== undefined && now.version !== before.version) ||
			(now.word !== '' && now.word !== before.word)
		);
	}

	private ended(glance: Glance): RunOutcome | undefined {
		if (glance.activity === 'rotating_versions' && this.options.withRotation) {
			this.seenAt ??= Date.now();
			return undefined;
		}
		if (glance.result !== undefined) return OUTCOMES[glance.result] ?? 'unknown';
		// The documented dialect has no result: a run that was canceled leaves the time of the last backup as it was.
		if (glance.status === 'error') return 'failed';
		if (glance.status === 'suspended') return 'suspended';
		return glance.status === 'idle' && glance.run !== this.before.run ? 'succeeded' : 'unknown';
	}
}
