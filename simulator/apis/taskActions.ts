import { booleanParam, jsonParam, stringParam, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { BackupTask } from '../task/BackupTask';
import { BAD_REQUEST, FAILED, taskWith, type Dsm, type Handler } from './dsm';
import { destinationOf } from './repository';

const taskOf = (call: ApiCall, { book }: Dsm): BackupTask =>
	taskWith(jsonParam(call, 'task_id'), book, FAILED);

/** Actions succeed without `data`: they are accepted, not done. */
export const backup: Handler = (call, dsm) => start(taskOf(call, dsm), call, dsm);

export function start(task: BackupTask, call: ApiCall, { options, sessions }: Dsm): undefined {
	if (task.state !== 'backupable') throw new DsmFailure(FAILED);
	const afterCheck = task.checking && !task.accepted && options.backupDuringCheck === 'queue';
	if (!afterCheck && (task.status !== 'none' || task.accepted))
		throw new DsmFailure(options.runningBackupCode ?? FAILED);
	task.user = sessions.userOf(call);
	task.accept();
	return undefined;
}

/** Cancel and suspend want the task's own state along, and a run that is under way. */
function running(call: ApiCall, dsm: Dsm): BackupTask {
	const task = taskOf(call, dsm);
	const state = stringParam(call, 'task_state');
	if (state === undefined || state !== task.state) throw new DsmFailure(BAD_REQUEST);
	if (task.status !== 'backup') throw new DsmFailure(dsm.options.notRunningCode ?? FAILED);
	task.user = dsm.sessions.userOf(call);
	return task;
}

export const cancel: Handler = (call, dsm) => running(call, dsm).cancel();

export const suspend: Handler = (call, dsm) => {
	const task = running(call, dsm);
	if (!task.canSuspend) throw new DsmFailure(dsm.options.notRunningCode ?? FAILED);
	return task.suspend();
};

/** On a task that is not suspended DSM succeeds all the same, and leaves "failed" behind. */
const ofSuspended =
	(act: (task: BackupTask) => void): Handler =>
	(call, dsm) => {
		const task = taskOf(call, dsm);
		task.user = dsm.sessions.userOf(call);
		if (task.status === 'none' && task.result === 'suspend') act(task);
		else task.markFailed();
		return undefined;
	};

export const resume = ofSuspended((task) => task.resume());
export const discard = ofSuspended((task) => task.discard());

/** Several at once; the data at the destination is kept. */
export const deleteTasks: Handler = (call, { book }) => {
	const ids = jsonParam(call, 'task_id_list');
	if (!Array.isArray(ids) || ids.length === 0) throw new DsmFailure(BAD_REQUEST);
	if (booleanParam(call, 'is_remove_data')) throw new DsmFailure(FAILED);
	for (const task of ids.map((id) => taskWith(id, book, FAILED))) task.delete();
	return undefined;
};

/** The last step of the create wizard: the task has no schedule and no rotation. */
export const createTask: Handler = (call, { book, options }) => {
	const { targetType, transferType } = destinationOf(call);
	const name = stringParam(call, 'name');
	const targetId = stringParam(call, 'target_id');
	if (name === undefined || targetId === undefined) throw new DsmFailure(BAD_REQUEST);
	const id = book.freeId();
	const share = stringParam(call, 'share');
	book.add({
		id,
		name,
		targetType,
		transferType,
		targetId,
		lastRun: null,
		...(share === undefined ? {} : { repository: { share } }),
	});
	if (options.unknowns?.createResponse === 'empty') return EMPTY_BODY;
	return { task_id: id, reboot_is_needed_before_backup: false };
};

/** HTTP 200 without a body: seen although the call had worked. */
export const EMPTY_BODY = Symbol('empty body');
