import { jsonParam } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { BAD_REQUEST, FAILED, required, type Handler, type Method } from './dsm';

/**
 * What the create and restore wizards call: known by the code with which they refuse a call without
 * parameters.
 */

const refuses =
	(failure: DsmFailure): Handler =>
	() => {
		throw failure;
	};

/** With the parameter the response is presumed to be empty: none is stored. */
const needs =
	(name: string, empty: unknown = {}): Handler =>
	(call) => {
		if (jsonParam(call, name) === undefined) throw required(name);
		return empty;
	};

const method = (run: Handler, versions = [1]): Method => ({ versions, run });

const CLOUD_CONTAINERS = [
	'AmazonCloudDrive.Container',
	'Dropbox.Container',
	'GoogleDrive.Container',
	'HiDrive.Container',
	'OpenStack.Container',
	'OpenStack.Region',
	'WebDAV.Container',
	'hubiC.Container',
];

const storage = (names: string[], run: Handler): Record<string, Record<string, Method>> =>
	Object.fromEntries(names.map((name) => [`SYNO.Backup.Storage.${name}`, { list: method(run) }]));

/** Packages whose data can be backed up. `folder_list` mixes texts and objects. */
const applications: Handler = () => [
	{
		id: 'SynologyDrive',
		name: 'Synology Drive Server',
		version: '3.5.1-26102',
		is_running: true,
		online_backup: true,
		summary_disp: 'Synology Drive data',
		error_key: '',
		depend: { folder_list: ['/homes', { folderPath: '/team', fullPath: '/volume1/team' }] },
	},
];

const sourceFolders: Handler = (call) => {
	if (jsonParam(call, 'node') === undefined) throw new DsmFailure(BAD_REQUEST);
	const folder = {
		id: '/homes',
		text: 'homes',
		path: '/volume1/homes',
		volume: '/volume1',
		leaf: false,
		checked: false,
		disabled: false,
		encryptedShare: false,
		dataEncrypted: false,
	};
	return { folder: [folder] };
};

/** Without LUNs `items` is missing and not empty. */
const luns: Handler = (_call, { book }) => {
	const items = book.tasks
		.filter(({ isLun }) => isLun)
		.map(({ name }) => ({ name, size: '1073741824', type: 'regular-file', uuid: `uuid-${name}` }));
	return items.length === 0 ? { total: 0 } : { items, total: items.length };
};

export const WIZARD_METHODS: Record<string, Record<string, Method>> = {
	'SYNO.Backup.App.Backup': { list: method(needs('node')) },
	'SYNO.Backup.App.Restore': { list: method(needs('node')) },
	'SYNO.Backup.App2.Backup': { list: method(applications, [1, 2]) },
	'SYNO.Backup.App2.Restore': { list: method(refuses(new DsmFailure(FAILED)), [1, 2]) },
	'SYNO.Backup.Config.Restore': { list: method(needs('dss_id')) },
	'SYNO.Backup.Lunbackup': { enum_lun: method(luns) },
	'SYNO.Backup.MultiVerLun.Version': { list: method(refuses(new DsmFailure(BAD_REQUEST))) },
	'SYNO.Backup.Repository.LoginPort': { get: method(refuses(new DsmFailure(BAD_REQUEST))) },
	'SYNO.Backup.Service.NetworkBackup': { get: method(() => ({ enable: false })) },
	'SYNO.Backup.Share.Restore': { list: method(refuses(new DsmFailure(BAD_REQUEST))) },
	'SYNO.Backup.Source.Folder': { list: method(sourceFolders) },
	'SYNO.Backup.Target.Config': { list: method(refuses(new DsmFailure(FAILED))) },
	'SYNO.Backup.TieringShare': { get: method(() => ({})) },
	'SYNO.Entry.Request.Polling': { list: method(needs('task_id_prefix')) },
	...storage(CLOUD_CONTAINERS, needs('transfer_type')),
	...storage(['Azure.Container', 'S3.Bucket'], needs('key')),
	...storage(
		['Connect.Network', 'Share.Network', 'Share.Rsync'],
		refuses(new DsmFailure(BAD_REQUEST)),
	),
	...storage(['Share.Local'], () => ({ share_list: [['homes', '/volume1/homes']] })),
};
