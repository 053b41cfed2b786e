import type { Judge, JudgeRequest } from './Judge';

/** Clients that act too. */

const ADMIN = { account: '{account}', passwd: '{password}' };

const CCGURLEY_TASK = {
	api: 'SYNO.Backup.Task',
	version: '1',
	sessionName: 'sessionName',
	_sid: '{sid}',
};

export const CCGURLEY: Judge = {
	client: 'ccgurley/synology-hyperbackup-resume',
	source: 'hyper at 2536a37',
	about: 'Ruby daemon: finds suspended tasks and resumes them, without a CSRF token',
	dsm: ['6.2', '7.1', '7.2'],
	requests: [
		{
			kind: 'login',
			path: 'auth.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '3',
				method: 'login',
				...ADMIN,
				session: 'sessionName',
				format: 'sid',
			},
			keep: { sid: 'data/sid' },
		},
		{
			kind: 'list of tasks',
			path: 'entry.cgi',
			params: { ...CCGURLEY_TASK, method: 'list', additional: '["last_bkp_result"]' },
			view: { rows: 'data/task_list', fields: { name: 'name', result: 'last_bkp_result' } },
		},
		{
			kind: 'start and stop',
			path: 'entry.cgi',
			params: { ...CCGURLEY_TASK, method: 'backup', task_id: '1' },
			leaves: { status: 'backup', result: 'backingup' },
		},
		{
			kind: 'start and stop',
			after: { seconds: 300 },
			path: 'entry.cgi',
			params: { ...CCGURLEY_TASK, method: 'suspend', task_state: 'backupable', task_id: '1' },
			leaves: { status: 'none', result: 'suspend' },
		},
		{
			kind: 'start and stop',
			path: 'entry.cgi',
			params: { ...CCGURLEY_TASK, method: 'resume', task_id: '1' },
			leaves: { status: 'backup', result: 'resuming' },
		},
		{
			kind: 'list of tasks',
			after: { seconds: 600 },
			path: 'entry.cgi',
			params: { ...CCGURLEY_TASK, method: 'list', additional: '["last_bkp_result"]' },
			view: { rows: 'data/task_list', fields: { name: 'name', result: 'last_bkp_result' } },
			leaves: { status: 'none', result: 'done' },
		},
	],
};

const N4S4_HEADERS = { 'X-SYNO-TOKEN': '{token}' };
const n4s4 = (
	kind: JudgeRequest['kind'],
	api: string,
	method: string,
	params: Record<string, string> = {},
	more: Partial<JudgeRequest> = {},
): JudgeRequest => ({
	kind,
	path: 'entry.cgi',
	params: { api, version: '1', method, ...params, _sid: '{sid}' },
	headers: N4S4_HEADERS,
	...more,
});
const N4S4_TASK = 'SYNO.Backup.Task';
const N4S4_TARGET = 'SYNO.Backup.Target';
const VAULT = 'SYNO.Backup.Service.VersionBackup.';

