import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { isStopped } from '../../dsm/DsmContext';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { Attempt } from '../attempts';
import type { WaitSettings } from './settings';
import type { Wait, Waited } from './waitForRun';

const PAUSE = 2000;

/**
 * The execution was stopped, and what was started is to be canceled. DSM refuses a cancel until it
 * shows, so `cancel` is tried until then, or until the start timeout has passed. It returns whether
 * there is nothing more to cancel.
 */
export async function cancelAfterStop(
	cancel: () => Promise<boolean>,
	{ started, startTimeout }: { started: boolean; startTimeout: number },
): Promise<void> {
	for (let waited = 0; ; waited += PAUSE) {
		try {
			if (await cancel()) return;
		} catch {
			// Refused, or no response: tried again while there may still be something to cancel.
		}
		if (!started || waited >= Math.max(startTimeout, PAUSE)) return;
		await sleep(PAUSE);
	}
}

/** Waits to the end. If the execution is stopped meanwhile, what *On Stop* says is done. */
export async function waitToEnd<O extends string>(
	context: IExecuteFunctions,
	wait: Wait<O>,
	{ onStop }: Pick<WaitSettings, 'onStop'>,
	cancel: () => Promise<void>,
): Promise<Waited<O | 'timed_out'>> {
	let over: Waited<O | 'timed_out'> | undefined;
	try {
		over = await wait.untilOver();
	} finally {
		if (over === undefined && isStopped(context) && onStop === 'cancel') await cancel();
	}
	return over;
}

/** The report of a wait as an item, or as the error that *Fail On* makes of it. */
export function reportOrFail(
	attempt: Attempt,
	report: IDataObject & { message: string },
	fails: boolean,
): IDataObject[] {
	if (!fails) return [report];
	const error = new TaskError(
		report.message,
		"Check the task and its log in Hyper Backup. The option 'Fail On' decides which outcomes " +
			'make the node fail.',
		report,
	);
	attempt.settled = error;
	throw error;
}
