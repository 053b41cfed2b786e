import type { Call, DsmClient } from '../../dsm/DsmClient';
import { partMissing } from '../../dsm/errors/DsmError';
import { taskIdValue } from '../task/Task';
import type { Place } from './FileEntry';

/** Needed by some of the Explorer's methods, and taken by all. */
export const BACKEND = 'HyperBackup-backend';

/** Rows of one request, where the NAS did not send the whole folder at once. */
const PAGE = 1000;

/**
 * The root has folders only, and a method of its own. The first request names no page: no client
 * does, and the NAS sends the whole folder.
 */
function folderCall({ taskId, versionId }: Place, folder: string, offset: number): Call {
	const where = folder === '' ? 'Folder' : 'File';
	return {
		api: `SYNO.SDS.Backup.Client.Explore.${where}`,
		version: 1,
		method: 'list',
		reads: true,
		parameters: {
			task_id: taskIdValue(taskId),
			version_id: versionId,
			...(folder === '' ? {} : { node: folder }),
			...(offset === 0 ? {} : { offset, limit: PAGE }),
			backend: BACKEND,
		},
	};
}

/** A bare array, or an object with a total: both were seen. */
function folderPage(data: unknown): { rows: unknown[]; total: number } {
	if (Array.isArray(data)) return { rows: data, total: data.length };
	const { files, folders, total } = (data ?? {}) as Record<string, unknown>;
	const rows = files ?? folders;
	if (!Array.isArray(rows)) throw partMissing('The NAS responded without a list of files');
	return { rows, total: typeof total === 'number' && total > rows.length ? total : rows.length };
}

/** The rows of a folder ('' is the root) as DSM sends them, `limit` of them at most. */
export async function listFolder(
	client: Pick<DsmClient, 'call'>,
	place: Place,
	folder: string,
	limit = Infinity,
): Promise<unknown[]> {
	const { rows, total } = folderPage(await client.call(folderCall(place, folder, 0)));
	let before = rows;
	const all = [...rows];
	while (all.length < Math.min(total, limit)) {
		const page = folderPage(await client.call(folderCall(place, folder, all.length))).rows;
		if (page.length === 0) break;
		if (JSON.stringify(page) === JSON.stringify(before))
			throw partMissing('The NAS sent the same part of the folder twice');
		all.push(...page);
		before = page;
	}
	return all.slice(0, limit);
}
