import type { IDataObject } from 'n8n-workflow';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { partMissing } from '../../dsm/errors/DsmError';
import { rowItem, taskIdValue, text } from '../task/Task';

/** Rows of one request, where the NAS did not send all versions at once. */
const PAGE = 500;

/**
 * Version 1 of this API has no method. The first request names no page: the clients in use name
 * none, and the NAS sends all versions.
 */
export const versionsCall = (taskId: string, offset = 0): Call => ({
	api: 'SYNO.Backup.Version',
	version: 2,
	method: 'list',
	reads: true,
	parameters: {
		task_id: taskIdValue(taskId),
		...(offset === 0 ? {} : { offset, limit: PAGE }),
	},
});

interface Page {
	rows: IDataObject[];
	total: number;
}

function pageOf(data: unknown): Page {
	const { version_info_list: rows, total } = (data ?? {}) as IDataObject;
	if (!Array.isArray(rows)) throw partMissing('The NAS responded without a list of versions');
	return {
		rows: (rows as unknown[]).map(rowItem),
		total: typeof total === 'number' && Number.isFinite(total) ? total : rows.length,
	};
}

export const versionIdOf = ({ version_id: id }: IDataObject): string => text(id);

/** Numbers have gaps and are text: sorted as numbers, and what is none comes last. */
function byNumber(a: IDataObject, b: IDataObject): number {
	const [first, second] = [a, b].map((row) => {
		const id = versionIdOf(row);
		return /^\d+$/.test(id) ? Number(id) : -1;
	}) as [number, number];
	return second - first;
}

/**
 * The versions of a task as the NAS sends them, the newest first. `first` is the response to
 * `versionsCall` if there is one; what it left out is requested. One request for most tasks.
 */
export async function fetchVersions(
	client: Pick<DsmClient, 'call'>,
	taskId: string,
	first?: unknown,
): Promise<IDataObject[]> {
	const { rows, total } = pageOf(first ?? (await client.call(versionsCall(taskId))));
	const all = [...rows];
	while (all.length < total) {
		const page = pageOf(await client.call(versionsCall(taskId, all.length))).rows;
		const known = new Set(all.map(versionIdOf));
		const fresh = page.filter((row) => !known.has(versionIdOf(row)));
		// Without all of them, nobody could say which one is the newest.
		if (fresh.length === 0)
			throw partMissing(`The NAS has ${total} versions and listed ${all.length} of them`);
		all.push(...fresh);
	}
	return all.sort(byNumber);
}
