import type { Judge, JudgeRequest } from './Judge';

/** Clients that only read. */

const TASK = { api: 'SYNO.Backup.Task', version: '1' };
const SID = { _sid: '{sid}' };
const INFO = { api: 'SYNO.API.Info', version: '1' };
const STATUS_FIELDS =
	'["last_bkp_time","next_bkp_time","last_bkp_result","is_modified","last_bkp_progress"]';
const ADMIN = { account: '{account}', passwd: '{password}' };

const authPath: JudgeRequest = {
	kind: 'discovery',
	path: 'query.cgi',
	params: { ...INFO, method: 'Query', query: 'SYNO.API.Auth' },
	keep: { auth: 'data/SYNO.API.Auth/path' },
};

export const LEIRN: Judge = {
	client: 'leirn/check_hyperbackup',
	source: 'bin/check_hyperbackup.php at 0a10632',
	about: 'PHP plugin for Nagios: state and result of every task',
	dsm: ['6.2', '7.1', '7.2'],
	requests: [
		authPath,
		{
			kind: 'login',
			path: '{auth}',
			params: {
				api: 'SYNO.API.Auth',
				method: 'Login',
				version: '2',
				...ADMIN,
				session: 'HyperBackup=',
				format: 'sid',
			},
			keep: { sid: 'data/sid' },
		},
		{
			kind: 'discovery',
			path: 'query.cgi',
			params: { ...INFO, method: 'Query', query: 'SYNO.Backup.Task' },
			keep: { path: 'data/SYNO.Backup.Task/path' },
		},
		{ kind: 'list of tasks', path: '{path}', params: { ...TASK, method: 'list', ...SID } },
		{
			kind: 'state of a task',
			path: '{path}',
			params: {
				...TASK,
				method: 'status',
				blOnline: 'false',
				additional: STATUS_FIELDS,
				task_id: '{task}',
				...SID,
			},
			eachTask: true,
			view: { fields: { status: 'status', result: 'last_bkp_result' } },
		},
		authPath,
		{
			kind: 'logout',
			path: '{auth}',
			params: {
				api: 'SYNO.API.Auth',
				method: 'Logout',
				version: '2',
				session: 'HyperBackup',
				...SID,
			},
		},
	],
};

export const BLAUGRAU: Judge = {
	client: 'blaugrau90/cmk-synology-hyperbackup',
	source: 'synology_hyperbackup/libexec/agent_synology_hyperbackup at 2997750',
	about: 'Checkmk agent in Python: state of every task, last backup and check from the log',
	dsm: ['7.1', '7.2', '7.4'],
	requests: [
		{
			kind: 'login',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '6',
				method: 'login',
				...ADMIN,
				session: 'CheckmkHyperBackup',
				format: 'sid',
			},
			keep: { sid: 'data/sid' },
		},
		{
			kind: 'list of tasks',
			path: 'entry.cgi',
			params: { ...TASK, method: 'list', additional: '["schedule"]', ...SID },
			view: { rows: 'data/task_list', fields: { name: 'name', state: 'state', status: 'status' } },
		},
		{
			kind: 'log',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.SDS.Backup.Client.Common.Log',
				version: '1',
				method: 'list',
				offset: '0',
				limit: '500',
				...SID,
			},
			finds: '[Nightly] Backup task finished successfully',
		},
		{
			kind: 'logout',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '6',
				method: 'logout',
				session: 'CheckmkHyperBackup',
				...SID,
			},
		},
	],
};

export const PIERREC: Judge = {
	client: 'pierrec18/ha_hyperbackup',
	source: 'the DSM client of its Home Assistant component',
	about: 'Home Assistant component: list, progress, newest good version',
	dsm: ['7.2', '7.4'],
	requests: [
		{
			kind: 'login',
			path: 'auth.cgi',
			params: {
				api: 'SYNO.API.Auth',
				version: '7',
				method: 'login',
				...ADMIN,
				session: 'hyperbackup',
				format: 'sid',
			},
			keep: { sid: 'data/sid', token: 'data/synotoken' },
		},
		{
			kind: 'list of tasks',
			path: 'entry.cgi',
			params: {
				...TASK,
				method: 'list',
				additional: '["last_bkp_result","last_bkp_time","last_bkp_end_time"]',
				...SID,
				SynoToken: '{token}',
			},
			view: {
				rows: 'data/task_list',
				fields: { name: 'name', status: 'status', result: 'last_bkp_result' },
			},
		},
		{
			kind: 'state of a task',
			path: 'entry.cgi',
			params: { ...TASK, method: 'status', task_id: '{task}', ...SID, SynoToken: '{token}' },
			eachTask: true,
			view: { fields: { status: 'status' } },
		},
		{
			kind: 'state of a task',
			path: 'entry.cgi',
			params: { ...TASK, method: 'get_result', task_id: '1', ...SID, SynoToken: '{token}' },
			refusedWith: 103,
		},
		{
			kind: 'versions',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.Backup.Version',
				version: '2',
				method: 'list',
				task_id: '1',
				...SID,
				SynoToken: '{token}',
			},
			finds: '"status":"success"',
		},
	],
};

