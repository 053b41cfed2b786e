/**
 * What may be called with a read-only credential: per API, the methods that change nothing on the
 * NAS. What is not named here is taken for something that changes something. Evidence:
 * docs/dsm-api.md. Left out on purpose: `SYNO.Backup.Config.AutoBackup get`, which returns a
 * password.
 */
export const READ_CALLS: Record<string, readonly string[]> = {
	'SYNO.API.Info': ['query'],
	'SYNO.DSM.Info': ['getinfo'],
	'SYNO.Core.System': ['info'],
	'SYNO.Core.Region.NTP': ['get'],
	'SYNO.Backup.Task': ['list', 'get', 'status', 'List', 'Get', 'GetStatus'],
	'SYNO.Backup.Version': ['list'],
	'SYNO.Backup.Target': ['list', 'get'],
	'SYNO.Backup.Repository': ['list', 'get'],
	'SYNO.Backup.Lunbackup': ['enum_lun', 'load_task'],
	'SYNO.Backup.App2.Backup': ['list'],
	'SYNO.Backup.Source.Folder': ['list'],
	'SYNO.Backup.Service.NetworkBackup': ['get'],
	'SYNO.Backup.Service.VersionBackup.Config': ['get'],
	'SYNO.Backup.Service.VersionBackup.Target': ['list', 'detail'],
	'SYNO.FileStation.Download': ['download'],
	'SYNO.FileStation.List': ['getinfo'],
	'SYNO.SDS.Backup.Client.Common.Log': ['list'],
	'SYNO.SDS.Backup.Client.Common.Statistic': ['get'],
	'SYNO.SDS.Backup.Client.Explore.File': ['list', 'download'],
	'SYNO.SDS.Backup.Client.Explore.Folder': ['list'],
	'SYNO.SDS.Backup.Client.Explore.Job': ['list'],
	'SYNO.SDS.Backup.Client.Explore.Target': ['get'],
	'SYNO.SDS.Backup.Client.Explore.Version': ['list'],
	'SYNO.SDS.Backup.Server.Common.Log': ['list'],
	'SYNO.SDS.Backup.Server.Common.Statistic': ['get'],
};

/** A request that carries several calls, and all the fields it may have. */
export const COMPOUND = { api: 'SYNO.Entry.Request', method: 'request' };
export const COMPOUND_FIELDS = [
	'api',
	'version',
	'method',
	'mode',
	'stop_when_error',
	'compound',
	'_sid',
	'SynoToken',
];
