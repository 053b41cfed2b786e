/** A call that DSM refuses with a number. */
export class DsmFailure extends Error {
	constructor(
		readonly code: number,
		readonly details?: unknown,
	) {
		super(`DSM error ${code}`);
	}

	/** As it stands in the response. */
	get body(): Record<string, unknown> {
		return { code: this.code, ...(this.details === undefined ? {} : { errors: this.details }) };
	}
}
