/**
 * What may stand in a redacted capture: names and words that Synology's software has given, as the
 * stored captures and public clients show them. Everything else could be a user's, and is replaced.
 */

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

/** Of fields. Names that are data, such as those of shared folders, are not among them. */
export const FIELDS = words(`
	repeat repeat_hour_store_config repeat_min_store_config next_trigger_time last_bkp_progress
	tasks last_backup_time next_backup_time last_backup_status history note offset limit
	filter_keyword filter_level task_state blOnline download_ids node source_path
	account additional allow_all allow_list api app app_config app_done_list app_list
	app_name_list avg_speed backup_apps backup_data_type backup_filter backup_params
	backup_shares backup_time backup_volumes bucket can_cancel can_suspend candidate_dir
	capability checked checksum cls code codepage complete_time complete_time_local
	compress_ratio computing_size container counted_file_count cpu_clock_speed cpu_cores
	cpu_family cpu_series cpu_vendor current_app data dataEncryped dataEncrypted data_comp
	data_enc data_type date date_format date_type dedup_size del_cnt del_size delete_count
	depend dest destination deststatus detect_time device_id did disabled dsm_version ea enable
	enable_data_compress enable_data_encrypt enable_notify enable_ntp enable_version_file_log
	enabled_ntp enc_method encryptedShare end_time error error_count error_key errors event
	exclude_list ext3ShareList fileSystem fileSystemType file_list files finish firmware_date
	firmware_ver folder folderPath folder_list format_type fullPath has_fail has_history host
	host_name hour id ik_message info_count isValidSource is_bad is_beta is_data_restoring
	is_downloading is_enc is_lun_restoring is_modified is_online is_portal_port is_restoring
	is_resumable is_running is_snapshot_restoring items job_list json key last_backup_duration
	last_backup_start_time last_bkp_end_time last_bkp_error last_bkp_error_code last_bkp_result
	last_bkp_success_time last_bkp_success_version last_bkp_time last_detect_time last_status
	last_work_hour leaf level locked log_list maxVersion max_auto_resume_retry method min
	minVersion minute missing mod_cnt mod_size model modify modify_count monthly_week msg mtime
	myds_account name new_cnt new_count new_size next_bkp_time now ntp_server offset
	online_backup owner_id owner_name parallel parallel_backup_limit path permit_delete
	permitted pid port processed_size producer product progress pwd quota ram ram_size reason
	reboot_is_needed_before_backup remote_bucket remote_share remote_url repeat_hour repeat_min
	repo_id repo_list repository requestFormat request_style restore_unsafe_warn result rev
	rotate_params sata_dev scan_file_count schedule schedule_enable second secret serial server
	share share_list show_progress sid size source source_list source_previous_next_list
	source_size start_time_local state statistics status step success summary summary_disp
	support_download support_esata support_filter support_lock support_multi_version
	support_statistics synotoken sys_temp sys_tempwarn systempwarn target_id
	target_increase_size target_list target_name target_path target_previous_next_list
	target_size target_type task_id task_list temperature temperature_warn temperature_warning
	text time time_format time_zone time_zone_desc timestamp timezone title_type token total
	total_cnt total_size trans_type transfer_type transmitted_size type types unch_cnt unch_size
	uni_key unique up_time uptime usb_dev used_size used_size_cache user uuid verify_cert
	verify_ssl_cert version version_id version_info_list version_string versions vid volume
	volume_size warn_count week_name whitelist`);

/**
 * Of APIs: those of Hyper Backup that a NAS was ever known to list, and those the package calls.
 */
