import { DateTime } from 'luxon';
import { SERIAL_NUMBER } from '../serialNumber';
import type { DsmVersion } from '../types';
import type { Handler } from './dsm';

/** `SYNO.Core.Region.NTP get`: wall clock and epoch together. The zone is a word of DSM's own. */
export const ntp: Handler = (call, { shape: { wall, now } }) => {
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
		timezone: cityOf(wall.zone),
	};
};

const cityOf = (zone: string): string => zone.split('/').pop()!;

const BUILDS: Record<DsmVersion, string> = {
	'6.2': '6.2.4-25556 Update 7',
	'7.0': '7.0.1-42218 Update 6',
	'7.1': '7.1.1-42962 Update 9',
	'7.2': '7.2.2-72806 Update 3',
	'7.4': '7.4-90075',
};

/** `SYNO.DSM.Info getinfo`: any account may ask. */
export const dsmInfo: Handler = (_call, { shape: { wall, now, dsm } }) => ({
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
});

/** `SYNO.Core.System info`. The described offset is the standard one, in summer too. */
export const systemInfo: Handler = (_call, { shape: { wall, now, dsm } }) => ({
	cpu_clock_speed: 2000,
	cpu_cores: '4',
	cpu_family: 'Celeron',
	cpu_series: 'J4125',
	cpu_vendor: 'INTEL',
	enabled_ntp: true,
	firmware_date: '2026/07/08',
	firmware_ver: `DSM ${BUILDS[dsm]}`,
	model: 'DS920+',
	ntp_server: 'time.google.com',
	ram_size: 4096,
	sata_dev: [],
	serial: SERIAL_NUMBER,
	support_esata: 'yes',
	sys_temp: 40,
	sys_tempwarn: false,
	systempwarn: false,
	temperature_warning: false,
	time: wall.local(now).toFormat('yyyy-MM-dd HH:mm:ss'),
	time_zone: cityOf(wall.zone),
	time_zone_desc: `(GMT) ${cityOf(wall.zone)}`,
	up_time: '75:12:9',
	usb_dev: [],
});

/**
 * `SYNO.Core.TaskScheduler list`: a backup with a schedule has an entry, and so has its integrity
 * check.
 */
export const scheduledTasks: Handler = (_call, { book, shape: { wall } }) => {
	const tasks = book.tasks
		.filter(({ nextAt }) => nextAt !== null)
		.map((task, index) => ({
			action: 'Back up data to local volume',
			app_name: 'Hyper Backup',
			can_delete: true,
			can_edit: true,
			can_run: false,
			enable: true,
			id: index + 6,
			name: task.name,
			next_trigger_time: wall.local(task.nextAt!).toFormat('yyyy-MM-dd HH:mm'),
			owner: 'root',
			real_owner: 'root',
			type: 'custom',
		}));
	return { tasks, total: tasks.length };
};
