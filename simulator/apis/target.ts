import { booleanParam, jsonParam, stringList, stringParam } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { BackupTask } from '../task/BackupTask';
import { BAD_REQUEST, FAILED, taskWith, type Dsm, type Handler } from './dsm';

const taskOf = (id: unknown, { book, options }: Dsm): BackupTask =>
	taskWith(id, book, options.unknowns?.unknownTaskCode ?? BAD_REQUEST);

/** Never: empty text, or 0 on DSM 7.4. Else without seconds. */
function lastDetect(task: BackupTask, { shape: { dsm, wall } }: Dsm): string | number {
	if (task.lastDetect === null && dsm === '7.4') return 0;
	return wall.next(task.lastDetect);
}

/** `get`: the destination is asked, so a destination that is away gives no size. */
export const getTarget: Handler = (call, dsm) => {
	const task = taskOf(jsonParam(call, 'task_id'), dsm);
	const additional = stringList(call, 'additional');
	const { spec } = task;
	const online = task.online && ['backupable', 'restore_only'].includes(task.state);
	if (!online && dsm.options.unknowns?.offlineTarget === 'error') throw new DsmFailure(FAILED);
	const can = { download: true, filter: true, statistics: true, ...spec.capability };
	const size = task.versions.list.at(-1)?.figures.targetSize ?? 0;
	return {
		capability: {
			support_download: can.download,
			support_filter: can.filter,
			support_statistics: can.statistics,
		},
		data_comp: true,
		data_enc: spec.encrypted ?? false,
		format_type: spec.targetType ?? 'image',
		host_name: 'nas',
		last_detect_time: lastDetect(task, dsm),
		owner_id: 1026,
		owner_name: 'backup-operator',
		support_multi_version: true,
		uni_key: `001132AABBCC_${String(task.id)}_1600000000`,
		...(additional.includes('is_online') ? { is_online: online } : {}),
		...(additional.includes('used_size') && online
			? { used_size: size, ...(isCloud(task) ? { used_size_cache: size } : {}) }
			: {}),
	};
};

const isCloud = ({ spec }: BackupTask): boolean => spec.targetType === 'cloud_image';

/**
 * Accepted, not done. While the task runs a backup it succeeds too: only the log says that no check
 * took place.
 */
export const errorDetect: Handler = (call, dsm) => {
	const task = taskOf(jsonParam(call, 'task_id'), dsm);
	booleanParam(call, 'detect_data');
	if (task.status === 'none') {
		task.integrityCheck(task.spec.checkSeconds, task.spec.nextCheck);
	} else if (!task.checking) {
		const sentence = 'Failed to run backup integrity check.';
		dsm.book.log.say(task, 'err', sentence, dsm.shape.now);
	}
	return undefined;
};

export const cancelErrorDetect: Handler = (call, dsm) => {
	const task = taskOf(jsonParam(call, 'task_id'), dsm);
	if (!task.cancelCheck()) throw new DsmFailure(dsm.options.notRunningCode ?? BAD_REQUEST);
	return undefined;
};

/** The create wizard's proposal for a directory. */
export const candidateDir: Handler = (call) => {
	if (stringParam(call, 'target_type') === undefined) throw new DsmFailure(BAD_REQUEST);
	return { candidate_dir: 'DiskStation_1', deststatus: 0 };
};

/** Exists; its parameters are unknown. */
export const listTargets: Handler = () => {
	throw new DsmFailure(BAD_REQUEST);
};
