import {
	booleanParam,
	jsonParam,
	numberParam,
	stringList,
	stringParam,
	type ApiCall,
} from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { contentOf } from '../explore/fileContent';
import { DEFAULT_CONTENTS, entriesBelow, type Entry } from '../explore/fileTree';
import type { BackupTask } from '../task/BackupTask';
import {
	ALREADY_EXISTS,
	BAD_REQUEST,
	FAILED,
	FileResponse,
	taskWith,
	type Dsm,
	type Handler,
} from './dsm';

const ROOT = '@pathRoot';
const BACKEND = 'HyperBackup-backend';
const RESTORE_MILLISECONDS = 60_000;

interface Place {
	task: BackupTask;
	files: NonNullable<BackupTask['spec']['contents']>;
}

function taskOf(call: ApiCall, { book, options }: Dsm): BackupTask {
	return taskWith(
		jsonParam(call, 'task_id'),
		book,
		options.unknowns?.unknownTaskCode ?? BAD_REQUEST,
	);
}

/** The version's files. The number of a version is text. */
function placeOf(call: ApiCall, dsm: Dsm, withoutVersion: number): Place {
	const task = taskOf(call, dsm);
	const version = jsonParam(call, 'version_id');
	if (version === undefined) throw new DsmFailure(withoutVersion);
	const found = task.versions.list.find(({ id }) => String(id) === String(version));
	if (found?.status !== 'success') throw new DsmFailure(FAILED);
	return { task, files: task.spec.contents ?? DEFAULT_CONTENTS };
}

/** A path below the root: a slash in front is refused. */
function nodeOf(call: ApiCall): string {
	const node = stringParam(call, 'node') ?? ROOT;
	if (node.startsWith('/')) throw new DsmFailure(BAD_REQUEST);
	return node === ROOT ? '' : node;
}

const wire = ({ name, path, type, size, mtime, isBad }: Entry): Record<string, unknown> => ({
	name,
	path,
	type,
	size,
	mtime,
	is_bad: isBad,
	restore_unsafe_warn: false,
});

/** A bare array of folders. */
export const listFolders: Handler = (call, dsm) => {
	const { files } = placeOf(call, dsm, FAILED);
	const entries = entriesBelow(files, nodeOf(call));
	if (!entries) throw new DsmFailure(FAILED);
	return entries.filter(({ type }) => type === 'Folder').map(wire);
};

/** Not for the root. An object or a bare array: both were seen. */
export const listFiles: Handler = (call, dsm) => {
	const { files } = placeOf(call, dsm, BAD_REQUEST);
	const node = nodeOf(call);
	if (node === '') throw new DsmFailure(BAD_REQUEST);
	const entries = entriesBelow(files, node);
	if (!entries) throw new DsmFailure(FAILED);
	const { fileList, fileListPage } = dsm.options.unknowns ?? {};
	const offset = numberParam(call, 'offset') ?? 0;
	const page = fileListPage === undefined ? entries : entries.slice(offset, offset + fileListPage);
	const rows = page.map(wire);
	return fileList === 'array' ? rows : { total: entries.length, files: rows };
};

/** One file's bytes. The name that the client puts into the address does not matter. */
export const downloadFile: Handler = (call, dsm) => {
	if (stringParam(call, 'backend') !== BACKEND) throw new DsmFailure(BAD_REQUEST);
	const { files } = placeOf(call, dsm, BAD_REQUEST);
	const path = stringParam(call, 'source_path') ?? '';
	if (path === '' || path.startsWith('/')) throw new DsmFailure(BAD_REQUEST);
	const file = files.find((one) => one.path === path);
	if (!file) throw new DsmFailure(FAILED);
	if (dsm.book.downloadJobs.length > 0 && dsm.options.unknowns?.parallelDownload === 'refuse')
		throw new DsmFailure(FAILED);
	return new FileResponse(path.split('/').pop()!, contentOf(file));
};

function sourcesOf(call: ApiCall, files: Place['files']): string[] {
	const sources = stringList(call, 'source_path');
	if (sources.length === 0 || sources.some((path) => path.startsWith('/')))
		throw new DsmFailure(BAD_REQUEST);
	const there = (path: string): boolean =>
		files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
	if (!sources.every(there)) throw new DsmFailure(FAILED);
	return sources;
}

/**
 * To a physical path; entries land directly below it. Accepted, not done, and without a number to
 * ask for.
 */
export const copyFiles: Handler = (call, dsm) => {
	if (stringParam(call, 'backend') !== BACKEND) throw new DsmFailure(FAILED);
	const { files } = placeOf(call, dsm, BAD_REQUEST);
	const sources = sourcesOf(call, files);
	const destination = stringParam(call, 'dest_path') ?? '';
	if (!/^\/volume\d+\//.test(destination)) throw new DsmFailure(FAILED);
	const { copied } = dsm.book;
	const landed = sources.map((path) => `${destination}/${path.split('/').pop()!}`);
	if (!booleanParam(call, 'overwrite') && landed.some((path) => copied.has(path)))
		throw new DsmFailure(ALREADY_EXISTS);
	for (const path of landed) copied.add(path);
	dsm.book.restoringUntil = dsm.book.now + RESTORE_MILLISECONDS;
	return undefined;
};

/** Back to where they were, whatever `dest_path` says. */
export const restoreFiles: Handler = (call, dsm) => {
	if (stringParam(call, 'backend') !== BACKEND) throw new DsmFailure(FAILED);
	const { files } = placeOf(call, dsm, BAD_REQUEST);
	for (const path of sourcesOf(call, files)) dsm.book.copied.add(path);
	dsm.book.restoringUntil = dsm.book.now + RESTORE_MILLISECONDS;
	return undefined;
};

/** Downloads that still run; `unique` and the status words are from a documentation example. */
export const listJobs: Handler = (call, { book }) => {
	const ids = jsonParam(call, 'download_ids');
	if (!Array.isArray(ids)) throw new DsmFailure(BAD_REQUEST);
	const running = book.downloadJobs.filter(({ id }) => ids.includes(id));
	return {
		job_list: running.map(({ id, name, size }) => ({
			id,
			unique: id,
			name,
			processed_size: 0,
			total_size: size,
			status: 'download',
			can_cancel: true,
		})),
	};
};

export const exploreVersions: Handler = (call, dsm) => {
	const { shape } = dsm;
	const task = taskOf(call, dsm);
	const rows = task.versions.list
		.filter(({ status }) => status === 'success')
		.map(({ id, startedAt }) => ({
			version_id: String(id),
			name: shape.wall.withSeconds(startedAt),
			status: 'success',
			timestamp: Math.floor(startedAt / 1000),
		}))
		.reverse();
	return { version_info_list: rows, total: rows.length };
};

export const exploreTarget: Handler = (call, dsm) => {
	const { task } = placeOf(call, dsm, BAD_REQUEST);
	const can = { download: true, filter: true, statistics: true, ...task.spec.capability };
	return {
		capability: {
			support_download: can.download,
			support_filter: can.filter,
			support_statistics: can.statistics,
		},
	};
};
