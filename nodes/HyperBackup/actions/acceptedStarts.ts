import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { isStopped } from '../dsm/DsmContext';

/** How long an accepted start may take to show (milliseconds). */
const START_TIMEOUT = 120_000;
const PAUSE = 2000;
const MAX_STARTS = 1000;

/**
 * Starts that this process had accepted, by NAS and task, with their time (milliseconds since
 * 1970).
 */
const starts = new Map<string, number>();

const keyOf = (api: TaskApi, id: string): string => `${api.client.address}\n${id}`;

export function noteAcceptedStart(api: TaskApi, id: string): void {
	const key = keyOf(api, id);
	starts.delete(key);
	starts.set(key, Date.now());
	for (const oldest of starts.keys()) {
		if (starts.size <= MAX_STARTS) break;
		starts.delete(oldest);
	}
}

/** The run has shown: it is a run like any other. */
export function forgetAcceptedStart(api: TaskApi, id: string): void {
	starts.delete(keyOf(api, id));
}

/**
 * Between the accepted start and the first sign of the run DSM shows an idle task, and a cancel
 * would find nothing to cancel. Waits until the run shows (true), or
 * the start is too old to be waited for (false).
 */
export async function waitForAcceptedStart(
	context: IExecuteFunctions,
	api: TaskApi,
	id: string,
): Promise<boolean> {
	const startedAt = starts.get(keyOf(api, id));
	if (startedAt === undefined) return false;
	const left = START_TIMEOUT - (Date.now() - startedAt);
	for (let waited = 0; waited < left && !isStopped(context); waited += PAUSE) {
		const { phase } = (await api.fetchSnapshot(id))?.snapshot ?? {};
		if (phase === 'live' || phase === 'queued') return true;
		await sleep(PAUSE);
		if (phase === undefined) return false;
	}
	return false;
}

/** For tests: a process that has just started. */
export function forgetAcceptedStarts(): void {
	starts.clear();
}
