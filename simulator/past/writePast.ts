import type { BackupTask } from '../task/BackupTask';
import type { EventLog } from './EventLog';

/**
 * What the log says of a task from before the simulation began: its versions, its last run, its
 * last check.
 */
export function writePast(task: BackupTask, log: EventLog): void {
	const { spec, versions } = task;
	for (const { startedAt, completedAt, status, figures } of versions.list) {
		log.record({ kind: 'started' }, task, startedAt);
		const end = completedAt ?? startedAt;
		if (status === 'cancel') log.record({ kind: 'canceled' }, task, end);
		if (status !== 'success') continue;
		log.record(
			{ kind: 'finished', result: 'done', figures: spec.files === undefined ? undefined : figures },
			task,
			end,
		);
		if (spec.rotationSeconds) log.record({ kind: 'rotationStarted' }, task, end);
	}
	const last = spec.lastRun;
	if (last && !['done', 'success', 'none'].includes(last.result)) {
		log.record({ kind: 'started' }, task, last.endedAt - (last.durationSeconds ?? 600) * 1000);
		const kind = last.result === 'suspend' ? 'suspended' : 'canceled';
		const unfinished = ['suspend', 'cancel'].includes(last.result);
		log.record(
			unfinished ? { kind } : { kind: 'finished', result: last.result, reason: last.reason },
			task,
			last.endedAt,
		);
	}
	if (spec.lastCheck) {
		const { at, end = 'passed' } = spec.lastCheck;
		log.record({ kind: 'checkStarted' }, task, at - 600_000);
		log.record({ kind: 'checkFinished', result: end }, task, at);
	}
}
