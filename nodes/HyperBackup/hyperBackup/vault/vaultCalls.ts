import type { IDataObject } from 'n8n-workflow';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { partMissing } from '../../dsm/errors/DsmError';

export const VAULT_API = 'SYNO.Backup.Service.VersionBackup.Target';
export const LIST_TARGETS: Call = { api: VAULT_API, version: 1, method: 'list', reads: true };

/** The backups that this NAS has received, as it sends them. An empty list is a proper response. */
export async function fetchTargets(client: Pick<DsmClient, 'call'>): Promise<unknown[]> {
	const { target_list: rows } = ((await client.call(LIST_TARGETS)) ?? {}) as IDataObject;
	if (Array.isArray(rows)) return rows as unknown[];
	throw partMissing('The NAS responded without a list of Vault targets', 'Hyper Backup Vault');
}

/** Nobody has published a response: it is passed on as it is. */
export async function fetchTargetDetail(client: DsmClient, id: number): Promise<unknown> {
	return await client.call({
		api: VAULT_API,
		version: 1,
		method: 'detail',
		reads: true,
		parameters: { target_id: id },
	});
}

/** Entries of one request. */
const PAGE = 500;

/** Presumed to be like the log of Hyper Backup; undefined for a response of another shape. */
const rowsOf = (data: unknown): unknown[] | undefined => {
	const { log_list: rows } = (data ?? {}) as IDataObject;
	return Array.isArray(rows) ? (rows as unknown[]) : undefined;
};

/**
 * Vault's log, the newest entries first, page by page up to `limit`. Nobody has published a
 * response: one without entries is given as it is, as the only row.
 */
export async function fetchVaultLog(
	client: Pick<DsmClient, 'call'>,
	limit: number,
	id?: number,
): Promise<unknown[]> {
	const all: unknown[] = [];
	let before = '';
	while (all.length < limit) {
		const size = Math.min(limit - all.length, PAGE);
		const data = await client.call({
			api: 'SYNO.SDS.Backup.Server.Common.Log',
			version: 1,
			method: 'list',
			reads: true,
			parameters: {
				offset: all.length,
				limit: size,
				...(id === undefined ? {} : { filter_target_id: id }),
			},
		});
		const rows = rowsOf(data);
		if (!rows) return all.length === 0 ? [data] : all;
		const text = JSON.stringify(rows);
		if (rows.length > 1 && text === before)
			throw partMissing('The NAS sent the same part of the log twice', 'Hyper Backup Vault');
		all.push(...rows);
		if (rows.length < size) break;
		before = text;
	}
	return all.slice(0, limit);
}
