import type { TaskSnapshot } from '../task/TaskSnapshot';
import { outcomeOf, type Outcome } from './runOutcome';
import { isSameRun } from './runTimes';

export type WatchOutcome = Outcome | 'not_started' | 'timed_out';

export interface WatchOptions {
	/** Milliseconds from the start being accepted to the first sign of the run. */
	startTimeout: number;
	/** Deleting old versions after the backup counts as part of the run. */
	withRotation: boolean;
	/** The run was under way already when the watch began. */
	underWay: boolean;
}

/** Responses that contradict themselves ("idle" and "running now") before they are believed. */
const MAX_UNCLEAR = 3;

/**
 * Follows one run of one task from response to response. A task that does nothing is not taken for
 * one that has finished: the run has to have been seen, or the fields of the last run (times,
 * result, version) have to differ from those before the start. Keeps a handful of values, however
 * long it takes.
 */
export class RunWatch {
	/** Milliseconds since 1970, n8n's clock: when the run was first seen under way. */
	runningSince?: number;

	private queued = false;

	private unclear = 0;

	private waitingSince: number;

	constructor(
		private readonly before: TaskSnapshot,
		private readonly options: WatchOptions,
		now: number,
	) {
		this.waitingSince = now;
		if (options.underWay) this.runningSince = now;
	}

	/** The outcome, or undefined while the run is not over. */
	observe(snapshot: TaskSnapshot, now: number): Outcome | 'not_started' | undefined {
		if (snapshot.phase === 'unclear') return this.observeUnclear(snapshot, now);
		this.unclear = 0;
		switch (snapshot.phase) {
			case 'live':
				this.runningSince ??= now;
				return undefined;
			case 'queued':
				this.queued = true;
				this.waitingSince = now;
				return undefined;
			default:
				return this.observeEnd(snapshot, now);
		}
	}

	/** A run that is canceled in the queue leaves no trace, so the message mentions the queue. */
	get wasQueued(): boolean {
		return this.queued;
	}

	/** The run has shown in a response: under way, or by what it left behind. */
	get hasBegun(): boolean {
		return this.runningSince !== undefined;
	}

	private observeUnclear(snapshot: TaskSnapshot, now: number): Outcome | undefined {
		if (snapshot.result === 'running') this.runningSince ??= now;
		if (this.runningSince === undefined) {
			return now - this.waitingSince > this.options.startTimeout ? 'unknown' : undefined;
		}
		return ++this.unclear >= MAX_UNCLEAR ? 'unknown' : undefined;
	}

	private observeEnd(snapshot: TaskSnapshot, now: number): Outcome | 'not_started' | undefined {
		if (!this.hasBegun && !this.hasChanged(snapshot)) {
			// Whatever else DSM does with the task (a check, a rotation), the run has not begun.
			return now - this.waitingSince > this.options.startTimeout ? 'not_started' : undefined;
		}
		const rotating = snapshot.phase === 'pending' || snapshot.activity === 'rotating_versions';
		const succeeded = snapshot.version !== undefined && snapshot.version !== this.before.version;
		if (rotating && (this.options.withRotation || (snapshot.phase === 'pending' && !succeeded))) {
			this.runningSince ??= now;
			return undefined;
		}
		const newTimes = !isSameRun(this.before.run, snapshot.run);
		return outcomeOf({ ...snapshot, newTimes, succeeded });
	}

	private hasChanged(now: TaskSnapshot): boolean {
		const { before } = this;
		// While versions are being deleted DSM may rewrite times and words of the run before.
		const rewritable = before.phase === 'pending' || before.activity === 'rotating_versions';
		if (now.version !== undefined && now.version !== before.version) return true;
		if (!isSameRun(before.run, now.run, rewritable)) return true;
		const words = [before, now].every(({ phase }) => phase === 'settled');
		return words && !rewritable && now.resultWord !== '' && now.resultWord !== before.resultWord;
	}
}
