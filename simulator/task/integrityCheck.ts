import type { CheckEnd } from './checkEnd';
import { NO_ERROR, TARGET_BROKEN, type TaskFacts } from './TaskFacts';

export function startCheck(
	task: TaskFacts,
	at: number,
	seconds: number,
	end: CheckEnd,
	whenOver: (at: number) => void,
): void {
	task.status = 'detect_waiting';
	task.timeline.after(at, task.spec.checkDelaySeconds ?? 0, (begun) => {
		task.status = 'detect';
		task.nas.note({ kind: 'checkStarted', taskId: task.id }, begun);
		task.timeline.after(begun, seconds, (then) => {
			finishCheck(task, then, end);
			whenOver(then);
		});
	});
}

function finishCheck(task: TaskFacts, at: number, end: CheckEnd): void {
	task.status = 'none';
	task.lastDetect = task.nas.wall.believed(at);
	if (end === 'damaged') {
		if (task.nas.options.stateAfterBadCheck === 'broken') task.state = 'broken';
		else task.state = 'restore_only';
		task.errorCode = TARGET_BROKEN;
		task.error = 'SYNO.SDS.Backup.Application:error:status_target_broken';
	} else if (end !== 'passed') {
		task.result = end;
	} else if (task.errorCode === TARGET_BROKEN) {
		task.errorCode = NO_ERROR;
		task.error = '';
	}
	task.nas.note({ kind: 'checkFinished', taskId: task.id, result: end }, at);
}

/** True if there was a check to cancel. */
export function cancelCheck(task: TaskFacts, at: number): boolean {
	if (!task.checking) return false;
	task.timeline.clear();
	task.status = 'none';
	task.nas.note({ kind: 'checkCanceled', taskId: task.id }, at);
	return true;
}
