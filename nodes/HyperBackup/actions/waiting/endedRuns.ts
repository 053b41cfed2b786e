import type { IDataObject } from 'n8n-workflow';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { Invocation } from '../Invocation';

const MAX_ENDED = 2000;

/** How runs ended that an execution of this process waited for, by execution, node, run and item. */
const ended = new Map<string, IDataObject[] | TaskError>();

/** undefined where n8n gives the execution no ID, or does not say which run of the node this is. */
function keyOf({ context, item }: Omit<Invocation, 'api'>, taskId: string): string | undefined {
	const { runIndex } = context as { runIndex?: unknown };
	const execution = context.getExecutionId?.();
	if (!execution || typeof runIndex !== 'number') return undefined;
	return [execution, context.getNode().id, runIndex, item, taskId].join('\n');
}

/**
 * n8n's *Retry On Fail* executes the node again with all of its items and does not tell it so. A run that has ended in this execution is not started again: its
 * report, or its error, is given once more.
 */
export async function onceInExecution(
	invocation: Invocation,
	taskId: string,
	work: () => Promise<IDataObject[]>,
): Promise<IDataObject[]> {
	const key = keyOf(invocation, taskId);
	const before = key === undefined ? undefined : ended.get(key);
	if (before instanceof TaskError) throw before;
	if (before !== undefined) return before;
	try {
		return note(key, await work());
	} catch (error) {
		// Only an error that reports the outcome of a run: any other may be passing.
		if (error instanceof TaskError && error.data !== undefined) note(key, error);
		throw error;
	}
}

function note<T extends IDataObject[] | TaskError>(key: string | undefined, outcome: T): T {
	if (key === undefined) return outcome;
	ended.set(key, outcome);
	for (const oldest of ended.keys()) {
		if (ended.size <= MAX_ENDED) break;
		ended.delete(oldest);
	}
	return outcome;
}

/** For tests: a process that has just started. */
export function forgetEndedRuns(): void {
	ended.clear();
}
