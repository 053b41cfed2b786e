import type { IDataObject } from 'n8n-workflow';
import { DsmError } from '../../dsm/errors/DsmError';
import { maskSecrets } from '../../hyperBackup/task/maskSecrets';
import { fetchTargetDetail } from '../../hyperBackup/vault/vaultCalls';
import type { Invocation, Operation } from '../Invocation';
import { chosenTarget, requiredTarget, targetField } from './target';

const aboutTarget = (id: number, { kind, message, description, ...rest }: DsmError): DsmError =>
	new DsmError({
		kind,
		message: `Vault target ${id} could not be read. ${message}`,
		description,
		dsmCode: rest.dsmCode,
		httpStatus: rest.httpStatus,
	});

async function detailOf(invocation: Invocation, id: number): Promise<unknown> {
	try {
		return await fetchTargetDetail(invocation.api.client, id);
	} catch (error) {
		throw error instanceof DsmError ? aboutTarget(id, error) : (error as Error);
	}
}

/** What the NAS says of one target, as it sends it. One request. */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get a vault target',
		description:
			'Retrieve what the NAS says of one target, as the NAS sends it (experimental: the response ' +
			'is not documented)',
	},
	fields: [targetField],
	check: (where) => {
		requiredTarget(where);
	},
	execute: async (invocation) => {
		const id = await chosenTarget(invocation, requiredTarget(invocation));
		const detail = maskSecrets(await detailOf(invocation, id));
		const data = typeof detail === 'object' && detail !== null ? detail : { detail };
		return [{ target_id: String(id), nas: invocation.api.nas, data: data as IDataObject }];
	},
};
