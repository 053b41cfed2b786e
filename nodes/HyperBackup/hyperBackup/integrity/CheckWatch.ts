import type { TaskSnapshot } from '../task/TaskSnapshot';
import { isChecking, isCheckWaiting } from './checkReadiness';

export interface CheckWatchOptions {
	/** Milliseconds from the start being accepted to the first sign of the check. */
	startTimeout: number;
	/** The check was under way already when the watch began. */
	underWay: boolean;
}

/** `over`: what became of it is another question, see checkOutcome. */
export type CheckWatchResult = 'over' | 'not_started';

/** Follows one integrity check of one task from response to response. */
export class CheckWatch {
	/** Milliseconds since 1970, n8n's clock: when the check was first seen. */
	runningSince?: number;

	private waitingSince: number;

	private queued = false;

	constructor(
		private readonly before: TaskSnapshot,
		private readonly options: CheckWatchOptions,
		now: number,
	) {
		this.waitingSince = now;
		if (options.underWay) this.runningSince = now;
	}

	get hasBegun(): boolean {
		return this.runningSince !== undefined;
	}

	get wasQueued(): boolean {
		return this.queued;
	}

	observe(snapshot: TaskSnapshot, now: number): CheckWatchResult | undefined {
		if (isChecking(snapshot)) {
			this.queued ||= isCheckWaiting(snapshot);
			this.runningSince ??= now;
			return undefined;
		}
		if (this.hasBegun) return this.isClear(snapshot) ? 'over' : undefined;
		// A short one leaves its mark between two polls.
		if (snapshot.problem !== this.before.problem && snapshot.problem !== null) return 'over';
		return now - this.waitingSince > this.options.startTimeout ? 'not_started' : undefined;
	}

	/** A word that is not known, or no word, may stand for a check that goes on. */
	private isClear({ status, activity, phase }: TaskSnapshot): boolean {
		if (status !== 'unknown') return true;
		return activity === null && (phase === 'settled' || phase === 'live');
	}
}
