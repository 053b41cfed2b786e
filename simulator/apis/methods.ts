import * as configuration from './dsmConfiguration';
import { compound } from './compound';
import type { Handler, Method } from './dsm';
import * as explore from './explore';
import * as fileStation from './fileStation';
import { listLog, listVaultLog } from './log';
import * as repository from './repository';
import { getStatistic } from './statistic';
import * as system from './system';
import * as target from './target';
import { TASK_METHODS } from './task';
import * as vault from './vault';
import * as versions from './versions';
import { WIZARD_METHODS } from './wizard';

const method = (run: Handler, ...numbers: number[]): Method => ({
	versions: numbers.length === 0 ? [1] : numbers,
	run,
});

const CLIENT = 'SYNO.SDS.Backup.Client.';
const SERVER = 'SYNO.SDS.Backup.Server.';
const VAULT = 'SYNO.Backup.Service.VersionBackup.';

/** Which methods exist, and at which of the advertised versions. Everything else is 103. */
export const METHODS: Record<string, Record<string, Method>> = {
	...WIZARD_METHODS,
	'SYNO.Backup.Task': TASK_METHODS,
	'SYNO.Backup.Version': {
		list: method(versions.listVersions, 2),
		summary: method(versions.versionSummary),
	},
	'SYNO.Backup.Version.History': { get: method(versions.versionHistory) },
	'SYNO.Backup.Target': {
		get: method(target.getTarget),
		list: method(target.listTargets),
		error_detect: method(target.errorDetect),
		error_detect_cancel: method(target.cancelErrorDetect),
		get_candidate_dir: method(target.candidateDir),
	},
	'SYNO.Backup.Repository': {
		list: method(repository.listRepositories),
		get: method(repository.getRepository),
		create: method(repository.createRepository),
	},
	'SYNO.Backup.Config.Backup': {
		list: method(configuration.configurationServices),
		start: method(configuration.startConfigurationBackup),
		status: method(configuration.configurationBackupStatus),
	},
	'SYNO.Backup.Config.AutoBackup': {
		get: method(configuration.automaticConfigurationBackup),
		status: method(() => ({ last_status: 'none' })),
		list: method(configuration.automaticConfigurationVersions),
	},
	[`${CLIENT}Common.Log`]: { list: method(listLog) },
	[`${CLIENT}Common.Statistic`]: { get: method(getStatistic) },
	[`${CLIENT}Explore.Version`]: { list: method(explore.exploreVersions) },
	[`${CLIENT}Explore.Target`]: { get: method(explore.exploreTarget) },
	[`${CLIENT}Explore.Folder`]: { list: method(explore.listFolders) },
	[`${CLIENT}Explore.File`]: {
		list: method(explore.listFiles),
		copy: method(explore.copyFiles),
		restore: method(explore.restoreFiles),
		download: method(explore.downloadFile),
	},
	[`${CLIENT}Explore.Job`]: { list: method(explore.listJobs) },
	[`${VAULT}Config`]: {
		get: method(vault.vaultConfig),
		set: method(vault.setVaultConfig),
	},
	[`${VAULT}Target`]: {
		list: method(vault.vaultTargets),
		detail: method(vault.vaultTarget),
	},
	[`${SERVER}Common.Statistic`]: { get: method(vault.vaultStatistic) },
	[`${SERVER}Common.Log`]: { list: method(listVaultLog) },
	'SYNO.FileStation.List': { getinfo: { ...method(fileStation.getInfo, 2), anyone: true } },
	'SYNO.FileStation.Download': {
		download: { ...method(fileStation.downloadLive, 2), anyone: true },
	},
	'SYNO.Core.Region.NTP': { get: method(system.ntp, 1, 2, 3) },
	'SYNO.Core.System': { info: { ...method(system.systemInfo, 1, 2, 3), refusedWith: 1006 } },
	'SYNO.Core.TaskScheduler': { list: method(system.scheduledTasks, 1, 2, 3) },
	'SYNO.DSM.Info': { getinfo: { ...method(system.dsmInfo, 2), anyone: true } },
	'SYNO.Entry.Request': { request: { ...method(compound, 1, 2), anyone: true } },
};
