import { forgetSessions } from '../../../nodes/HyperBackup/dsm/session/SessionManager';
import { Nas } from '../../../simulator';
import { accepting, idsOf, lying, probed, refusing, type Lie } from './support/probing';
import { office, VAULT } from './support/profiles';

afterEach(forgetSessions);

const TASK = 'SYNO.Backup.Task';
const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
const CLIENT = 'SYNO.SDS.Backup.Client.';
const VERSION = 'SYNO.Backup.Version';
const NTP = 'SYNO.Core.Region.NTP';

const rows = (field: string, change: (row: Record<string, unknown>) => void) => ({
	change: ({ data }: { data?: Record<string, Array<Record<string, unknown>>> }) =>
		data?.[field]?.forEach(change),
});
const inList = (name: string, value: unknown): Lie => ({
	api: TASK,
	method: 'list',
	when: (fields) => fields.has('additional'),
	...rows('task_list', (row) => void (row[name] = value)),
});
const inData = (api: string, method: string, more: Record<string, unknown>): Lie => ({
	api,
	method,
	change: ({ data }) => void Object.assign(data ?? {}, more),
});
const accepted = (api: string, method: string, version?: string): Lie => ({
	api,
	method,
	when: (fields) =>
		version === undefined ? !fields.has('task_id') : fields.get('version') === version,
	change: accepting,
});
const inVersions = (name: string, value: unknown): Lie => ({
	api: VERSION,
	method: 'list',
	...rows('version_info_list', (row) => void (row[name] = value)),
});
const inLog = (name: string, value: unknown): Lie => ({
	api: LOG,
	method: 'list',
	...rows('log_list', (row) => void (row[name] = value)),
});

/** For each reading, a NAS that contradicts it. */
const CONTRADICTED: Record<string, Lie> = {
	'discovery-task': {
		api: 'SYNO.API.Info',
		change: ({ data }) => void delete data[TASK].requestFormat,
	},
	'login-token': inData('SYNO.API.Auth', 'login', { synotoken: '--------' }),
	clock: { api: NTP, method: 'get', change: accepting },
	'date-header': inData(NTP, 'get', { timestamp: 1 }),
	'dsm-version': inData('SYNO.DSM.Info', 'getinfo', { version_string: '72806' }),
	'task-list': inData(TASK, 'list', { total: 99 }),
	'task-decoded': inList('status', 'sleeping'),
	'task-list-bare': {
		api: TASK,
		method: 'list',
		when: (fields) => !fields.has('additional'),
		...rows('task_list', (row) => void (row.last_bkp_time = '')),
	},
	'task-version-2': accepted(TASK, 'list', '2'),
	'task-id': inList('task_id', '7'),
	'task-words': inList('last_bkp_result', 'tired'),
	'task-times': inList('last_bkp_time', '2026-11-24 08:00'),
	'task-next': inList('next_bkp_time', '2026/11/24 08:00:00'),
	'status-idle': inData(TASK, 'status', { progress: { step: 'data_backup' } }),
	'status-no-error': inData(TASK, 'status', { last_bkp_error_code: 0 }),
	'task-get': inData(TASK, 'get', { repository: { pwd: 'in clear' } }),
	compound: {
		api: 'SYNO.Entry.Request',
		change: ({ data }) => void data.result.reverse(),
	},
	'lun-list': {
		api: 'SYNO.Backup.Lunbackup',
		method: 'enum_lun',
		change: refusing(4400),
	},
	'source-folder': accepted('SYNO.Backup.Source.Folder', 'list'),
	'version-list': { api: VERSION, method: 'list', change: accepting },
	'version-list-1': accepted(VERSION, 'list', '1'),
	'version-no-task': accepted(VERSION, 'list'),
	'version-ids': inVersions('version_id', 7),
	'version-words': inVersions('status', 'tired'),
	'version-last-success': inData(TASK, 'status', { last_bkp_success_version: '9999' }),
	'log-list': inData(LOG, 'list', { total: 'many' }),
	'log-no-page': { api: LOG, when: (fields) => !fields.has('limit'), change: refusing(120) },
	'log-levels': inLog('level', 'fatal'),
	'log-times': inLog('time', '2026/11/24 08:00'),
	'log-keyword': { api: LOG, when: (fields) => fields.has('filter_keyword'), change: accepting },
	'log-level-unquoted': {
		api: LOG,
		when: (fields) => fields.has('filter_level'),
		change: accepting,
	},
	'repository-list': {
		api: 'SYNO.Backup.Repository',
		method: 'list',
		...rows('repo_list', (row) => void (row.secret = 'in clear')),
	},
	'repository-no-task': accepted('SYNO.Backup.Repository', 'get'),
	statistic: inData(`${CLIENT}Common.Statistic`, 'get', { source_previous_next_list: [] }),
	'statistic-no-task': {
		api: `${CLIENT}Common.Statistic`,
		when: (fields) => !fields.has('task_id'),
		change: refusing(120),
	},
	'target-list': accepted('SYNO.Backup.Target', 'list'),
	'explore-folder': accepted(`${CLIENT}Explore.Folder`, 'list'),
	'explore-file': accepted(`${CLIENT}Explore.File`, 'list'),
	'explore-version': accepted(`${CLIENT}Explore.Version`, 'list'),
	'explore-target': accepted(`${CLIENT}Explore.Target`, 'get'),
	'target-online': inData('SYNO.Backup.Target', 'get', { is_online: 'yes' }),
	'target-last-check': inData('SYNO.Backup.Target', 'get', { last_detect_time: '24.11.2026' }),
	'vault-config': inData('SYNO.Backup.Service.VersionBackup.Config', 'get', {
		parallel_backup_limit: null,
	}),
	'vault-targets': {
		api: 'SYNO.Backup.Service.VersionBackup.Target',
		method: 'list',
		...rows('target_list', (row) => void (row.used_size = '729')),
	},
};

/** Not over HTTP: there the header Date comes with every response. */
async function probing(lie?: Lie) {
	const nas = new Nas(office({ vault: VAULT }));
	const honest: Lie = { api: 'none', change: () => undefined };
	const network = lying(nas, lie ?? honest);
	const dated: typeof network = async (request) => ({
		...((await network(request)) as object),
		headers: { date: new Date(nas.clock.now()).toUTCString() },
	});
	return await probed(nas, {
		credentials: {
			baseUrl: 'http://nas.example.com:5000',
			username: 'backup-operator',
			password: 'correct horse & battery+staple%',
		},
		network: dated,
		mayReachDestinations: true,
	});
}

test('every reading that holds on a NAS has a NAS here that contradicts it', async () => {
	const holding = idsOf(await probing(), 'holds');
	expect(holding.sort()).toEqual(Object.keys(CONTRADICTED).sort());
});

test.each(Object.entries(CONTRADICTED))(
	'%s differs where the NAS contradicts it',
	async (id, lie) => {
		expect((await probing(lie)).kinds[id]).toBe('differs');
	},
);
