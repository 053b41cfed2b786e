/** Parts of the limit after each of which it is checked whether anything has come. */
const PARTS = 2;

/**
 * Aborts `signal` when nothing has come for `milliseconds`, or half as long again. Also when `stop`
 * does.
 */
export class IdleLimit {
	private readonly controller = new AbortController();

	private cameSince = false;

	private ended = false;

	/** Nothing has come for too long. */
	passed = false;

	constructor(
		readonly milliseconds: number,
		private readonly stop?: AbortSignal,
	) {
		stop?.addEventListener('abort', this.abort);
		if (stop?.aborted) this.abort();
		else this.watch(0);
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Something has come. */
	touch(): void {
		this.cameSince = true;
	}

	end(): void {
		this.ended = true;
		this.stop?.removeEventListener('abort', this.abort);
	}

	private readonly abort = (): void => {
		this.end();
		this.controller.abort();
	};

	private watch(silentParts: number): void {
		// One timer at a time, not one for each chunk of a large file.
		const timer = AbortSignal.timeout(Math.ceil(this.milliseconds / PARTS));
		const onPart = (): void => {
			if (this.ended) return;
			const silent = this.cameSince ? 0 : silentParts + 1;
			this.cameSince = false;
			if (silent < PARTS) return this.watch(silent);
			this.passed = true;
			this.abort();
		};
		timer.addEventListener('abort', onPart, { once: true });
	}
}