export const API_NAMES: string[] = [
	'SYNO.API.Auth',
	'SYNO.API.Info',
	'SYNO.Backup.App',
	'SYNO.Backup.App.Backup',
	'SYNO.Backup.App.Restore',
	'SYNO.Backup.App2.Backup',
	'SYNO.Backup.App2.Restore',
	'SYNO.Backup.Config.AutoBackup',
	'SYNO.Backup.Config.Backup',
	'SYNO.Backup.Config.Restore',
	'SYNO.Backup.Log',
	'SYNO.Backup.Lunbackup',
	'SYNO.Backup.MultiVerLun',
	'SYNO.Backup.MultiVerLun.Version',
	'SYNO.Backup.Repository',
	'SYNO.Backup.Repository.Certificate',
	'SYNO.Backup.Repository.LoginPort',
	'SYNO.Backup.Repository.PrivilegedUser',
	'SYNO.Backup.Restore',
	'SYNO.Backup.Server',
	'SYNO.Backup.Service.NetworkBackup',
	'SYNO.Backup.Service.TimeBackup',
	'SYNO.Backup.Service.VersionBackup',
	'SYNO.Backup.Service.VersionBackup.Config',
	'SYNO.Backup.Service.VersionBackup.Target',
	'SYNO.Backup.Service.VersionBackup.Version',
	'SYNO.Backup.Service.VersionBackup.Version.History',
	'SYNO.Backup.Share.Restore',
	'SYNO.Backup.Source.Folder',
	'SYNO.Backup.Storage.AmazonCloudDrive.Container',
	'SYNO.Backup.Storage.Azure.Container',
	'SYNO.Backup.Storage.Connect.Network',
	'SYNO.Backup.Storage.Dropbox.Container',
	'SYNO.Backup.Storage.GoogleDrive.Container',
	'SYNO.Backup.Storage.HiDrive.Container',
	'SYNO.Backup.Storage.OpenStack.Container',
	'SYNO.Backup.Storage.OpenStack.Region',
	'SYNO.Backup.Storage.S3.Bucket',
	'SYNO.Backup.Storage.S3.Region',
	'SYNO.Backup.Storage.Share.Local',
	'SYNO.Backup.Storage.Share.Network',
	'SYNO.Backup.Storage.Share.Rsync',
	'SYNO.Backup.Storage.Volume.Local',
	'SYNO.Backup.Storage.WebDAV.Container',
	'SYNO.Backup.Storage.hubiC.Container',
	'SYNO.Backup.Target',
	'SYNO.Backup.Target.Config',
	'SYNO.Backup.Target.File',
	'SYNO.Backup.Target.Folder',
	'SYNO.Backup.Target.Owner',
	'SYNO.Backup.Target.PrivilegedUser',
	'SYNO.Backup.Task',
	'SYNO.Backup.Task.Data',
	'SYNO.Backup.TieringShare',
	'SYNO.Backup.Version',
	'SYNO.Backup.Version.History',
	'SYNO.Core.Region.NTP',
	'SYNO.Core.System',
	'SYNO.DSM.Info',
	'SYNO.Entry.Request',
	'SYNO.SDS.Backup.Client.Common.Log',
	'SYNO.SDS.Backup.Client.Common.Statistic',
	'SYNO.SDS.Backup.Client.Common.Target',
	'SYNO.SDS.Backup.Client.Common.Version',
	'SYNO.SDS.Backup.Client.Explore.File',
	'SYNO.SDS.Backup.Client.Explore.Folder',
	'SYNO.SDS.Backup.Client.Explore.Job',
	'SYNO.SDS.Backup.Client.Explore.Target',
	'SYNO.SDS.Backup.Client.Explore.Version',
	'SYNO.SDS.Backup.Client.Fuse.Target',
	'SYNO.SDS.Backup.Server.Common.Log',
	'SYNO.SDS.Backup.Server.Common.Statistic',
	'SYNO.SDS.Backup.Server.Common.Target',
	'SYNO.SDS.Backup.Server.Common.Version',
	'SYNO.SDS.Backup.Server.Explore.File',
	'SYNO.SDS.Backup.Server.Explore.Folder',
	'SYNO.SDS.Backup.Server.Explore.Job',
	'SYNO.SDS.Backup.Server.Explore.Target',
	'SYNO.SDS.Backup.Server.Explore.Version',
	'SYNO.SDS.Backup.Server.Fuse.Target',
];

const STATES =
	'backupable restore_only error error_detect broken unauth endofservice exportable importable relinkable';
const ACTIVITIES =
	'none backup waiting canceling detect error_detect detect_waiting preparing_version_delete version_deleting deleting';
const RESULTS =
	'done success none backingup resuming suspend cancel discard partial failed fail error interrupt dest_missing cksum_failed failed_checking version_delete_failed';
const DESTINATIONS =
	'image image_local image_remote cloud_image share local remote rsync rsync_ds usb hbk lun locallun loclunbkp netlunbkp aws_s3 google_drive hidrive synocloud_swift webdav azure dropbox openstack amazon_cloud_drive hubic';

