import { jsonParam, stringParam, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { BackupTask } from '../task/BackupTask';
import { BAD_REQUEST, taskWith, type Handler } from './dsm';

/** A destination. DSM masks what is secret with eight number signs. */
export function repositoryRow(task: BackupTask): Record<string, unknown> {
	const { spec } = task;
	return {
		name: '',
		repo_id: typeof task.id === 'number' ? task.id : 1,
		target_type: spec.targetType ?? 'image',
		transfer_type: spec.transferType ?? 'image_local',
		...(spec.repository ?? { share: 'Backup' }),
	};
}

export const listRepositories: Handler = (_call, { book }) => {
	const rows = book.tasks.filter(({ isLun }) => !isLun).map(repositoryRow);
	return { total: rows.length, offset: rows.length, repo_list: rows };
};

export const getRepository: Handler = (call, { book, options }) =>
	repositoryRow(
		taskWith(jsonParam(call, 'task_id'), book, options.unknowns?.unknownTaskCode ?? BAD_REQUEST),
	);

/** The second step of creating a task. */
export const createRepository: Handler = (call, { book }) => {
	destinationOf(call);
	return { repo_id: book.freeId() };
};

/** What `create` of repository and task both need. */
export function destinationOf(call: ApiCall): { targetType: string; transferType: string } {
	const targetType = stringParam(call, 'target_type');
	const transferType = stringParam(call, 'transfer_type');
	if (targetType === undefined || transferType === undefined) throw new DsmFailure(BAD_REQUEST);
	return { targetType, transferType };
}