export const N4S4: Judge = {
	client: 'N4S4/synology-api',
	source: 'synology_api/core_backup.py and auth.py',
	about: 'Python library: every read and action of Hyper Backup and Vault; texts without quotes',
	dsm: ['7.1', '7.2'],
	requests: [
		{
			kind: 'login',
			path: 'auth.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '7',
				method: 'login',
				enable_syno_token: 'yes',
				client: 'browser',
				...ADMIN,
				enable_device_token: 'no',
				logintype: 'local',
				otp_code: '',
				rememberme: '0',
				session: 'webui',
				format: 'cookie',
			},
			keep: { sid: 'data/sid', token: 'data/synotoken' },
		},
		{
			kind: 'discovery',
			path: 'query.cgi',
			params: { api: 'SYNO.API.Info', version: '1', method: 'query', query: 'all' },
		},
		n4s4(
			'list of tasks',
			N4S4_TASK,
			'list',
			{},
			{
				view: { rows: 'data/task_list', fields: { name: 'name', status: 'status' } },
			},
		),
		n4s4('destination', 'SYNO.Backup.Repository', 'list', {}, { finds: '"repo_list":[{' }),
		n4s4('destination', 'SYNO.Backup.Repository', 'get', { task_id: '1' }, { finds: '"share"' }),
		n4s4('settings of a task', N4S4_TASK, 'get', { task_id: '1' }, { finds: '"source":{' }),
		n4s4(
			'state of a task',
			N4S4_TASK,
			'status',
			{ task_id: '{task}' },
			{
				eachTask: true,
				view: { fields: { status: 'status' } },
			},
		),
		n4s4('start and stop', N4S4_TASK, 'backup', { task_id: '1' }, { leaves: { status: 'backup' } }),
		n4s4(
			'start and stop',
			N4S4_TASK,
			'cancel',
			{ task_state: 'backupable', task_id: '1' },
			{ after: { seconds: 300 }, leaves: { status: 'none', result: 'cancel' } },
		),
		n4s4(
			'start and stop',
			N4S4_TASK,
			'cancel',
			{ task_state: 'backupable', task_id: '1' },
			{ refusedWith: 4401 },
		),
		n4s4(
			'start and stop',
			N4S4_TASK,
			'discard',
			{ task_id: '1' },
			{ leaves: { result: 'failed' } },
		),
		n4s4(
			'integrity check',
			N4S4_TARGET,
			'error_detect',
			{ detect_data: 'True', sessId: 'null', sessKey: 'null', task_id: '1' },
			{ leaves: { status: 'detect' } },
		),
		n4s4(
			'integrity check',
			N4S4_TARGET,
			'error_detect_cancel',
			{ task_id: '1' },
			{
				leaves: { status: 'none' },
			},
		),
		n4s4(
			'integrity check',
			N4S4_TARGET,
			'error_detect_cancel',
			{ task_id: '1' },
			{
				refusedWith: 4400,
			},
		),
		n4s4(
			'log',
			'SYNO.SDS.Backup.Client.Common.Log',
			'list',
			{
				limit: '1000',
				offset: '0',
				filter_keyword: '',
				filter_date_from: '0',
				filter_date_to: '0',
			},
			{ finds: 'Backup task was cancelled.' },
		),
		n4s4('Vault', `${VAULT}Target`, 'list', {}, { finds: '"target_name":"branch_1"' }),
		n4s4('Vault', `${VAULT}Config`, 'get', {}, { finds: '"parallel_backup_limit":2' }),
		n4s4('Vault', `${VAULT}Config`, 'set', { parallel_backup_limit: '3' }),
		n4s4('Vault', `${VAULT}Target`, 'detail', { target_id: '1' }),
		n4s4('Vault', 'SYNO.SDS.Backup.Server.Common.Statistic', 'get', {
			additional: '["volume_size"]',
			task_id: '1',
		}),
		n4s4('Vault', 'SYNO.SDS.Backup.Server.Common.Log', 'list', {
			limit: '1000',
			offset: '0',
			filter_target_id: '1',
		}),
		n4s4(
			'several calls in one',
			'SYNO.Entry.Request',
			'request',
			{
				mode: 'sequential',
				stop_when_error: 'true',
				compound: '[{"api": "SYNO.Backup.Task", "method": "status", "version": 1, "task_id": 1}]',
			},
			{ finds: '"has_fail":false' },
		),
		n4s4('start and stop', N4S4_TASK, 'delete', { is_remove_data: 'False', task_id_list: '[2]' }),
		n4s4('logout', 'SYNO.API.Auth', 'logout', { version: '7', session: 'webui' }),
	],
};

const CHECK_PASSED = 'Backup integrity check is finished. No error was found.';

export const JURAJNYIRI: Judge = {
	client: 'JurajNyiri/ha-synology-hyper-backup',
	source: 'custom_components/synology_hyper_backup/coordinator.py and utils.py at 6ab1413',
	about: 'Home Assistant component on top of N4S4: the last good check from the log',
	dsm: ['7.2'],
	requests: [
		N4S4.requests[0]!,
		n4s4(
			'list of tasks',
			N4S4_TASK,
			'list',
			{},
			{
				view: { rows: 'data/task_list', fields: { name: 'name', status: 'status' } },
			},
		),
		n4s4(
			'log',
			'SYNO.SDS.Backup.Client.Common.Log',
			'list',
			{
				limit: '1000',
				offset: '0',
				filter_keyword: CHECK_PASSED,
				filter_date_from: '0',
				filter_date_to: '0',
			},
			{ finds: `][Nightly] ${CHECK_PASSED}` },
		),
		n4s4(
			'state of a task',
			N4S4_TASK,
			'status',
			{
				blOnline: 'false',
				additional:
					'["last_bkp_time","next_bkp_time","last_bkp_result","is_modified","last_bkp_progress"]',
				task_id: '{task}',
			},
			{ eachTask: true, view: { fields: { status: 'status', result: 'last_bkp_result' } } },
		),
	],
};

