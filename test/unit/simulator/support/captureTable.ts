import { DEFAULT_ACCOUNT, type Nas, type NasOptions } from '../../../../simulator';

/** How the simulator is brought to give each captured response. */
export interface Served {
	nas?: NasOptions;
	before?: (nas: Nas) => void;
	api: string;
	version?: number;
	method: string;
	params?: Record<string, unknown>;
	/** Of the login with which the call is made, or that is the call. */
	login?: Record<string, string>;
	/** Something happens between the login and the call. */
	meanwhile?: (nas: Nas) => void;
	/** Paths that the capture was trimmed of. */
	beyond?: string[];
	/** Paths whose content belongs to another API or device. */
	different?: string[];
}

const TASK = 'SYNO.Backup.Task';
const TARGET = 'SYNO.Backup.Target';
const VERSION = 'SYNO.Backup.Version';
const CLIENT = 'SYNO.SDS.Backup.Client.';
const VAULT = 'SYNO.Backup.Service.VersionBackup.';
const AUTH = { api: 'SYNO.API.Auth', method: 'login', version: 7 };

const START = Date.UTC(2026, 10, 24, 8);
const RESULTS = ['last_bkp_time', 'last_bkp_result', 'is_modified'];
const ROW = [
	'data_enc',
	'data_type',
	'name',
	'repo_id',
	'target_id',
	'target_type',
	'transfer_type',
];
const at = (prefix: string, names: string[]): string[] => names.map((name) => `${prefix}.${name}`);
const TOTALS = ['is_data_restoring', 'is_downloading', 'is_lun_restoring', 'is_snapshot_restoring'];

const running = (seconds: number) => (nas: Nas) => {
	nas.task(1).accept();
	nas.advance({ seconds });
};
const tasks = (...specs: NonNullable<NasOptions['tasks']>): NasOptions => ({ tasks: specs });
const account = (more: object): NasOptions => ({ accounts: [{ ...DEFAULT_ACCOUNT, ...more }] });
const otpSecret = 'JBSWY3DPEHPK3PXP';
const device = { id: 'known', name: 'n8n' };
const withDevice = { enable_device_token: 'yes', device_name: 'n8n', otp_code: 'now' };
const refusedLogin = (options: NasOptions, login?: Record<string, string>): Served => ({
	...AUTH,
	nas: options,
	login,
});
const without = (api: string, method = 'list', version = 1): Served => ({ api, method, version });
const dead = (code: 106 | 107 | 119): Served => ({
	api: TASK,
	method: 'list',
	meanwhile: (nas) => nas.sessions.expire(code),
});

const APPS = [{ id: 'Calendar', name: 'Synology Calendar' }];
const dsm6Task: Served = {
	nas: {
		dsm: '6.2',
		tasks: [{ id: 1, name: 'Backup', applications: APPS, sources: ['/volume1/homes/admin'] }],
	},
	api: TASK,
	method: 'get',
	params: { task_id: 1 },
};

export const LOGINS: Record<string, Served> = {
	'auth-login-dsm6-ok.json': { ...AUTH, version: 6, nas: { dsm: '6.2' } },
	'auth-login-dsm6-ok-with-otp-device-token.json': {
		...AUTH,
		version: 6,
		nas: { dsm: '6.2', ...account({ otpSecret }) },
		login: withDevice,
	},
	'auth-login-dsm6-error-403-otp-required.json': {
		...AUTH,
		version: 6,
		nas: { dsm: '6.2', ...account({ otpSecret }) },
	},
	'auth-login-dsm7-ok.json': {
		...AUTH,
		beyond: at('data', ['account', 'device_id', 'ik_message']),
	},
	'auth-login-dsm7-ok-with-otp-device-token.json': {
		...AUTH,
		nas: account({ otpSecret }),
		login: withDevice,
		beyond: at('data', ['account', 'ik_message']),
	},
	'auth-login-dsm701-v7-full.json': {
		...AUTH,
		nas: { dsm: '7.0', ...account({ otpSecret, trustedDevices: [device] }) },
		login: { device_id: 'known', device_name: 'n8n', format: 'sid', enable_syno_token: 'no' },
	},
	'auth-login-dsm7-error-403-otp-required.json': refusedLogin(account({ otpSecret })),
	'auth-login-error-400-bad-credentials.json': refusedLogin({}, { passwd: 'wrong' }),
	'auth-login-error-401-disabled.json': refusedLogin(account({ disabled: true })),
	'auth-login-error-402-permission-denied.json': refusedLogin(account({ dsmPrivilege: false })),
	'auth-login-error-404-otp-failed.json': refusedLogin(account({ otpSecret }), {
		otp_code: '000000',
	}),
	'auth-login-error-406-otp-enforced.json': refusedLogin(account({ otpEnforced: true })),
	'auth-login-error-407-blocked.json': {
		...AUTH,
		before: (nas) =>
			['127.0.0.1', '::ffff:127.0.0.1'].forEach((ip) => nas.sessions.blocked.add(ip)),
	},
};

