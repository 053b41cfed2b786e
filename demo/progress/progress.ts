/** A part of the demo, and about how long it takes beside the others. */
export interface Step {
	name: string;
	title: string;
	seconds: number;
}

/** How far everything is: a share from 0 to 1, and what is going on. */
export interface State {
	share: number;
	text: string;
}

/** Where progress is shown: a bar on a terminal, lines elsewhere. */
export interface View {
	/** A line that persists. */
	say: (line: string) => void;
	update: (state: State) => void;
	/** Called now and then, so that a long silence can be broken. */
	tick: () => void;
	/** No more progress: what is said from now on are lines. */
	close: () => void;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Steps with their share of the work. The whole never goes back, and never beyond its end. */
export class Progress {
	/** How far each step is, from 0 to 1. */
	private readonly shares = new Map<string, number>();

	private share = 0;

	private readonly total: number;

	constructor(
		private readonly steps: readonly Step[],
		private readonly view: View,
	) {
		this.total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
	}

	begin(name: string): void {
		const step = this.find(name);
		if (!step) return;
		const place = `Step ${this.steps.indexOf(step) + 1} of ${this.steps.length}`;
		this.view.say(`${place}: ${step.title} (${percent(step.seconds / this.total)} of the work)`);
		this.advance(name, 0);
	}

	/** A step is this far, from 0 to 1. */
	advance(name: string, share: number, detail?: string): void {
		const step = this.find(name);
		if (!step) return;
		this.shares.set(name, Math.max(0, Math.min(1, share)));
		this.share = Math.max(this.share, this.computeShare());
		const text = detail === undefined ? step.title : `${step.title}: ${detail}`;
		this.view.update({ share: this.share, text });
	}

	end(name: string): void {
		this.advance(name, 1, 'done');
	}

	/** A step that was not planned, because its work was done when the demo began, is no progress. */
	private find(name: string): Step | undefined {
		return this.steps.find((step) => step.name === name);
	}

	private computeShare(): number {
		const done = this.steps.reduce(
			(sum, { name, seconds }) => sum + seconds * (this.shares.get(name) ?? 0),
			0,
		);
		return Math.min(1, done / this.total);
	}
}