const dsmaccess = (
	kind: JudgeRequest['kind'],
	api: string,
	method: string,
	params: Record<string, string> = {},
	more: Partial<JudgeRequest> = {},
): JudgeRequest => ({
	kind,
	path: 'entry.cgi',
	params: {
		api,
		version: api === 'SYNO.Backup.Version' ? '2' : '1',
		method,
		...params,
		_sid: '{sid}',
		SynoToken: '{token}',
	},
	...more,
});
const CLIENT = 'SYNO.SDS.Backup.Client.';
const VERSION = { task_id: '1', version_id: '"1"' };

export const DSMACCESS: Judge = {
	client: 'math65/dsmaccess',
	source: 'DSMHyperBackupService.swift and its tests',
	about: 'Mac application, every call measured on DSM 7.4: quoted texts, versions, files, log',
	dsm: ['7.4'],
	requests: [
		{
			kind: 'login',
			http: 'POST',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '7',
				method: 'login',
				...ADMIN,
				enable_syno_token: 'yes',
			},
			keep: { sid: 'data/sid', token: 'data/synotoken' },
		},
		dsmaccess(
			'list of tasks',
			N4S4_TASK,
			'list',
			{},
			{
				view: {
					rows: 'data/task_list',
					fields: { name: 'name', state: 'state', status: 'status' },
				},
			},
		),
		dsmaccess('destination', N4S4_TARGET, 'get', { task_id: '1' }, { finds: '"last_detect_time"' }),
		dsmaccess(
			'versions',
			'SYNO.Backup.Version',
			'list',
			{ task_id: '1' },
			{
				finds: '"version_id":"1"',
			},
		),
		dsmaccess(
			'statistics',
			`${CLIENT}Common.Statistic`,
			'get',
			{ task_id: '1' },
			{
				finds: '"source_previous_next_list":[{',
			},
		),
		dsmaccess('files in a version', `${CLIENT}Explore.Folder`, 'list', VERSION, {
			finds: '"name":"homes"',
		}),
		dsmaccess(
			'files in a version',
			`${CLIENT}Explore.File`,
			'list',
			{ ...VERSION, node: '"homes\\/anna"' },
			{ finds: '"name":"letter.txt"' },
		),
		dsmaccess(
			'files in a version',
			`${CLIENT}Explore.File`,
			'download',
			{
				...VERSION,
				node: '"homes\\/anna"',
				source_path: '"homes\\/anna\\/letter.txt"',
				support_utf8_name: 'true',
				download_id: '"6F1A7B2E-0000-4000-8000-000000000001"',
				backend: '"HyperBackup-backend"',
			},
			{ path: 'entry.cgi/letter.txt', finds: 'Dear all,' },
		),
		dsmaccess('files in a version', `${CLIENT}Explore.File`, 'copy', {
			action: '"copy"',
			...VERSION,
			node: '"homes"',
			source_path: '["homes\\/anna"]',
			dest_path: '"\\/volume1\\/Documents"',
			overwrite: 'false',
			backend: '"HyperBackup-backend"',
		}),
		dsmaccess(
			'start and stop',
			N4S4_TASK,
			'backup',
			{ task_id: '1' },
			{
				leaves: { status: 'backup' },
			},
		),
		dsmaccess(
			'state of a task',
			N4S4_TASK,
			'status',
			{ task_id: '{task}' },
			{
				after: { seconds: 300 },
				eachTask: true,
				view: { fields: { state: 'state', status: 'status' } },
			},
		),
		dsmaccess('start and stop', N4S4_TASK, 'cancel', { task_id: '1' }, { refusedWith: 4400 }),
		dsmaccess(
			'start and stop',
			N4S4_TASK,
			'cancel',
			{ task_id: '1', task_state: '"backupable"' },
			{ leaves: { status: 'none', result: 'cancel' } },
		),
		dsmaccess(
			'log',
			`${CLIENT}Common.Log`,
			'list',
			{ task_id: '1', offset: '0', limit: '50' },
			{ finds: '"level":"err"' },
		),
	],
};