const COMMON: Record<string, Served> = {
	'auth-logout-ok.json': { api: 'SYNO.API.Auth', method: 'logout', version: 7 },
	'any-error-102-no-such-api.json': without('SYNO.Nothing'),
	'any-error-103-no-such-method.json': without(TASK, 'nothing'),
	'any-error-104-version.json': without(TASK, 'list', 9),
	'any-error-105-no-permission.json': {
		...without(TASK),
		nas: account({ administrator: false }),
	},
	'any-error-106-session-timeout.json': dead(106),
	'any-error-107-kicked-by-other-login.json': dead(107),
	'any-error-119-sid-not-found.json': dead(119),
	'entry-request-ok-one-call.json': {
		api: 'SYNO.Entry.Request',
		method: 'request',
		params: { compound: [{ api: 'SYNO.Backup.App2.Backup', method: 'list', version: 2 }] },
		different: ['data.result[].data[]'],
	},
	'entry-request-inner-failure.json': {
		api: 'SYNO.Entry.Request',
		method: 'request',
		params: { compound: [{ api: TASK, method: 'status', version: 1, task_id: 99 }] },
		different: ['data.result[].error.errors'],
	},
	'entry-request-polling-list-error-120.json': without('SYNO.Entry.Request.Polling'),
	'region-ntp-get-v1.json': without('SYNO.Core.Region.NTP', 'get'),
	'region-ntp-get-v3.json': without('SYNO.Core.Region.NTP', 'get', 3),
	'core-system-info-dsm6-ds918-plus.json': {
		...without('SYNO.Core.System', 'info'),
		nas: { dsm: '6.2' },
		different: ['data.usb_dev'],
	},
	'core-system-info-dsm6-ds218-play.json': {
		...without('SYNO.Core.System', 'info'),
		nas: { dsm: '6.2' },
		different: ['data.usb_dev'],
		beyond: ['data.sata_dev'],
	},
	'dsm-info-getinfo-dsm6.json': {
		...without('SYNO.DSM.Info', 'getinfo', 2),
		nas: { dsm: '6.2' },
	},
	'core-taskscheduler-list-dsm711.json': {
		...without('SYNO.Core.TaskScheduler', 'list', 3),
		nas: { dsm: '7.1', ...tasks({ id: 1, name: 'A', schedule: { hour: 1, minute: 0 } }) },
	},
};

