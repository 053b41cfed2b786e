import type { IDataObject } from 'n8n-workflow';
import { rowItem } from '../../hyperBackup/task/Task';
import { maskSecrets } from '../../hyperBackup/task/maskSecrets';
import { fetchVaultLog } from '../../hyperBackup/vault/vaultCalls';
import type { Operation } from '../Invocation';
import { limitFields, limitParameter } from '../parameters';
import { chosenTarget, optionalTargetField, targetParameter } from './target';

/** Vault's own log, as the NAS sends it. One request for each 500 entries. */
export const getLogs: Operation = {
	option: {
		name: 'Get Logs',
		action: 'Get the log of the vault',
		description:
			'Retrieve entries of the log of Hyper Backup Vault, the newest first, as the NAS sends ' +
			'them (experimental: the response is not documented)',
	},
	fields: [optionalTargetField, ...limitFields],
	check: (where) => {
		targetParameter(where);
		limitParameter(where);
	},
	execute: async (invocation) => {
		const { api } = invocation;
		const entry = targetParameter(invocation);
		const id = entry === undefined ? undefined : await chosenTarget(invocation, entry);
		const rows = await fetchVaultLog(api.client, limitParameter(invocation), id);
		return maskSecrets(rows).map((row): IDataObject => ({
			target_id: id === undefined ? null : String(id),
			nas: api.nas,
			entry: rowItem(row),
		}));
	},
};
