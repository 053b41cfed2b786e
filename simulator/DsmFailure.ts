/** DSM's `success: false`. */
export class DsmFailure extends Error {
	constructor(
		readonly code: number,
		readonly details?: unknown,
	) {
		super(`DSM error ${code}`);
	}
}