const TASKS: Record<string, Served> = {
	'backup-task-list-dsm6-no-additional.json': { api: TASK, method: 'list', nas: { dsm: '6.2' } },
	'backup-task-list-dsm74.json': {
		api: TASK,
		method: 'list',
		nas: { dsm: '7.4' },
		beyond: [...at('data', TOTALS), 'data.task_list[].ext3ShareList'],
	},
	'backup-task-list-hb422-one-idle.json': {
		api: TASK,
		method: 'list',
		params: { additional: [...RESULTS, 'get_source'] },
		beyond: [
			...at('data', TOTALS.slice(1)),
			'data.task_list[].ext3ShareList',
			...at('data.task_list[].source', ['backup_filter', 'backup_volumes', 'folder_list']),
			...at('data.task_list[].source.file_list[]', [
				'dataEncrypted',
				'encryptedShare',
				'fileSystem',
				'fileSystemType',
				'missing',
			]),
		],
		different: ['data.task_list[].source.share_list'],
	},
	'backup-task-list-doc-s3.json': {
		api: TASK,
		method: 'list',
		params: { additional: [...RESULTS, 'get_source'] },
		beyond: at('data.task_list[]', [
			'state',
			'status',
			'target_id',
			'target_type',
			'task_id',
			'transfer_type',
			'type',
		]).concat('data.total'),
		different: ['data.task_list[].source'],
	},
	'backup-task-list-lun-tasks.json': {
		nas: tasks({ id: 1, name: 'A' }, { id: 'vm', name: 'vm', type: 'loclunbkp' }),
		api: TASK,
		method: 'list',
		params: { additional: ['last_bkp_result'] },
		beyond: [
			...at('data', [...TOTALS, 'is_restoring']),
			...at('data.task_list[]', [
				...ROW.filter((field) => field !== 'name'),
				'ext3ShareList',
				'state',
			]),
		],
	},
	'backup-task-list-empty.json': { nas: tasks(), api: TASK, method: 'list' },
	'backup-task-get-dsm6-googledrive-cloud_image.json': dsm6Task,
	'backup-task-get-dsm6-hidrive-cloud_image.json': dsm6Task,
	'backup-task-get-dsm6-usb-share-local.json': {
		...dsm6Task,
		nas: {
			dsm: '6.2',
			tasks: [
				{
					id: 1,
					name: 'Backup2USB',
					applications: APPS,
					sources: ['homes', 'music', 'photo', 'video', 'web'].map((name) => `/volume1/${name}`),
				},
			],
		},
	},
	'backup-task-get-hb422.json': {
		api: TASK,
		method: 'get',
		params: {
			task_id: 1,
			additional: ['backup_params', 'rotate_params', 'schedule', 'repository'],
		},
		beyond: at('data', ['ext3ShareList', 'source', 'schedule']),
	},
	'backup-task-get-doc-s3.json': {
		nas: tasks({
			id: 1,
			name: 'A',
			transferType: 'aws_s3',
			repository: {
				bucket: 'b',
				container: 'b',
				key: 'K',
				secret: '########',
				request_style: 'virtual_host_style',
				verify_ssl_cert: true,
			},
		}),
		api: TASK,
		method: 'get',
		params: { task_id: 1, additional: ['schedule', 'repository'] },
		beyond: [
			...at('data', ['ext3ShareList', 'source', 'state', 'status', 'target_id', 'target_type']),
			...at('data', ['task_id', 'transfer_type', 'type']),
			'data.repository.name',
		],
	},
	'backup-task-get_support_cloud-doc.json': without(TASK, 'get_support_cloud'),
	'backup-task-status-hb422-idle-done.json': {
		api: TASK,
		method: 'status',
		params: { task_id: 1, additional: RESULTS },
	},
	'backup-task-status-doc-hb42.json': {
		nas: tasks({ id: 1, name: 'A', schedule: { hour: 19, minute: 40 } }),
		api: TASK,
		method: 'status',
		params: {
			task_id: 1,
			additional: [...RESULTS, 'next_bkp_time', 'last_bkp_success_version'],
		},
		beyond: [
			...at('data', ['state', 'status', 'task_id']),
			'data.schedule.schedule_enable',
			...at('data.schedule.schedule', [
				'last_work_hour',
				'monthly_week',
				'next_trigger_time',
				'repeat',
				'repeat_hour',
				'repeat_hour_store_config',
				'repeat_min',
				'repeat_min_store_config',
				'week_name',
			]),
		],
	},
	'backup-task-status-dsm74-running-data_backup.json': {
		nas: { dsm: '7.4' },
		before: running(300),
		api: TASK,
		method: 'status',
		params: { task_id: 1 },
		beyond: at('data.progress', [
			'current_app_action_percent',
			'current_app_percent',
			'current_app_stage',
		]),
	},
	'backup-task-status-hb422-running-first-run.json': {
		nas: tasks({ id: 1, name: 'A', lastRun: null }),
		before: running(300),
		api: TASK,
		method: 'status',
		params: { task_id: 1, additional: RESULTS },
		beyond: [
			'data.last_bkp_success_time',
			...at('data.progress', [
				'app_done_list',
				'app_list',
				'current_app',
				'current_app_action_percent',
				'current_app_percent',
				'current_app_stage',
			]),
		],
	},
	'backup-task-backup-ok.json': { api: TASK, method: 'backup', params: { task_id: 1 } },
	'backup-task-cancel-ok.json': {
		before: running(300),
		api: TASK,
		method: 'cancel',
		params: { task_id: 1, task_state: 'backupable' },
	},
	'backup-task-create.json': {
		api: TASK,
		method: 'create',
		params: {
			action: 'create',
			name: 'New',
			repo_id: 7,
			target_id: 'new_1',
			target_type: 'image',
			transfer_type: 'image_local',
			share: 'Backup',
			source: { app_list: [], file_list: [] },
			backup_params: { enable_data_compress: false, enable_notify: false },
		},
	},
};

