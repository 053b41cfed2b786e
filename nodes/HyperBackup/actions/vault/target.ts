import type { INodeProperties } from 'n8n-workflow';
import { fetchTargets } from '../../hyperBackup/vault/vaultCalls';
import { targetId } from '../../hyperBackup/vault/VaultTarget';
import { namedAs } from '../../hyperBackup/task/namedAs';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { quoted } from '../../hyperBackup/task/describeState';
import type { Invocation, Where } from '../Invocation';
import { textParameter } from '../parameters';

/** *Target*, of an operation on one. */
export const targetField: INodeProperties = {
	displayName: 'Target Name or ID',
	name: 'targetId',
	type: 'options',
	default: '',
	required: true,
	typeOptions: { loadOptionsMethod: 'getVaultTargets' },
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** The same where none stands for all. */
export const optionalTargetField: INodeProperties = {
	...targetField,
	required: false,
	hint: 'Leave empty for the entries of all targets',
};

export const targetParameter = (where: Where): string | undefined =>
	textParameter(where, 'targetId', 'Target Name or ID');

export function requiredTarget(where: Where): string {
	const entry = targetParameter(where);
	if (entry !== undefined) return entry;
	throw new TaskError(
		"No target is chosen: 'Target Name or ID' is empty",
		'Select a target from the list, or enter its ID or name.',
	);
}

const MAX_SHOWN = 20;

/** DSM's number of the target: without a request where the entry is one, else by name with one. */
export async function chosenTarget({ api }: Invocation, entry: string): Promise<number> {
	if (/^\d{1,15}$/.test(entry)) return Number(entry);
	const rows = (await fetchTargets(api.client)) as Array<Record<string, unknown> | null>;
	const named = rows.map((row) => ({ id: targetId(row), name: String(row?.target_name ?? '') }));
	const found = namedAs(named, entry, ({ name }) => name);
	if (found.length === 1 && /^\d{1,15}$/.test(found[0]!.id)) return Number(found[0]!.id);
	const shown = named.slice(0, MAX_SHOWN).map(({ id, name }) => `${quoted(name)} (ID ${id})`);
	throw new TaskError(
		found.length > 1
			? `The name ${quoted(entry)} fits ${found.length} Vault targets: choose one by its ID`
			: `There is no Vault target ${quoted(entry)} on this NAS`,
		`Targets on this NAS: ${shown.join(', ') || 'none'}${named.length > MAX_SHOWN ? ', ...' : ''}.`,
	);
}
