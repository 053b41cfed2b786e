import type { DsmClient } from '../../dsm/DsmClient';
import { DsmError } from '../../dsm/errors/DsmError';
import type { Content } from '../../dsm/http/download';
import { taskIdValue } from '../task/Task';
import { TaskError } from '../task/TaskError';
import type { FileEntry } from './FileEntry';
import { BACKEND } from './listFolder';

export interface DownloadSettings {
	/** Bytes. */
	maxSize: number;
	/** Milliseconds without a byte. */
	idle: number;
}

/** Why a file could not be had, for workflows that go on with the error. */
export type Outcome = 'damaged' | 'incomplete' | 'too_large';

const MEGABYTE = 1024 * 1024;

function failure(
	file: FileEntry,
	outcome: Outcome,
	what: string,
	advice: string,
	received = 0,
): TaskError {
	const { path, version_id: versionId } = file;
	const message = `File '${path}' of version ${versionId} ${what}`;
	return new TaskError(message, advice, { outcome, ...file, received_bytes: received });
}

const tooLarge = (file: FileEntry, maxSize: number, received = 0): TaskError =>
	failure(
		file,
		'too_large',
		`is larger than ${maxSize / MEGABYTE} MB`,
		"Raise 'Max Size (MB)' in the options. Large files need n8n's binary data on disk " +
			'(N8N_DEFAULT_BINARY_DATA_MODE=filesystem).',
		received,
	);

const incomplete = (file: FileEntry, received: number, why = ''): TaskError =>
	failure(
		file,
		'incomplete',
		`was cut off: ${received} of ${file.size ?? 'an unknown number of'} bytes were received${why}`,
		'What was received was discarded. Try again; if it keeps happening, run an integrity check ' +
			'of the task.',
		received,
	);

/** What can be said before anything is requested. */
function rejectUnusable(file: FileEntry, { maxSize }: DownloadSettings): void {
	if (file.type === 'folder')
		throw new TaskError(
			`'${file.path}' is a folder, and only files can be downloaded`,
			"Enter the path of a file in 'File'.",
		);
	if (file.damaged === true)
		throw failure(
			file,
			'damaged',
			'is marked as damaged by the NAS. Nothing was downloaded',
			'Choose another version, and run an integrity check of the task.',
		);
	if (file.size !== null && file.size > maxSize) throw tooLarge(file, maxSize);
}

function lengthCheck(file: FileEntry, { maxSize }: DownloadSettings) {
	return (received: number, ended: boolean): TaskError | undefined => {
		if (received > maxSize) return tooLarge(file, maxSize, received);
		if (file.size === null) return undefined;
		if (received > file.size)
			return failure(
				file,
				'damaged',
				`has more bytes than the ${file.size} that the version lists`,
				'What was received was discarded. Run an integrity check of the task.',
				received,
			);
		return ended && received < file.size ? incomplete(file, received) : undefined;
	};
}

/** A connection that broke off after the first byte. */
const brokeOff = (error: unknown, received: number): error is DsmError =>
	error instanceof DsmError && received > 0 && ['unreachable', 'timeout'].includes(error.kind);

/**
 * Hands the bytes of one file to `store` as they come, and checks their number; one request. Throws
 * a TaskError with an `outcome` where the file cannot be had as the version lists it.
 */
export async function downloadFile<T>(
	client: DsmClient,
	file: FileEntry,
	settings: DownloadSettings,
	store: (content: Content) => Promise<T>,
): Promise<{ stored: T; received: number }> {
	rejectUnusable(file, settings);
	const { path, task_id: taskId, version_id: versionId } = file;
	const checkLength = lengthCheck(file, settings);
	let received = 0;
	const check = (bytes: number, ended: boolean): TaskError | undefined => {
		received = bytes;
		return checkLength(bytes, ended);
	};
	const call = {
		api: 'SYNO.SDS.Backup.Client.Explore.File',
		version: 1,
		method: 'download',
		reads: true,
		parameters: {
			task_id: taskIdValue(taskId),
			version_id: versionId,
			node: path.slice(0, path.lastIndexOf('/')),
			source_path: path,
			support_utf8_name: true,
			// Made by the client, and only to be unique.
			download_id: `n8n-${Date.now()}-${Math.random().toString(36).slice(2)}`,
			backend: BACKEND,
		},
	};
	try {
		const stored = await client.download(call, { idle: settings.idle, check }, store);
		return { stored, received };
	} catch (error) {
		throw brokeOff(error, received) ? incomplete(file, received, `. ${error.message}`) : error;
	}
}
