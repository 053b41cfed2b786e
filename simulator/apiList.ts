import type { DsmVersion, NasOptions } from './types';

export interface ApiInfo {
	path: string;
	minVersion: number;
	maxVersion: number;
	requestFormat?: 'JSON';
}

type Versions = [minVersion: number, maxVersion: number];

/** Of DSM itself, as DSM 6.2 and DSM 7 list them. */
const DSM_6: Record<string, Versions> = {
	'SYNO.Backup.App': [1, 1],
	'SYNO.Backup.App.Backup': [1, 1],
	'SYNO.Backup.App.Restore': [1, 1],
	'SYNO.Backup.Config.Backup': [1, 2],
	'SYNO.Backup.Config.Restore': [1, 2],
	'SYNO.Backup.Service.NetworkBackup': [1, 1],
	'SYNO.Backup.Service.TimeBackup': [1, 1],
	'SYNO.Core.Package': [1, 2],
	'SYNO.Core.Region.NTP': [1, 2],
	'SYNO.Core.Region.NTP.DateTimeFormat': [1, 1],
	'SYNO.Core.Region.NTP.Server': [1, 1],
	'SYNO.Core.System': [1, 3],
	'SYNO.Core.TaskScheduler': [1, 2],
	'SYNO.DSM.Info': [2, 2],
	'SYNO.Entry.Request': [1, 2],
	'SYNO.Entry.Request.Polling': [1, 1],
	'SYNO.FileStation.Download': [1, 2],
	'SYNO.FileStation.List': [1, 2],
};

const { 'SYNO.Backup.Service.TimeBackup': _gone, ...STILL_THERE } = DSM_6;
const DSM_7: Record<string, Versions> = {
	...STILL_THERE,
	'SYNO.API.Auth.Key': [7, 7],
	'SYNO.API.Auth.Key.Code': [7, 7],
	'SYNO.API.Auth.RedirectURI': [1, 1],
	'SYNO.API.Auth.Type': [1, 1],
	'SYNO.API.Auth.UIConfig': [1, 1],
	'SYNO.API.Encryption': [1, 1],
	'SYNO.API.Info': [1, 1],
	'SYNO.Backup.Config.AutoBackup': [1, 2],
	'SYNO.Core.Region.NTP': [1, 3],
	'SYNO.Core.TaskScheduler': [1, 4],
	'SYNO.Entry.SocketIo': [1, 1],
};

/** With the package on DSM 6 and 7. */
const HYPER_BACKUP: Record<string, Versions> = Object.fromEntries(
	[
		'Lunbackup',
		'Repository',
		'Repository.Certificate',
		'Repository.LoginPort',
		'Restore',
		'Share.Restore',
		'Source.Folder',
		'Storage.AmazonCloudDrive.Container',
		'Storage.Azure.Container',
		'Storage.Connect.Network',
		'Storage.Dropbox.Container',
		'Storage.GoogleDrive.Container',
		'Storage.HiDrive.Container',
		'Storage.OpenStack.Container',
		'Storage.OpenStack.Region',
		'Storage.S3.Bucket',
		'Storage.Share.Local',
		'Storage.Share.Network',
		'Storage.Share.Rsync',
		'Storage.WebDAV.Container',
		'Storage.hubiC.Container',
		'Target',
		'Target.Config',
		'Task',
		'Version',
		'Version.History',
	].map((name): [string, Versions] => [`SYNO.Backup.${name}`, [1, 2]]),
);

const explorer = (side: 'Client' | 'Server'): Record<string, Versions> =>
	Object.fromEntries([
		...['Common.Log', 'Common.Statistic', 'Common.Target', 'Common.Version', 'Fuse.Target'].map(
			(name): [string, Versions] => [`SYNO.SDS.Backup.${side}.${name}`, [1, 1]],
		),
		...['File', 'Folder', 'Job', 'Target', 'Version'].map((name): [string, Versions] => [
			`SYNO.SDS.Backup.${side}.Explore.${name}`,
			[1, 2],
		]),
	]);

const SINCE_DSM_7: Record<string, Versions> = {
	'SYNO.Backup.App2.Backup': [1, 2],
	'SYNO.Backup.App2.Restore': [1, 2],
	...explorer('Client'),
};

const SINCE_DSM_74: Record<string, Versions> = {
	'SYNO.Backup.MultiVerLun': [1, 2],
	'SYNO.Backup.MultiVerLun.Version': [1, 2],
	'SYNO.Backup.TieringShare': [1, 2],
};

const VAULT: Record<string, Versions> = {
	'SYNO.Backup.Service.VersionBackup.Config': [1, 2],
	'SYNO.Backup.Service.VersionBackup.Target': [1, 2],
	'SYNO.Backup.Service.VersionBackup.Version': [1, 2],
	'SYNO.Backup.Service.VersionBackup.Version.History': [1, 2],
	...explorer('Server'),
};

/** At addresses of their own on DSM 6; DSM 7 names `entry.cgi` for all but the one-time codes. */
function ownAddresses(dsm: DsmVersion): Record<string, ApiInfo> {
	const at = (path: string, maxVersion: number): ApiInfo => ({ path, minVersion: 1, maxVersion });
	if (dsm === '6.2') {
		return {
			'SYNO.API.Auth': at('auth.cgi', 6),
			'SYNO.API.Encryption': at('encryption.cgi', 1),
			'SYNO.API.Info': at('query.cgi', 1),
			'SYNO.API.OTP': at('otp.cgi', 1),
		};
	}
	return { 'SYNO.API.Auth': at('entry.cgi', 7), 'SYNO.API.OTP': at('otp.cgi', 1) };
}

const lists = new Map<string, Record<string, ApiInfo>>();

/** What `SYNO.API.Info` lists: DSM's own, and those of the packages that are installed and run. */
export function apiList({
	dsm = '7.2',
	hyperBackup = 'installed',
	vault,
}: NasOptions): Record<string, ApiInfo> {
	const key = `${dsm} ${hyperBackup} ${vault !== undefined}`;
	const list = lists.get(key) ?? makeList(dsm, hyperBackup, vault !== undefined);
	lists.set(key, list);
	return list;
}

function makeList(
	dsm: DsmVersion,
	hyperBackup: NonNullable<NasOptions['hyperBackup']>,
	vault: boolean,
): Record<string, ApiInfo> {
	const older = dsm === '6.2';
	const names = {
		...(older ? DSM_6 : DSM_7),
		...(hyperBackup === 'installed' ? HYPER_BACKUP : {}),
		...(hyperBackup === 'installed' && !older ? SINCE_DSM_7 : {}),
		...(hyperBackup === 'installed' && dsm === '7.4' ? SINCE_DSM_74 : {}),
		...(vault ? VAULT : {}),
	};
	const list = Object.entries(names).map(([name, [minVersion, maxVersion]]): [string, ApiInfo] => [
		name,
		{ path: 'entry.cgi', minVersion, maxVersion, requestFormat: 'JSON' },
	]);
	return { ...ownAddresses(dsm), ...Object.fromEntries(list) };
}

/** `query`: all, a list, or prefixes that end in a dot; without it all. */
export function queryApis(apis: Record<string, ApiInfo>, query = 'all'): Record<string, ApiInfo> {
	const wanted = query.split(',').map((name) => name.trim());
	return Object.fromEntries(
		Object.entries(apis).filter(([name]) =>
			wanted.some(
				(part) => part === 'all' || part === name || (part.endsWith('.') && name.startsWith(part)),
			),
		),
	);
}
