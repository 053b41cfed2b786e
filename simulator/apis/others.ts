import { DateTime } from 'luxon';
import { booleanParam, jsonParam, numberParam, stringList, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { TaskBook } from '../task/TaskBook';
import type { DsmVersion } from '../types';
import type { Shape } from './taskRows';

/** What must not get into any report. */
export const SERIAL_NUMBER = '20C0PDN123456';

/** `SYNO.Core.Region.NTP get`: wall clock and epoch together. The zone is a word of DSM's own. */
export function ntp(call: ApiCall, { wall, now }: Shape): unknown {
	const local = wall.local(now);
	return {
		date: local.toFormat('yyyy/L/d'),
		...(call.version > 1 ? { date_format: 'Y-m-d', time_format: 'H:i' } : {}),
		enable_ntp: 'ntp',
		hour: local.hour,
		minute: local.minute,
		second: local.second,
		now: `${local.toFormat('ccc LLL d HH:mm:ss yyyy')}\n`,
		server: 'time.google.com',
		timestamp: Math.floor(now / 1000),
		timezone: wall.zone.split('/').pop(),
	};
}

const BUILDS: Record<DsmVersion, string> = {
	'6.2': '6.2.4-25556 Update 7',
	'7.0': '7.0.1-42218 Update 6',
	'7.1': '7.1.1-42962 Update 9',
	'7.2': '7.2.2-72806 Update 3',
	'7.4': '7.4-90075',
};

/** `SYNO.DSM.Info getinfo`: any account may ask. */
export function systemInfo({ wall, now, dsm }: Shape): unknown {
	return {
		codepage: 'enu',
		model: 'DS920+',
		ram: 4096,
		serial: SERIAL_NUMBER,
		temperature: 40,
		temperature_warn: false,
		time: DateTime.fromMillis(now, { zone: wall.zone }).toFormat('ccc LLL d HH:mm:ss yyyy'),
		uptime: 123456,
		version: BUILDS[dsm].replace(/^.*?-(\d+).*$/, '$1'),
		version_string: `DSM ${BUILDS[dsm]}`,
	};
}

/** `SYNO.Backup.Version list`: exists at version 2 only. */
export function versions(call: ApiCall, book: TaskBook, { wall }: Shape): unknown {
	const task = book.find(jsonParam(call, 'task_id') as number | string);
	if (!task) throw new DsmFailure(4400);
	const at = task.lastSuccess;
	const list =
		at === null
			? []
			: [
					{
						complete_time: Math.floor(at / 1000),
						complete_time_local: wall.withSeconds(at),
						has_history: true,
						locked: false,
						modify: '0',
						name: wall.withSeconds(at),
						permit_delete: true,
						start_time_local: wall.withSeconds(at),
						status: 'success',
						timestamp: Math.floor(at / 1000),
						version_id: String(task.version),
					},
				];
	return {
		backup_data_type: 'data',
		permit_delete: { permitted: true },
		total: list.length,
		version_info_list: list,
	};
}

export function target(call: ApiCall, book: TaskBook): unknown {
	const task = book.find(jsonParam(call, 'task_id') as number | string);
	if (!task) throw new DsmFailure(4400);
	if (call.method === 'error_detect') {
		booleanParam(call, 'detect_data');
		// Success even while a backup runs, without effect.
		if (task.status === 'none') task.integrityCheck();
		return undefined;
	}
	if (call.method !== 'get') throw new DsmFailure(103);
	const online = task.state === 'backupable';
	const extra = stringList(call, 'additional');
	return {
		capability: { support_download: true, support_filter: true, support_statistics: true },
		data_comp: true,
		data_enc: task.spec.encrypted ?? false,
		format_type: 'image',
		host_name: 'nas',
		last_detect_time: '',
		...(extra.includes('is_online') ? { is_online: online } : {}),
		...(extra.includes('used_size') && online ? { used_size: 1_048_576 } : {}),
	};
}

/** `offset` and `limit` are required. */
export function log(call: ApiCall, book: TaskBook, { wall }: Shape): unknown {
	for (const name of ['offset', 'limit'])
		if (numberParam(call, name) === undefined)
			throw new DsmFailure(120, { name, reason: 'required' });
	const texts: Record<string, [level: string, text: string]> = {
		started: ['info', 'Backup task started.'],
		finished: ['info', 'Backup task finished successfully.'],
		canceled: ['err', 'Backup task was canceled.'],
	};
	const rows = book.history
		.filter(({ kind }) => kind in texts)
		.reverse()
		.map(({ at, kind, taskId, result }) => {
			const [level, text] =
				kind === 'finished' && result !== 'done' && result !== 'success'
					? ['err', 'Failed to run backup task.']
					: texts[kind]!;
			const name = book.find(taskId!)?.name ?? '';
			return {
				event: `[Local][${name}] ${text}`,
				level,
				time: wall.withSeconds(wall.believed(at)),
				user: 'SYSTEM',
			};
		});
	const count = (level: string): number => rows.filter((row) => row.level === level).length;
	return {
		error_count: count('err'),
		info_count: count('info'),
		warn_count: 0,
		log_list: rows.slice(0, numberParam(call, 'limit')),
		offset: rows.length,
		total: rows.length,
	};
}
