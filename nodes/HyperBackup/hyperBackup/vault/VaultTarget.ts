import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { readableTime } from '../clock/readableTime';
import { quoted } from '../task/describeState';
import { flagOf, kibToBytes, numberOf, SIZE_UNIT, text } from '../task/Task';

/** A backup that this NAS has received from another one. */
export interface VaultTarget extends IDataObject {
	target_id: string;
	name: string;
	/** How it is, in one sentence. */
	message: string;
	/** DSM's word, of which only `idle` is known; `unknown` where there is none. */
	status: string;
	/** Unix seconds; null: nothing was received yet, or the NAS does not say. */
	last_backup_start_time: number | null;
	last_backup_start_at: string | null;
	/** Seconds. */
	last_backup_duration: number | null;
	/** When the last backup had arrived. */
	last_received_time: number | null;
	last_received_at: string | null;
	/** DSM's figure, in `size_unit`. */
	used_size: number | null;
	used_size_bytes: number | null;
	size_unit: string;
	/** The NAS is computing the size: the figure is an old one. Null where it does not say. */
	size_is_stale: boolean | null;
	encrypted: boolean | null;
	/** An interrupted backup can be resumed. */
	resumable: boolean | null;
	share: string | null;
	path: string | null;
	nas: string | null;
}

export const targetLabel = (row: unknown): string => {
	const { target_id: id, target_name: name } = (row ?? {}) as IDataObject;
	return quoted(text(name) || text(id));
};

export const targetId = (row: unknown): string => text(((row ?? {}) as IDataObject).target_id);

/**
 * When the last backup began, and had arrived, in Unix seconds by the NAS's clock. DSM has 0 for a
 * target that has received nothing.
 */
export function lastBackup(row: unknown): {
	start: number | null;
	duration: number | null;
	received: number | null;
} {
	const raw = (row ?? {}) as IDataObject;
	const start = numberOf(raw.last_backup_start_time) || null;
	const duration = numberOf(raw.last_backup_duration);
	const received = start === null ? null : start + Math.max(0, duration ?? 0);
	return { start, duration: start === null ? null : duration, received };
}

function sizes({ used_size: size, computing_size: computing }: IDataObject) {
	const used = numberOf(size);
	return {
		used_size: used,
		used_size_bytes: kibToBytes(used),
		size_unit: SIZE_UNIT,
		size_is_stale: flagOf(computing),
	};
}

/** A row of the list of targets. Fields that it lacks are null or `unknown`. */
export function toVaultTarget(row: unknown, clock: NasClock, nas: string | null): VaultTarget {
	const raw = (row ?? {}) as IDataObject;
	const { start, duration, received } = lastBackup(raw);
	const status = text(raw.status) || 'unknown';
	const at = clock.toIso(received);
	const last =
		at === null
			? 'no backup is known to have arrived'
			: `its last backup arrived at ${readableTime(at)}`;
	const doing = status === 'idle' ? '' : `, and its status is '${status}'`;
	return {
		target_id: targetId(raw),
		name: text(raw.target_name),
		message: `Vault target ${targetLabel(raw)}: ${last}${doing}`,
		status,
		last_backup_start_time: start,
		last_backup_start_at: clock.toIso(start),
		last_backup_duration: duration,
		last_received_time: received,
		last_received_at: at,
		...sizes(raw),
		encrypted: flagOf(raw.is_enc),
		resumable: flagOf(raw.is_resumable),
		share: text(raw.share) || null,
		path: text(raw.target_path) || null,
		nas,
	};
}
