import type { Result } from '../types';
import { NO_ERROR, type TaskFacts } from './TaskFacts';

const MS = 1000;
const DAY = 86_400_000;

/**
 * What DSM shows of a task when the simulation begins. Without a word about its last run, it was
 * good, a day ago.
 */
export function readPast(task: TaskFacts, durationSeconds: number, now: number): void {
	const { spec } = task;
	task.online = spec.online !== false;
	task.lastDetect = spec.lastCheck?.at ?? null;
	const last =
		spec.lastRun === undefined ? { result: 'done' as Result, endedAt: now - DAY } : spec.lastRun;
	if (last === null) return;
	task.result = last.result === 'done' ? task.good : last.result;
	task.lastEnd = last.endedAt;
	task.lastStart = last.endedAt - (last.durationSeconds ?? durationSeconds) * MS;
	task.lastSuccess = last.successAt ?? (last.result === 'done' ? last.endedAt : null);
	task.version = last.version ?? (task.lastSuccess === null ? 0 : 1);
	task.errorCode = last.errorCode ?? NO_ERROR;
	task.error = last.error ?? '';
}

/** The run that left the newest good version. */
export function lastGoodVersion(
	{ lastSuccess, version }: TaskFacts,
	durationSeconds: number,
): { id: number; startedAt: number; completedAt: number } | undefined {
	if (lastSuccess === null) return undefined;
	return { id: version, startedAt: lastSuccess - durationSeconds * MS, completedAt: lastSuccess };
}
