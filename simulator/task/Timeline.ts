const MS = 1000;

interface Transition {
	at: number;
	apply: (at: number) => void;
}

/** What a task will do by itself, in the order of time. */
export class Timeline {
	private transitions: Transition[] = [];

	/** Applies at once if nothing has to be waited for. */
	after(at: number, seconds: number, apply: (at: number) => void): void {
		if (seconds <= 0) return apply(at);
		this.transitions.push({ at: at + seconds * MS, apply });
		this.transitions.sort((a, b) => a.at - b.at);
	}

	get next(): number | undefined {
		return this.transitions[0]?.at;
	}

	/** Applies the first transition due by `at`; false if none is. */
	applyDue(at: number): boolean {
		if (this.next === undefined || this.next > at) return false;
		this.transitions.shift()!.apply(at);
		return true;
	}

	clear(): void {
		this.transitions = [];
	}
}