/**
 * With its fork's part for Hyper Backup. It reads times to the minute, so it stops at those of DSM
 * 7.2.
 */
export const PYTHON_LIBRARY: Judge = {
	client: 'mib1185/py-synologydsm-api with catchdave’s Hyper Backup part',
	source: 'synology_dsm.py at 032152e, api/hyperbackup/hyperbackup.py at 3b3c3cc',
	about: "Home Assistant's library: list, state, destination",
	dsm: ['6.2', '7.1'],
	requests: [
		{
			kind: 'discovery',
			path: 'query.cgi',
			params: { ...INFO, method: 'query' },
			keep: { auth: 'data/SYNO.API.Auth/path', version: 'data/SYNO.API.Auth/maxVersion' },
		},
		{
			kind: 'login',
			path: '{auth}',
			params: {
				api: 'SYNO.API.Auth',
				version: '{version}',
				method: 'login',
				...ADMIN,
				enable_device_token: 'yes',
				device_name: 'homeassistant',
			},
			keep: { sid: 'data/sid' },
		},
		{
			kind: 'list of tasks',
			path: 'entry.cgi',
			params: { ...TASK, method: 'list', ...SID },
			view: { rows: 'data/task_list', fields: { name: 'name', status: 'status' } },
		},
		{
			kind: 'state of a task',
			path: 'entry.cgi',
			params: {
				...TASK,
				method: 'status',
				task_id: '{task}',
				additional: '["last_bkp_time", "next_bkp_time", "last_bkp_result", "last_bkp_progress"]',
				...SID,
			},
			eachTask: true,
			view: { fields: { status: 'status', result: 'last_bkp_result' } },
		},
		{
			kind: 'destination',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.Backup.Target',
				version: '1',
				method: 'get',
				task_id: '{task}',
				additional: '["is_online", "used_size"]',
				...SID,
			},
			eachTask: true,
			finds: '"is_online":true',
		},
	],
};

export const HOMELAB: Judge = {
	client: 'bwilczynski/homelab-api',
	source: 'scripts/dsm-backup-tasks.sh',
	about: 'The script with which its captures of DSM 7.1.1 were made',
	dsm: ['7.1'],
	requests: [
		{
			kind: 'discovery',
			path: 'query.cgi',
			params: { ...INFO, method: 'query', query: 'SYNO.API.Auth' },
			keep: { auth: 'data/SYNO.API.Auth/path', version: 'data/SYNO.API.Auth/maxVersion' },
		},
		{
			kind: 'login',
			path: '{auth}',
			params: {
				api: 'SYNO.API.Auth',
				version: '{version}',
				method: 'login',
				...ADMIN,
				format: 'sid',
			},
			keep: { sid: 'data/sid' },
		},
		{
			kind: 'list of tasks',
			path: 'entry.cgi',
			params: { ...TASK, method: 'list', ...SID },
			view: { rows: 'data/task_list', fields: { name: 'name', status: 'status' } },
		},
		{
			kind: 'settings of a task',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.Core.TaskScheduler',
				version: '2',
				method: 'list',
				offset: '0',
				limit: '50',
				...SID,
			},
			finds: '"app_name":"Hyper Backup"',
		},
		{
			kind: 'settings of a task',
			path: 'entry.cgi',
			params: {
				...TASK,
				method: 'get',
				task_id: '1',
				additional: '["repository","schedule"]',
				...SID,
			},
			finds: '"folder_list":[{',
		},
		{
			kind: 'state of a task',
			path: 'entry.cgi',
			params: {
				...TASK,
				method: 'status',
				task_id: '{task}',
				blOnline: 'false',
				additional: STATUS_FIELDS.replace(']', ',"last_bkp_success_version"]'),
				...SID,
			},
			eachTask: true,
			view: { fields: { state: 'state', status: 'status', result: 'last_bkp_result' } },
		},
		{
			kind: 'destination',
			path: 'entry.cgi',
			params: {
				api: 'SYNO.Backup.Target',
				version: '1',
				method: 'get',
				task_id: '1',
				additional: '["is_online","used_size","check_task_key","check_auth","account_meta"]',
				...SID,
			},
			finds: '"used_size":',
		},
		{
			kind: 'logout',
			path: 'entry.cgi',
			params: { api: 'SYNO.API.Auth', version: '6', method: 'logout', ...SID },
		},
	],
};
