import type { TaskFacts } from './TaskFacts';

const LAG_SECONDS = 5;

/**
 * When DSM writes the times of a run that has ended: every end, good or bad, refreshes them, with
 * its words or, by option, some seconds before or after.
 */
export class EndTimes {
	/** The true time. */
	startedAt = 0;

	private written = false;

	/** An end whose times are not written yet. */
	private pending?: number;

	constructor(private readonly task: TaskFacts) {}

	begin(at: number): void {
		this.writePending();
		this.startedAt = at;
		this.written = false;
	}

	/** How long the words come after the times. */
	get headStart(): number {
		const { endTimesOrder, endTimesLagSeconds = LAG_SECONDS } = this.task.nas.options;
		return endTimesOrder === 'before' ? endTimesLagSeconds : 0;
	}

	/** The words are written now. */
	end(at: number): void {
		if (this.written) return;
		const { endTimesOrder, endTimesLagSeconds = LAG_SECONDS } = this.task.nas.options;
		const late = endTimesOrder === 'after' ? endTimesLagSeconds : 0;
		this.pending = at;
		this.task.timeline.after(at, late, () => this.writePending());
	}

	write(end: number): void {
		const { believed } = this;
		this.task.lastStart = believed(this.startedAt);
		this.task.lastEnd = believed(end);
		this.written = true;
	}

	private readonly believed = (at: number): number => this.task.nas.wall.believed(at);

	private writePending(): void {
		if (this.pending !== undefined) this.write(this.pending);
		this.pending = undefined;
	}
}
