import { jsonParam, numberParam, stringList, stringParam } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { VersionRecord } from '../past/versions';
import { BAD_REQUEST, taskWith, type Dsm, type Handler } from './dsm';

const seconds = (at: number): number => Math.floor(at / 1000);

/** A version that is not complete has `complete_time` 0, and a local text of 1970. */
function versionRow(
	version: VersionRecord,
	{ shape: { wall, dsm } }: Dsm,
	additional: string[],
	source: unknown,
): Record<string, unknown> {
	const completed = version.completedAt ?? 0;
	return {
		complete_time: seconds(completed),
		complete_time_local: wall.withSeconds(completed),
		has_history: version.status === 'success',
		locked: version.locked,
		modify: '0',
		name: wall.withSeconds(version.startedAt),
		permit_delete: !version.locked && version.status !== 'backup',
		start_time_local: wall.withSeconds(version.startedAt),
		status: version.status,
		timestamp: seconds(version.startedAt),
		version_id: String(version.id),
		...(additional.includes('source') ? { source } : {}),
		...(dsm === '6.2' ? { statistics: statisticsOf(version) } : {}),
	};
}

/** DSM 6 showed what a version holds; sizes are bytes. */
function statisticsOf({ figures }: VersionRecord): unknown {
	const none = Object.fromEntries(
		['new', 'mod', 'del', 'unch', 'total'].flatMap((word) => [
			[`${word}_cnt`, 0],
			[`${word}_size`, 0],
		]),
	);
	const share = {
		...none,
		new_cnt: figures.new,
		mod_cnt: figures.modified,
		del_cnt: figures.deleted,
		unch_cnt: figures.unchanged,
		total_cnt: figures.new + figures.modified + figures.unchanged,
		total_size: figures.sourceSize * 1024,
	};
	return {
		compress_ratio: 0.98,
		dedup_size: 0,
		target_increase_size: -1,
		summary: { app: none, ea: none, share },
	};
}

/**
 * `SYNO.Backup.Version list`, at version 2 only. Newest first by `sort_direction: desc`, which is
 * also the default.
 */
export const listVersions: Handler = (call, dsm) => {
	const { unknowns = {} } = dsm.options;
	const task = taskWith(jsonParam(call, 'task_id'), dsm.book, unknowns.unknownTaskCode ?? 4400);
	const additional = stringList(call, 'additional');
	const filter = stringParam(call, 'filter_name') ?? '';
	const offset = numberParam(call, 'offset') ?? 0;
	const limit = numberParam(call, 'limit') ?? -1;
	const all = [...task.versions.list]
		.filter(({ status }) => !['success', 'available'].includes(filter) || status === 'success')
		.sort((a, b) => b.id - a.id);
	if (stringParam(call, 'sort_direction')?.toLowerCase() === 'asc') all.reverse();
	const page = limit < 0 ? all.slice(offset) : all.slice(offset, offset + limit);
	const source = {
		backup_apps: (task.spec.applications ?? []).map(({ name }) => name),
		...(dsm.shape.dsm === '6.2'
			? { backup_shares: task.spec.sources ?? ['homes'], exclude_list: [], whitelist: [] }
			: {}),
	};
	return {
		backup_data_type: 'data',
		permit_delete: { permitted: true },
		...(dsm.shape.dsm === '6.2' ? {} : { support_lock: true }),
		total: all.length,
		version_info_list: page.map((version) => versionRow(version, dsm, additional, source)),
	};
};

export const versionSummary: Handler = (call, dsm) => {
	taskWith(jsonParam(call, 'task_id'), dsm.book, dsm.options.unknowns?.unknownTaskCode ?? 4400);
	return {};
};

/** Exists; its response has not been seen. */
export const versionHistory: Handler = (call, { options }) => {
	if (jsonParam(call, 'task_id') === undefined || jsonParam(call, 'version_id') === undefined)
		throw new DsmFailure(BAD_REQUEST);
	if (options.unknowns?.unseenResponse === 'empty') return {};
	throw new DsmFailure(BAD_REQUEST);
};
