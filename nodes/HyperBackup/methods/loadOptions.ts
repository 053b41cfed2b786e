import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { asNodeError } from '../n8n/nodeErrors';
import { DsmClient } from '../dsm/DsmClient';
import { fetchTargets } from '../hyperBackup/vault/vaultCalls';
import { taskChoices } from './taskChoices';

export async function getTasks(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await taskChoices(this)).map(({ name, value, task }) => ({
		name,
		value,
		description: task.destination,
	}));
}

/** The backups that the NAS has received. */
export async function getVaultTargets(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	try {
		const client = await DsmClient.connect(this);
		const rows = (await fetchTargets(client)) as Array<Record<string, unknown> | null>;
		return rows
			.map((row) => ({ name: String(row?.target_name), value: String(row?.target_id) }))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asNodeError(this.getNode(), error);
	}
}