const target: Served = { api: TARGET, method: 'get', params: { task_id: 1 } };
const online = { task_id: 1, additional: ['is_online', 'used_size'] };
const capability = at('data.capability', ['support_filter', 'support_statistics']);

const VERSIONS_AND_DESTINATIONS: Record<string, Served> = {
	'backup-version-list-hb422.json': {
		...without(VERSION, 'list', 2),
		params: { task_id: 1, offset: 0, limit: -1 },
		beyond: ['data.support_lock'],
	},
	'backup-version-list-doc-hb42.json': {
		nas: tasks({ id: 1, name: 'A', applications: APPS }),
		...without(VERSION, 'list', 2),
		params: { task_id: 1, additional: ['source'] },
		beyond: ['data.version_info_list[].timestamp'],
	},
	'backup-version-list-dsm74-success-and-cancel.json': {
		nas: { dsm: '7.4' },
		before: (nas) => {
			running(300)(nas);
			nas.task(1).cancel();
		},
		...without(VERSION, 'list', 2),
		params: { task_id: 1 },
		beyond: [
			...at('data', ['backup_data_type', 'permit_delete', 'support_lock']),
			...at('data.version_info_list[]', [
				'complete_time_local',
				'modify',
				'name',
				'start_time_local',
			]),
		],
	},
	'backup-version-list-dsm6-with-statistics-model.json': {
		nas: { dsm: '6.2' },
		...without(VERSION, 'list', 2),
		params: { task_id: 1, additional: ['source'] },
		beyond: [
			...at('data', ['backup_data_type', 'permit_delete']),
			...at('data.version_info_list[]', ['complete_time_local', 'start_time_local']),
		],
	},
	'backup-version-list-error-4400-no-task_id.json': without(VERSION, 'list', 2),
	'backup-version-history-get-error-4400.json': without('SYNO.Backup.Version.History', 'get'),
	'backup-version-summary-doc.json': { ...without(VERSION, 'summary'), params: { task_id: 1 } },
	'backup-target-get-dsm711-local-online.json': {
		...target,
		nas: {
			dsm: '7.1',
			...tasks({ id: 1, name: 'A', lastCheck: { at: START - 3_600_000 } }),
		},
		params: online,
	},
	'backup-target-get-dsm74.json': {
		...target,
		nas: { dsm: '7.4' },
		beyond: at('data', ['owner_id', 'owner_name', 'uni_key']),
	},
	'backup-target-get-hb422-online.json': {
		...target,
		params: { task_id: 1, additional: ['is_online'] },
		beyond: capability,
	},
	'backup-target-get-doc-s3.json': {
		...target,
		nas: tasks({ id: 1, name: 'A', targetType: 'cloud_image', transferType: 'aws_s3' }),
		params: online,
		beyond: at('data', ['host_name', 'last_detect_time', 'owner_id', 'owner_name', 'uni_key']),
	},
	'backup-target-get_candidate_dir.json': {
		api: TARGET,
		method: 'get_candidate_dir',
		params: { target_type: 'image', transfer_type: 'image_local', share: 'Backup' },
	},
	'backup-target-list-error-4400.json': without(TARGET),
	'backup-targetconfig-list-error-4401.json': without('SYNO.Backup.Target.Config'),
	'backup-repository-list-doc-s3.json': {
		...without('SYNO.Backup.Repository'),
		nas: TASKS['backup-task-get-doc-s3.json']!.nas,
		beyond: ['data.repo_list[].name'],
	},
	'backup-repository-create.json': {
		...without('SYNO.Backup.Repository', 'create'),
		params: {
			target_type: 'image',
			transfer_type: 'image_local',
			share: 'Backup',
			target_id: 'new_1',
			name: 'New',
		},
	},
	'backup-repositoryloginport-get-error-4400.json': without(
		'SYNO.Backup.Repository.LoginPort',
		'get',
	),
};

