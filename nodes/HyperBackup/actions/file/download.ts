import { labelOf } from '../../n8n/chosenTask';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { downloadFile, type DownloadSettings } from '../../hyperBackup/files/downloadFile';
import { toFileEntry, type FileEntry } from '../../hyperBackup/files/FileEntry';
import { listFolder } from '../../hyperBackup/files/listFolder';
import { filePathInVersion } from '../../hyperBackup/files/paths';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { quoted } from '../../hyperBackup/task/describeState';
import { FileItem } from '../FileItem';
import type { TaskInvocation, Operation, Where } from '../Invocation';
import { numberParameter, textParameter } from '../parameters';
import { chosenVersion, inVersion, versionFields, versionParameter } from './version';
import type { ChosenVersion } from './version';

const fields: INodeProperties[] = [
	...versionFields,
	{
		displayName: 'File',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. homes/anna/letter.txt',
		description: 'The path of the file, beginning with the shared folder',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		description: 'The name of the output binary field to put the file in',
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'Idle Timeout (Seconds)',
		name: 'idleTimeout',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 300,
		description:
			'How long the NAS may send nothing during a download. It can take minutes until the ' +
			'first byte.',
	},
	{
		displayName: 'Max Size (MB)',
		name: 'maxSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'Larger files are not downloaded',
	},
];

const MEGABYTE = 1024 * 1024;

const pathParameter = (where: Where): { path: string; folder: string } =>
	filePathInVersion(textParameter(where, 'path', 'File') ?? '', 'File');

function settingsOf(where: Where): DownloadSettings & { field: string } {
	const field = textParameter(where, 'binaryPropertyName', 'Put Output File in Field');
	if (field === undefined)
		throw new TaskError("'Put Output File in Field' is empty", 'Enter a name, such as data.');
	const size = { label: 'Max Size (MB)', fallback: 500, min: 0 };
	const idle = { label: 'Idle Timeout (Seconds)', fallback: 300, min: 1, max: 86_400 };
	return {
		field,
		maxSize: Math.floor(numberParameter(where, 'options.maxSize', size) * MEGABYTE),
		idle: numberParameter(where, 'options.idleTimeout', idle) * 1000,
	};
}

const MAX_SHOWN = 20;

/** The file as its folder lists it. */
async function findFile(
	invocation: TaskInvocation,
	version: ChosenVersion,
	{ path, folder }: { path: string; folder: string },
): Promise<FileEntry> {
	const { api } = invocation;
	const rows = await inVersion(
		invocation,
		version,
		`did not show the folder ${quoted(folder)} in version ${version.versionId}`,
		listFolder(api.client, version, folder),
	);
	const clock = await readClock(api.client, api.workflowZone);
	const entries = rows.map((row) => toFileEntry(row, version, clock));
	const found = entries.find((entry) => entry.path === path);
	if (found) return found;
	const names = entries.slice(0, MAX_SHOWN).map(({ name }) => quoted(name));
	const more = entries.length > MAX_SHOWN ? ` and ${entries.length - MAX_SHOWN} more` : '';
	throw new TaskError(
		`There is no file ${quoted(path)} in version ${version.versionId} of task ` +
			labelOf(version.task),
		`The folder ${quoted(folder)} has: ${names.join(', ') || 'nothing'}${more}.`,
		{ outcome: 'not_found', path, version_id: version.versionId, task_id: version.taskId },
	);
}

async function execute(invocation: TaskInvocation): Promise<FileItem[]> {
	const { context, api } = invocation;
	const where = pathParameter(invocation);
	const { field, ...settings } = settingsOf(invocation);
	const version = await chosenVersion(invocation);
	const file = await findFile(invocation, version, where);
	const { stored, received } = await inVersion(
		invocation,
		version,
		`did not send the file ${quoted(file.path)} of version ${version.versionId}`,
		downloadFile(
			api.client,
			file,
			settings,
			async (content) => await context.helpers.prepareBinaryData(content, file.name),
		),
	);
	const json: IDataObject = {
		message:
			`File ${quoted(file.path)} of version ${version.versionId} was downloaded: ` +
			`${received} bytes`,
		...file,
		received_bytes: received,
		// Without a size in the list there is nothing to compare the length with.
		length_checked: file.size !== null,
	};
	return [new FileItem(json, { [field]: stored })];
}

/** One file as binary data. Two requests where the version's number is given. */
export const download: Operation = {
	option: {
		name: 'Download',
		action: 'Download a file of a version',
		description: 'Download one file from a version, as binary data (experimental)',
	},
	fields,
	options,
	onTask: true,
	check: (where) => {
		versionParameter(where);
		pathParameter(where);
		settingsOf(where);
	},
	execute,
};
