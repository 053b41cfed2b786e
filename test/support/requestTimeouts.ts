const waiting = new Set<AbortController>();

/** From here on a request's time limit passes when a test says so, and never by itself. */
export function holdRequestTimeouts(): void {
	AbortSignal.timeout = () => {
		const controller = new AbortController();
		waiting.add(controller);
		return controller.signal;
	};
}

/**
 * The time limit of every request under way is over, once whatever the NAS has sent has been read.
 */
export function letRequestsTimeOut(): void {
	const now = [...waiting];
	waiting.clear();
	setImmediate(() => {
		for (const controller of now) controller.abort(new DOMException('late', 'TimeoutError'));
	});
}
