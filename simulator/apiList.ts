import type { DsmVersion, NasOptions } from './types';

export interface ApiInfo {
	path: string;
	minVersion: number;
	maxVersion: number;
	requestFormat?: 'JSON';
}

const json = (minVersion: number, maxVersion: number): ApiInfo => ({
	path: 'entry.cgi',
	minVersion,
	maxVersion,
	requestFormat: 'JSON',
});

/** Of DSM itself. DSM 6 answers logins and discovery at addresses of their own; DSM 7 names `entry.cgi` for both. */
function ofDsm(dsm: DsmVersion): Record<string, ApiInfo> {
	if (dsm === '6.2') {
		return {
			'SYNO.API.Auth': { path: 'auth.cgi', minVersion: 1, maxVersion: 6 },
			'SYNO.API.Encryption': { path: 'encryption.cgi', minVersion: 1, maxVersion: 1 },
			'SYNO.API.Info': { path: 'query.cgi', minVersion: 1, maxVersion: 1 },
			'SYNO.Core.Region.NTP': json(1, 2),
			'SYNO.DSM.Info': json(2, 2),
			'SYNO.Entry.Request': json(1, 2),
		};
	}
	return {
		'SYNO.API.Auth': { path: 'entry.cgi', minVersion: 1, maxVersion: 7 },
		'SYNO.API.Encryption': json(1, 1),
		'SYNO.API.Info': json(1, 1),
		'SYNO.Core.Region.NTP': json(1, 3),
		'SYNO.DSM.Info': json(2, 2),
		'SYNO.Entry.Request': json(1, 2),
	};
}

/** These belong to DSM and stay when Hyper Backup goes. */
const STAYING = {
	'SYNO.Backup.App': json(1, 1),
	'SYNO.Backup.App.Backup': json(1, 1),
	'SYNO.Backup.Service.NetworkBackup': json(1, 1),
};

const HYPER_BACKUP = {
	'SYNO.Backup.Task': json(1, 2),
	'SYNO.Backup.Target': json(1, 2),
	'SYNO.Backup.Version': json(1, 2),
	'SYNO.Backup.Repository': json(1, 2),
};

const SINCE_DSM_7 = { 'SYNO.SDS.Backup.Client.Common.Log': json(1, 1) };

export function apiList({
	dsm = '7.2',
	hyperBackup = 'installed',
}: NasOptions): Record<string, ApiInfo> {
	return {
		...ofDsm(dsm),
		...STAYING,
		...(hyperBackup === 'installed'
			? { ...HYPER_BACKUP, ...(dsm === '6.2' ? {} : SINCE_DSM_7) }
			: {}),
	};
}

/** `query`: all, a list, or prefixes that end in a dot. */
export function queryApis(apis: Record<string, ApiInfo>, query: string): Record<string, ApiInfo> {
	const wanted = query.split(',').map((name) => name.trim());
	return Object.fromEntries(
		Object.entries(apis).filter(([name]) =>
			wanted.some(
				(part) => part === 'all' || part === name || (part.endsWith('.') && name.startsWith(part)),
			),
		),
	);
}
