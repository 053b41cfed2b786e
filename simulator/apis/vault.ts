import { jsonParam, numberParam, stringList } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { VaultTargetSpec } from '../vault/Vault';
import { BAD_REQUEST, required, type Dsm, type Handler } from './dsm';

const DEFAULT_SHARE = 'hb_vault';

function row(target: VaultTargetSpec): Record<string, unknown> {
	const share = target.share ?? DEFAULT_SHARE;
	return {
		computing_size: target.computingSize ?? false,
		is_enc: target.encrypted ?? false,
		is_resumable: target.resumable ?? false,
		last_backup_duration: target.lastBackupSeconds ?? 0,
		last_backup_start_time: Math.floor((target.lastBackupAt ?? 0) / 1000),
		share,
		status: target.status ?? 'idle',
		target_id: target.id,
		target_name: target.name,
		target_path: `/volume1/${share}/${target.name}`,
		uni_key: target.uniKey ?? `00005E005305_${target.id}_1784602486`,
		used_size: target.usedSize ?? 729,
	};
}

function targetOf(id: unknown, { vault, options }: Dsm): VaultTargetSpec {
	const target = vault.find(id);
	if (!target) throw new DsmFailure(options.unknowns?.unknownTaskCode ?? BAD_REQUEST);
	return target;
}

export const vaultConfig: Handler = (_call, { vault }) => ({
	parallel_backup_limit: vault.parallelBackupLimit,
});

export const setVaultConfig: Handler = (call, { vault }) => {
	const limit = numberParam(call, 'parallel_backup_limit');
	if (limit === undefined) throw new DsmFailure(BAD_REQUEST);
	vault.parallelBackupLimit = limit;
	return undefined;
};

export const vaultTargets: Handler = (_call, { vault }) => ({
	target_list: vault.targets.map(row),
});

/** The call works live, but no response is stored: the row of `list` is given. */
export const vaultTarget: Handler = (call, dsm) => row(targetOf(jsonParam(call, 'target_id'), dsm));

/**
 * `task_id` is presumed to be the target's number; the response is presumed from the client's side.
 */
export const vaultStatistic: Handler = (call, dsm) => {
	const id = jsonParam(call, 'task_id');
	if (id === undefined) throw required('task_id');
	const target = targetOf(id, dsm);
	const size = stringList(call, 'additional').includes('volume_size');
	const latest = {
		end_time: Math.floor(
			((target.lastBackupAt ?? 0) + (target.lastBackupSeconds ?? 0) * 1000) / 1000,
		),
		target_size: target.usedSize ?? 729,
	};
	return {
		target_list: [],
		target_previous_next_list: [{ end_time: 0, target_size: 0 }, latest],
		...(size ? { volume_size: 3_900_000_000 } : {}),
	};
};
