import { booleanParam, jsonParam, stringList, stringParam, type ApiCall } from '../ApiCall';
import type { BackupTask } from '../task/BackupTask';
import { DsmFailure } from '../DsmFailure';
import type { TaskBook } from '../task/TaskBook';
import type { NasOptions } from '../types';
import { getRow, listRow, statusRow, type Shape } from './taskRows';

/** "Bad request of the Backup family". */
const BAD_REQUEST = 4400;
/** Generic failure. Which number DSM really uses for a refused action is an open question. */
const FAILED = 4401;

function taskOf(call: ApiCall, book: TaskBook): BackupTask {
	const id = jsonParam(call, 'task_id');
	if (id === undefined) throw new DsmFailure(BAD_REQUEST);
	if (typeof id !== 'number' && typeof id !== 'string')
		throw new DsmFailure(120, { name: 'task_id', reason: 'type' });
	const task = book.find(id);
	if (!task) throw new DsmFailure(FAILED);
	return task;
}

function start(task: BackupTask, options: NasOptions): void {
	if (task.state !== 'backupable') throw new DsmFailure(FAILED);
	if (task.checking && !task.accepted && options.backupDuringCheck === 'queue')
		return task.accept();
	if (task.status !== 'none' || task.accepted)
		throw new DsmFailure(options.runningBackupCode ?? FAILED);
	task.accept();
}

/** Cancel and suspend want the task's own state along, and a run that is under way. */
function running(call: ApiCall, task: BackupTask, options: NasOptions): BackupTask {
	const state = stringParam(call, 'task_state');
	if (state === undefined || state !== task.state) throw new DsmFailure(BAD_REQUEST);
	if (task.status !== 'backup') throw new DsmFailure(options.notRunningCode ?? FAILED);
	return task;
}

export const METHODS = [
	'list',
	'get',
	'status',
	'backup',
	'cancel',
	'suspend',
	'resume',
	'discard',
];

/** SYNO.Backup.Task as real DSMs answer it. Actions succeed without `data`: they are accepted, not done. */
export function task(call: ApiCall, book: TaskBook, options: NasOptions, shape: Shape): unknown {
	switch (call.method) {
		case 'list': {
			const additional = stringList(call, 'additional');
			const rows = book.listed().map((each) => listRow(each, additional, shape));
			return {
				is_data_restoring: false,
				is_downloading: false,
				is_lun_restoring: false,
				is_restoring: false,
				is_snapshot_restoring: false,
				task_list: rows,
				total: rows.length,
			};
		}
		case 'get':
			return getRow(taskOf(call, book), stringList(call, 'additional'), shape);
		case 'status':
			booleanParam(call, 'blOnline');
			return statusRow(taskOf(call, book), stringList(call, 'additional'), shape);
		case 'backup':
			return start(taskOf(call, book), options);
		case 'cancel':
			return running(call, taskOf(call, book), options).cancel();
		case 'suspend': {
			const target = running(call, taskOf(call, book), options);
			if (!target.canSuspend) throw new DsmFailure(options.notRunningCode ?? FAILED);
			return target.suspend();
		}
		default: {
			const target = taskOf(call, book);
			const suspended = target.status === 'none' && target.result === 'suspend';
			// On any other task DSM answers success all the same, and leaves "failed" behind.
			if (!suspended) return target.markFailed();
			return call.method === 'resume' ? target.resume() : target.discard();
		}
	}
}