const LOG_COUNTS = at('data', ['offset', 'warn_count']);
const explore = { task_id: 1, version_id: '1' };
const contents = [
	{ path: 'Test/essai/one.txt', content: 'x', mtime: 1785723573 },
	{ path: 'Test/essai/two.txt', content: 'y', isBad: true },
];

const LOGS_FILES_VAULT: Record<string, Served> = {
	'sdsbackup-log-list-hb422.json': {
		...without(`${CLIENT}Common.Log`),
		params: { offset: 0, limit: 3 },
	},
	'sdsbackup-log-list-dsm74-cancelled.json': {
		...without(`${CLIENT}Common.Log`),
		nas: { dsm: '7.4' },
		before: (nas) => {
			running(300)(nas);
			nas.task(1).cancel();
		},
		params: { offset: 0, limit: 10, task_id: 1 },
	},
	'sdsbackup-log-list-dsm711-incomplete-file-but-done.json': {
		...without(`${CLIENT}Common.Log`),
		nas: { dsm: '7.1', ...tasks({ id: 1, name: 'A', files: 100_000, rotationSeconds: 60 }) },
		before: (nas) => {
			nas.task(1).willEnd({ result: 'done', skipped: ['/volume1/docker/app.socket'] });
			running(700)(nas);
		},
		params: { offset: 0, limit: 4 },
		beyond: LOG_COUNTS,
	},
	'sdsbackup-statistic-get-dsm74.json': {
		...without(`${CLIENT}Common.Statistic`, 'get'),
		nas: { dsm: '7.4' },
		params: { task_id: 1 },
	},
	'sdsbackup-statistic-get-error-120-task_id-required.json': without(
		`${CLIENT}Common.Statistic`,
		'get',
	),
	'sdsbackup-explore-folder-list-dsm74.json': {
		...without(`${CLIENT}Explore.Folder`),
		nas: { dsm: '7.4' },
		params: explore,
	},
	'sdsbackup-explore-file-list-dsm74.json': {
		...without(`${CLIENT}Explore.File`),
		nas: { dsm: '7.4', ...tasks({ id: 1, name: 'A', contents }) },
		params: { ...explore, node: 'Test/essai' },
	},
	'sdsbackup-explore-folder-list-error-4400.json': without(`${CLIENT}Explore.Folder`),
	'sdsbackup-explore-file-list-error.json': without(`${CLIENT}Explore.File`),
	'sdsbackup-explore-version-list-error.json': without(`${CLIENT}Explore.Version`),
	'sdsbackup-explore-target-get-error-4400.json': without(`${CLIENT}Explore.Target`, 'get'),
	'vault-versionbackup-config-get-hbv422.json': {
		...without(`${VAULT}Config`, 'get'),
		nas: { vault: {} },
	},
	'vault-versionbackup-target-list-empty.json': {
		...without(`${VAULT}Target`),
		nas: { vault: {} },
	},
	'vault-versionbackup-target-list-one.json': {
		...without(`${VAULT}Target`),
		nas: { vault: { targets: [{ id: 1, name: 'DiskStation_1', lastBackupAt: START }] } },
	},
};

