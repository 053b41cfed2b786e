/**
 * Something about tasks that a user can put right: no such task, not in a state for this. `message`
 * says what, `description` what to do.
 */
export class TaskError extends Error {
	constructor(
		message: string,
		readonly description: string,
		/** What is known all the same, for items that carry on with the error. */
		readonly data?: Record<string, unknown>,
	) {
		super(message);
		this.name = 'TaskError';
	}
}