/** Of values, by their field. A field that is not here has no words. */
export const WORDS: Record<string, Set<string>> = {
	state: words(STATES),
	status: words(`${ACTIVITIES} ${RESULTS} idle running suspended fail success download error`),
	last_bkp_result: words(`${RESULTS} ${ACTIVITIES}`),
	last_status: words('none success backingup'),
	step: words(
		'none data_backup backup_data app_backup config_backup prepare finish version_rotate',
	),
	title_type: words('backingup title_backuping'),
	target_type: words(DESTINATIONS),
	transfer_type: words(DESTINATIONS),
	trans_type: words(DESTINATIONS),
	format_type: words(DESTINATIONS),
	data_type: words('data'),
	backup_data_type: words('data'),
	level: words('info warn err'),
	types: words('otp authenticator fido'),
	fileSystem: words('EXT4 BTRFS ext4 btrfs'),
	fileSystemType: words('internal external'),
	requestFormat: words('JSON'),
	path: words('entry.cgi auth.cgi query.cgi'),
	reason: words('required type condition'),
	user: words('SYSTEM'),
	week_name: words('0 1 2 3 4 5 6 0,1,2,3,4,5,6 1,2,3,4,5 0,6'),
	enable_ntp: words('ntp manual'),
	date_format: words('Y-m-d d/m/Y m/d/Y'),
	time_format: words('H:i h:i'),
	request_style: words('virtual_host_style path_style'),
	method: words(
		'list get status backup cancel suspend resume query login logout getinfo info detail enum_lun load_task request List Get GetStatus',
	),
};

const TIMES = words(
	'last_bkp_time last_bkp_end_time last_bkp_success_time next_bkp_time next_trigger_time last_detect_time backup_time complete_time_local start_time_local time date now',
);
const DIGITS = words(
	'total_size processed_size transmitted_size scan_file_count counted_file_count size avg_speed version_id last_bkp_success_version version new_size mod_size del_size total_size unch_size dedup_size minVersion maxVersion last_backup_start_time',
);
const MASKED = words('pwd secret key remote_key remote_secret');

/** Of values, by their form. */
const SHAPES: Array<[fields: Set<string>, shape: RegExp]> = [
	[TIMES, /^\d{4}[/-]\d{1,2}[/-]\d{1,2}( \d{2}:\d{2}(:\d{2})?)?$/],
	[words('now time'), /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}\n?$/],
	[DIGITS, /^-?\d{1,20}$/],
	[words('version_string'), /^DSM \d{1,2}\.\d{1,2}(\.\d{1,2})?-\d{1,6}( Update \d{1,2})?$/],
	[words('model'), /^(DS|RS|FS|SA|HD|UC|VDSM|DVA|BST?|XS)\d{2,4}[a-z]{0,4}\+?(II)?$/],
	[
		words('last_bkp_error error_key'),
		/^SYNO(\.[A-Z][A-Za-z]{1,20}){1,5}:[a-z]{1,20}:[a-z_]{1,40}$/,
	],
	[MASKED, /^([#*]{1,16}|REDACTED)$/],
];

const PAIR = /^([a-z_0-9]+):([a-z_0-9]+)$/;

/** `type` of a task: target and transfer in one, or a LUN's word. */
function isTaskType(value: string): boolean {
	const [, target, transfer] = PAIR.exec(value) ?? [];
	const known = WORDS.transfer_type!;
	return target === undefined ? known.has(value) : known.has(target) && known.has(transfer ?? '');
}

/**
 * Whether this is one of the words that DSM has for this field. It reveals nothing, even if a user has it as
 * a name too.
 */
export function isWireWord(field: string, value: string): boolean {
	if (value === '') return true;
	if (field === 'api') return API_NAMES.includes(value);
	if (field === 'type') return isTaskType(value);
	return WORDS[field]?.has(value) === true;
}

/** Whether a value of this field has the form that DSM writes: a time, a number, a version. */
export const hasWireShape = (field: string, value: string): boolean =>
	SHAPES.some(([fields, shape]) => fields.has(field) && shape.test(value));

/** Numbers of these fields name a device, an account or a way in. */
export const HIDDEN_NUMBERS = words(
	'port pid vid sid serial uuid owner_id key secret pwd token account user name host uni_key unique rev',
);