const storage = (name: string): Served => without(`SYNO.Backup.Storage.${name}`);

const WIZARD: Record<string, Served> = {
	'backup-app2backup-list-hb422.json': {
		...without('SYNO.Backup.App2.Backup', 'list', 2),
		different: ['data[].depend.folder_list'],
	},
	'backup-app2backup-list-doc.json': {
		...without('SYNO.Backup.App2.Backup', 'list', 2),
		// The documentation names a flag that the live response does not have.
		different: ['data[].depend.folder_list', 'data[].is_beta'],
		beyond: ['data[].error_key'],
	},
	'backup-app2restore-list-error-4401.json': without('SYNO.Backup.App2.Restore'),
	'backup-appbackup-list-error-120-node-required.json': without('SYNO.Backup.App.Backup'),
	'backup-app-restore-list-error-120-node.json': without('SYNO.Backup.App.Restore'),
	'backup-config-restore-list-error-120-dss_id.json': without('SYNO.Backup.Config.Restore'),
	'backup-config-backup-start.json': without('SYNO.Backup.Config.Backup', 'start'),
	'backup-config-backup-status-finished.json': {
		...without('SYNO.Backup.Config.Backup', 'status'),
		params: { task_id: 'SYNO_CONFBKP_0123456789' },
	},
	'backup-config-autobackup-get-disabled.json': without('SYNO.Backup.Config.AutoBackup', 'get'),
	'backup-config-autobackup-list-one.json': without('SYNO.Backup.Config.AutoBackup'),
	'backup-lunbackup-enum_lun.json': {
		...without('SYNO.Backup.Lunbackup', 'enum_lun'),
		nas: tasks({ id: 'vm', name: 'vm', type: 'loclunbkp' }),
	},
	'backup-share-restore-list-error-4400.json': without('SYNO.Backup.Share.Restore'),
	'backup-source-folder-list-error-4400.json': without('SYNO.Backup.Source.Folder'),
	'backup-sourcefolder-list-doc.json': {
		...without('SYNO.Backup.Source.Folder'),
		params: { node: 'fm_root' },
	},
	'backup-storage-connect-network-list-error-4400.json': storage('Connect.Network'),
	'backup-storage-s3-bucket-list-error-120-key.json': storage('S3.Bucket'),
	'backup-storage-webdav-container-list-error-120-transfer_type.json': storage('WebDAV.Container'),
};

export const SERVED: Record<string, Served> = {
	...COMMON,
	...TASKS,
	...VERSIONS_AND_DESTINATIONS,
	...LOGS_FILES_VAULT,
	...WIZARD,
};

/** Lists of APIs: every name of the capture has to be there with its address and versions. */
export const API_LISTS: Record<string, NasOptions> = {
	'api-info-query-dsm6-no-hyperbackup-subset.json': { dsm: '6.2', hyperBackup: 'missing' },
	'api-info-query-dsm6-with-backup-task-subset.json': { dsm: '6.2' },
	'api-info-query-dsm72-hyperbackup-no-vault-subset.json': { dsm: '7.2' },
	'api-info-query-dsm7-hyperbackup-and-vault-subset.json': { dsm: '7.2', vault: {} },
};

/** Not simulated, with the reason. */
export const NOT_SERVED: Record<string, string> = {
	'api-info-query-dsm5-subset.json': 'DSM 5 is not simulated',
	'auth-login-dsm5-ok.json': 'DSM 5 is not simulated',
	'auth-login-dsm5-ok-with-otp-device-token.json': 'DSM 5 is not simulated',
	'dsm-info-getinfo-dsm5.json': 'DSM 5 is not simulated',
	'sdsbackup-explore-job-list-doc.json': 'a job is there while a download runs: explore.test.ts',
};
