import { booleanParam, jsonParam, stringList, type ApiCall } from '../ApiCall';
import type { BackupTask } from '../task/BackupTask';
import { FAILED, taskWith, type Dsm, type Handler, type Method } from './dsm';
import * as actions from './taskActions';
import { getRow, listRow, statusRow } from './taskRows';

const taskOf = (call: ApiCall, { book }: Dsm): BackupTask =>
	taskWith(jsonParam(call, 'task_id'), book, FAILED);

const list: Handler = (call, { book, shape }) => {
	const additional = stringList(call, 'additional');
	const rows = book.listed().map((each) => listRow(each, additional, shape));
	const restoring = book.restoringUntil > book.now;
	return {
		is_data_restoring: restoring,
		is_downloading: book.downloadJobs.length > 0,
		is_lun_restoring: false,
		is_restoring: restoring,
		is_snapshot_restoring: false,
		task_list: rows,
		total: rows.length,
	};
};

const get: Handler = (call, dsm) =>
	getRow(taskOf(call, dsm), stringList(call, 'additional'), dsm.shape);

const status: Handler = (call, dsm) => {
	booleanParam(call, 'blOnline');
	return statusRow(taskOf(call, dsm), stringList(call, 'additional'), dsm.shape);
};

const method = (run: Handler): Method => ({ versions: [1], run });

/** SYNO.Backup.Task as real NASes have it: version 2 is advertised and has no methods. */
export const TASK_METHODS: Record<string, Method> = {
	list: method(list),
	get: method(get),
	status: method(status),
	backup: method(actions.backup),
	cancel: method(actions.cancel),
	suspend: method(actions.suspend),
	resume: method(actions.resume),
	discard: method(actions.discard),
	delete: method(actions.deleteTasks),
	create: method(actions.createTask),
	get_support_cloud: method(() => ({ allow_all: true, allow_list: [] })),
	correct_synorbd: method(() => undefined),
};
