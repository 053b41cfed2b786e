import type { BackupTask } from '../task/BackupTask';
import { scheduleObject } from '../task/schedule';
import type { DsmVersion } from '../types';
import type { Shape } from './dsm';
import { repositoryRow } from './repository';

/**
 * Which of DSM's two readings of `last_bkp_time` this version has: the start of the last run, or
 * its end once more.
 */
const SHOWS_START: DsmVersion[] = ['7.2', '7.4'];

/** While a run is going, DSM still shows the times of the one before; and a first run has none. */
function lastTimes(task: BackupTask, { dsm, wall }: Shape): Record<string, unknown> {
	const end = wall.last(task.lastEnd);
	return {
		last_bkp_time: SHOWS_START.includes(dsm) ? wall.last(task.lastStart) : end,
		...(end === '' ? {} : { last_bkp_end_time: end }),
	};
}

export function identity(
	task: BackupTask,
	method: 'list' | 'status' = 'status',
): Record<string, unknown> {
	const { spec } = task;
	const target = spec.targetType ?? 'image';
	const transfer = spec.transferType ?? 'image_local';
	if (task.isLun) {
		const progress = { progress: 0, step: 'none' };
		return { task_id: task.id, name: task.name, type: spec.type, status: task.status, progress };
	}
	return {
		data_enc: spec.encrypted ?? false,
		data_type: 'data',
		ext3ShareList: [],
		name: task.name,
		repo_id: typeof task.id === 'number' ? task.id : 1,
		state: task.stateIn(method),
		status: task.status,
		target_id: spec.targetId ?? 'nas_1.hbk',
		target_type: target,
		task_id: task.id,
		transfer_type: transfer,
		type: `${target}:${transfer}`,
	};
}

function source(task: BackupTask, dsm: DsmVersion): Record<string, unknown> {
	const mark = SHOWS_START.includes(dsm) ? 'dataEncrypted' : 'dataEncryped';
	const list = (task.spec.sources ?? ['/volume1/homes']).map((fullPath) => ({
		[mark]: false,
		encryptedShare: false,
		fileSystem: 'BTRFS',
		fileSystemType: 'internal',
		folderPath: fullPath.replace(/^\/volume\d+/, ''),
		fullPath,
		isValidSource: true,
		missing: false,
	}));
	const apps = task.spec.applications ?? [];
	return {
		app_config: [],
		app_list: apps.map(({ id }) => id),
		app_name_list: apps.map(({ name }) => name),
		backup_filter: { exclude_list: [], whitelist: [] },
		backup_volumes: [],
		file_list: list,
		folder_list: list,
		share_list: Object.fromEntries(list.map((row) => shareOf(row))),
	};
}

/** The shared folder that a source lies in. */
function shareOf({
	folderPath,
	fullPath,
	missing: _missing,
	...share
}: Record<string, unknown>): [string, Record<string, unknown>] {
	const [, name = ''] = String(folderPath).split('/');
	const [volume = ''] = /^\/volume\d+/.exec(String(fullPath)) ?? [];
	return [name, { ...share, fullPath: `${volume}/${name}` }];
}

function withOverrides(task: BackupTask, row: Record<string, unknown>): Record<string, unknown> {
	for (const [field, value] of Object.entries(task.overrides)) {
		if (value === undefined) delete row[field];
		else if (field in row || field === 'name' || field === 'task_id') row[field] = value;
	}
	return row;
}

/** A row of `list`: without `additional` no dates and no result. */
export function listRow(
	task: BackupTask,
	additional: string[],
	shape: Shape,
): Record<string, unknown> {
	const row = identity(task, 'list');
	const asked = (key: string): boolean => additional.includes(key);
	if (asked('last_bkp_time')) Object.assign(row, task.isLun ? {} : lastTimes(task, shape));
	if (asked('last_bkp_result')) row.last_bkp_result = task.result;
	if (asked('next_bkp_time') && !task.isLun) row.next_bkp_time = shape.wall.next(task.nextAt);
	if (asked('is_modified') && !task.isLun) row.is_modified = task.isModified;
	if (asked('schedule')) {
		const schedule = scheduleObject(
			task.schedule,
			task.nextAt,
			shape.wall,
			shape.now,
			SHOWS_START.includes(shape.dsm),
		);
		if (schedule) row.schedule = schedule;
	}
	if (asked('get_source') && !task.isLun) row.source = source(task, shape.dsm);
	return withOverrides(task, row);
}

/** `get`: the row with its sources, and the requested parts. */
export function getRow(
	task: BackupTask,
	additional: string[],
	shape: Shape,
): Record<string, unknown> {
	const { spec } = task;
	const row: Record<string, unknown> = { ...identity(task), source: source(task, shape.dsm) };
	if (additional.includes('repository')) {
		row.repository = repositoryRow(task);
	}
	if (additional.includes('schedule'))
		row.schedule =
			scheduleObject(
				task.schedule,
				task.nextAt,
				shape.wall,
				shape.now,
				SHOWS_START.includes(shape.dsm),
			) ?? {};
	if (additional.includes('backup_params')) {
		row.backup_params = {
			enable_data_compress: false,
			enable_data_encrypt: spec.encrypted ?? false,
			enable_notify: false,
			enable_version_file_log: false,
			max_auto_resume_retry: 5,
		};
	}
	if (additional.includes('rotate_params')) row.rotate_params = {};
	return withOverrides(task, row);
}

/** `status`: `progress` only while a backup runs, the rest only if requested. */
export function statusRow(
	task: BackupTask,
	additional: string[],
	shape: Shape,
): Record<string, unknown> {
	const { dsm, wall, now } = shape;
	const row: Record<string, unknown> = {
		task_id: task.id,
		state: task.stateIn('status'),
		status: task.status,
	};
	const { progress } = task;
	if (progress) {
		if (!SHOWS_START.includes(dsm)) {
			delete progress.show_progress;
			delete progress.counted_file_count;
		}
		row.progress = progress;
	}
	const asked = (key: string): boolean => additional.includes(key);
	if (asked('is_modified')) row.is_modified = task.isModified;
	if (asked('last_bkp_time'))
		Object.assign(row, lastTimes(task, shape), {
			last_bkp_success_time: wall.last(task.lastSuccess),
		});
	if (asked('last_bkp_result'))
		Object.assign(row, {
			last_bkp_result: task.result,
			last_bkp_error: task.error,
			last_bkp_error_code: task.errorCode,
		});
	if (asked('last_bkp_progress')) row.last_bkp_progress = 73;
	if (asked('last_bkp_success_version') && SHOWS_START.includes(dsm))
		row.last_bkp_success_version = task.version === 0 ? '' : String(task.version);
	if (asked('next_bkp_time')) {
		row.next_bkp_time = wall.next(task.nextAt);
		const schedule = scheduleObject(
			task.schedule,
			task.nextAt,
			wall,
			now,
			SHOWS_START.includes(dsm),
		);
		if (schedule) row.schedule = schedule;
	}
	return withOverrides(task, row);
}