const dsmctl = (
	kind: JudgeRequest['kind'],
	api: string,
	method: string,
	params: Record<string, string> = {},
	more: Partial<JudgeRequest> = {},
): JudgeRequest => ({
	kind,
	http: 'POST',
	path: 'entry.cgi',
	params: { api, version: '1', method, ...params, _sid: '{sid}', SynoToken: '{token}' },
	headers: { 'X-SYNO-TOKEN': '{token}', Cookie: 'id={sid}' },
	...more,
});

export const DSMCTL: Judge = {
	client: 'ychiu1211/dsmctl',
	source: 'internal/synology/operations/hyperbackup and its tests',
	about:
		'Command line tool in Go, live on Hyper Backup 4.2.2: POST, token in the header, all quoted',
	dsm: ['7.2', '7.4'],
	requests: [
		{
			kind: 'discovery',
			http: 'POST',
			path: 'entry.cgi',
			params: { api: 'SYNO.API.Info', version: '1', method: 'query', query: 'all' },
		},
		DSMACCESS.requests[0]!,
		dsmctl(
			'list of tasks',
			N4S4_TASK,
			'list',
			{
				sort_by: '"name"',
				additional: '["last_bkp_time","next_bkp_time","last_bkp_result","is_modified","schedule"]',
			},
			{
				view: {
					rows: 'data/task_list',
					fields: { name: 'name', state: 'state', status: 'status', result: 'last_bkp_result' },
				},
			},
		),
		dsmctl(
			'settings of a task',
			N4S4_TASK,
			'get',
			{
				task_id: '1',
				additional: '["repository","schedule","backup_params","rotate_params"]',
			},
			{ finds: '"backup_params":{' },
		),
		dsmctl(
			'destination',
			N4S4_TARGET,
			'get',
			{ task_id: '1', additional: '["is_online"]' },
			{
				finds: '"is_online":true',
			},
		),
		dsmctl(
			'versions',
			'SYNO.Backup.Version',
			'list',
			{ task_id: '1', offset: '0', limit: '50' },
			{
				params: {
					api: 'SYNO.Backup.Version',
					version: '2',
					method: 'list',
					task_id: '1',
					offset: '0',
					limit: '50',
					_sid: '{sid}',
					SynoToken: '{token}',
				},
				finds: '"version_info_list":[{',
			},
		),
		dsmctl(
			'log',
			`${CLIENT}Common.Log`,
			'list',
			{ offset: '0', limit: '100' },
			{
				finds: 'Backup task finished successfully',
			},
		),
		dsmctl('Vault', `${VAULT}Config`, 'get', {}, { finds: '"parallel_backup_limit":2' }),
		dsmctl('Vault', `${VAULT}Target`, 'list', {}, { finds: '"target_id":1' }),
		dsmctl(
			'start and stop',
			N4S4_TASK,
			'backup',
			{ task_id: '1' },
			{
				leaves: { status: 'backup', result: 'backingup' },
			},
		),
		dsmctl(
			'state of a task',
			N4S4_TASK,
			'status',
			{ task_id: '1' },
			{
				after: { seconds: 300 },
				finds: '"step":"data_backup"',
			},
		),
		dsmctl(
			'start and stop',
			N4S4_TASK,
			'cancel',
			{ task_id: '1', task_state: '"backupable"' },
			{
				leaves: { status: 'none', result: 'cancel' },
			},
		),
		dsmctl(
			'logout',
			'SYNO.API.Auth',
			'logout',
			{},
			{
				params: {
					api: 'SYNO.API.Auth',
					version: '7',
					method: 'logout',
					_sid: '{sid}',
					SynoToken: '{token}',
				},
			},
		),
	],
};
