import { sleep } from 'n8n-workflow';
import { DsmError } from '../dsm/errors/DsmError';
import { labelOf, type ChosenTask } from '../n8n/chosenTask';
import type { Attempt } from './attempts';

/** Milliseconds before each reading of the task: DSM takes a moment from accepting to showing. */
const READINGS = [0, 1500, 3500];

/** A call that changes something, whose response was lost. */
export interface LostCall {
	/** As users know it: follows "whether the NAS accepted". */
	name: string;
	/** Follows "Task 'x' was not". */
	done: string;
	/**
	 * The task as it is now: whether it shows that the call was accepted, and its state where that is
	 * clear. undefined without a response.
	 */
	read: () => Promise<{ shows: boolean; state?: string } | undefined>;
}

/** The request may have reached the NAS. */
export const isLost = ({ kind, neverSent }: DsmError): boolean =>
	!neverSent && ['timeout', 'unreachable', 'badResponse', 'httpStatus', 'notDsm'].includes(kind);

/**
 * The response to an action was lost on the way: it is never sent again. What the NAS shows of the
 * task decides whether it was accepted; if that cannot be known, or it was not, an error says so.
 */
export async function settleLost(
	attempt: Attempt,
	task: ChosenTask,
	{ name, done, read }: LostCall,
	error: DsmError,
): Promise<void> {
	let state: string | undefined;
	for (const pause of READINGS) {
		if (pause > 0) await sleep(pause);
		const reading = await read();
		if (reading?.shows) return;
		state = reading?.state;
		// Each reading is tried three times: there is no response a moment later either.
		if (reading === undefined) break;
	}
	const { kind, httpStatus } = error;
	const [message, description] =
		state === undefined
			? [
					`Task ${labelOf(task)}: it is not known whether the NAS accepted '${name}': its ` +
						`response was lost, and the state of the task does not show it. ${error.message}`,
					"The request was not repeated. Read the task with 'Get Status' before you try again.",
				]
			: [
					`Task ${labelOf(task)} was not ${done}: the response of the NAS was lost, and the task ` +
						`shows that '${name}' was not accepted: ${state}. ${error.message}`,
					'The request was not repeated. You can try it again.',
				];
	const settled = new DsmError({ kind, httpStatus, message, description });
	// Retry On Fail would repeat what may have been accepted.
	if (state === undefined) attempt.settled = settled;
	throw settled;
}
