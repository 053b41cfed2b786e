import type { IDataObject } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { rowItem } from '../../hyperBackup/task/Task';
import { fetchTargets } from '../../hyperBackup/vault/vaultCalls';
import { toVaultTarget } from '../../hyperBackup/vault/VaultTarget';
import type { Operation } from '../Invocation';
import { limitFields, limitParameter, simplified, simplifyField } from '../parameters';

/** The backups that this NAS has received. One request. */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many vault targets',
		description:
			'Retrieve the backups that other devices keep on this NAS: when the last one arrived, and ' +
			'how large it is',
	},
	fields: [...limitFields, simplifyField],
	check: (where) => {
		limitParameter(where);
	},
	execute: async (invocation) => {
		const { api } = invocation;
		const rows = (await fetchTargets(api.client)).slice(0, limitParameter(invocation));
		const clock = await readClock(api.client, api.workflowZone);
		return rows.map((row): IDataObject => {
			const model = toVaultTarget(row, clock, api.nas);
			return simplified(invocation, { model, raw: rowItem(row) });
		});
	},
};
