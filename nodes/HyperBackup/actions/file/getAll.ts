import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { toFileEntry } from '../../hyperBackup/files/FileEntry';
import { listFolder } from '../../hyperBackup/files/listFolder';
import { pathInVersion } from '../../hyperBackup/files/paths';
import { quoted } from '../../hyperBackup/task/describeState';
import { rowItem } from '../../hyperBackup/task/Task';
import type { Operation, Where } from '../Invocation';
import {
	limitFields,
	limitParameter,
	simplified,
	simplifyField,
	textParameter,
} from '../parameters';
import { chosenVersion, inVersion, versionFields, versionParameter } from './version';

const fields: INodeProperties[] = [
	...versionFields,
	{
		displayName: 'Folder',
		name: 'folder',
		type: 'string',
		default: '',
		placeholder: 'e.g. homes/anna',
		description:
			'The folder to list, beginning with the shared folder. Leave empty to list the shared ' +
			'folders.',
	},
	...limitFields,
	simplifyField,
];

const folderParameter = (where: Where): string =>
	pathInVersion(textParameter(where, 'folder', 'Folder') ?? '', 'Folder');

/** What lies directly in a folder of a version. One request where the version's number is given. */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many files of a version',
		description: 'Retrieve the files and folders in a folder of a version (experimental)',
	},
	fields,
	onTask: true,
	check: (where) => {
		versionParameter(where);
		folderParameter(where);
		limitParameter(where);
	},
	execute: async (invocation) => {
		const { api } = invocation;
		const folder = folderParameter(invocation);
		const version = await chosenVersion(invocation);
		const rows = await inVersion(
			invocation,
			version,
			folder === ''
				? `did not show the shared folders in version ${version.versionId}`
				: `did not show the folder ${quoted(folder)} in version ${version.versionId}`,
			listFolder(api.client, version, folder, limitParameter(invocation)),
		);
		const clock = await readClock(api.client, api.workflowZone);
		return rows.map((row): IDataObject => {
			const model = toFileEntry(row, version, clock);
			return simplified(invocation, { model, raw: rowItem(row) });
		});
	},
};
