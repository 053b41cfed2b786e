type OnPause = (milliseconds: number) => unknown;

let onPause: OnPause = () => undefined;

/**
 * What the nodes' pauses are in a test, e.g. time that passes on the NAS. By default a pause is
 * over at once.
 */
export function whenPausing(what: OnPause): void {
	onPause = what;
}

/**
 * Stands in for n8n's `sleep`. Whatever waits for a socket gets its turn, and the clock of the
 * machine plays no part.
 */
export async function simulatedSleep(milliseconds: number): Promise<void> {
	await onPause(milliseconds);
	await new Promise((resolve) => setImmediate(resolve));
}
