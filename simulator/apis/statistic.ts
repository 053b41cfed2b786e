import { jsonParam } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { VersionRecord } from '../past/versions';
import { FAILED, required, taskWith, type Handler } from './dsm';

/** The target's end is written after the source's. */
const TARGET_LATER_SECONDS = 5;

const endOf = ({ completedAt, startedAt }: VersionRecord): number =>
	Math.floor((completedAt ?? startedAt) / 1000);

function sourceRow(version: VersionRecord | undefined): Record<string, number> {
	const figures = version?.figures;
	return {
		delete_count: figures?.deleted ?? 0,
		end_time: version ? endOf(version) : 0,
		modify_count: figures?.modified ?? 0,
		new_count: figures?.new ?? 0,
		source_size: figures?.sourceSize ?? 0,
	};
}

function targetRow(version: VersionRecord | undefined): Record<string, number> {
	return {
		end_time: version ? endOf(version) + TARGET_LATER_SECONDS : 0,
		target_size: version?.figures.targetSize ?? 0,
	};
}

/**
 * `get`: the run before and the latest one; sizes are KiB, and `end_time` 0 says that there was
 * none.
 */
export const getStatistic: Handler = (call, { book, options }) => {
	const id = jsonParam(call, 'task_id');
	if (id === undefined) throw required('task_id');
	const task = taskWith(id, book, options.unknowns?.unknownTaskCode ?? FAILED);
	if (task.spec.capability?.statistics === false) throw new DsmFailure(FAILED);
	const good = task.versions.list.filter(({ status }) => status === 'success');
	const pair = [good.at(-2), good.at(-1)];
	return {
		source_list: [],
		target_list: [],
		source_previous_next_list: pair.map(sourceRow),
		target_previous_next_list: pair.map(targetRow),
	};
};
