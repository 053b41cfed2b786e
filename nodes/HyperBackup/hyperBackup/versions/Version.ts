import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { readableTime } from '../clock/readableTime';
import { flagOf, numberOf, text } from '../task/Task';
import { versionIdOf } from './fetchVersions';

export type VersionStatus = 'success' | 'running' | 'canceled' | 'failed' | 'unknown';

/** A restore point of a task. */
export interface Version extends IDataObject {
	version_id: string;
	/** How it is, in one sentence. */
	message: string;
	status: VersionStatus;
	/** Unix seconds; null where the NAS does not say. */
	started_time: number | null;
	started_at: string | null;
	/** null: it is not complete. */
	completed_time: number | null;
	completed_at: string | null;
	/** Seconds. */
	duration: number | null;
	/** Kept from rotation; null where the NAS does not say. */
	locked: boolean | null;
}

/** DSM's words; only the first two and `backup` were captured. */
const STATUSES = new Map<string, VersionStatus>([
	['success', 'success'],
	['cancel', 'canceled'],
	['backup', 'running'],
	['fail', 'failed'],
]);

export const versionStatus = ({ status }: IDataObject): VersionStatus =>
	STATUSES.get(text(status)) ?? 'unknown';

const SENTENCES: Record<VersionStatus, string> = {
	success: 'is complete',
	running: 'is being written by a backup that is running',
	canceled: 'is not complete: its backup was canceled',
	failed: 'is not complete: its backup failed',
	unknown: 'has a status that is not known',
};

/** What changed since the version before; on DSM 6 the NAS sends it with each version. */
function counts({ statistics }: IDataObject): IDataObject {
	const { summary } = (statistics ?? {}) as IDataObject;
	const { share } = (summary ?? {}) as IDataObject;
	if (typeof share !== 'object' || share === null) return {};
	const of = (name: string): number | null => numberOf((share as IDataObject)[name]);
	return {
		files_new: of('new_cnt'),
		files_modified: of('mod_cnt'),
		files_deleted: of('del_cnt'),
		files_unchanged: of('unch_cnt'),
		files_total: of('total_cnt'),
		bytes_total: of('total_size'),
	};
}

/** DSM writes 0 for "never", and the local text then reads 1970. */
const timeOf = (epoch: unknown, local: unknown, clock: NasClock): number | null =>
	epoch === undefined ? clock.toUnix(local) : numberOf(epoch) || null;

function sentence(id: string, at: string | null, status: VersionStatus): string {
	const begun = at === null ? '' : `, begun at ${readableTime(at)},`;
	return `Version ${id || 'without a number'}${begun} ${SENTENCES[status]}`;
}

/** A row of the list of versions. What it lacks is null or `unknown`. */
export function toVersion(row: IDataObject, clock: NasClock): Version {
	const status = versionStatus(row);
	const id = versionIdOf(row);
	const started = timeOf(row.timestamp, row.start_time_local, clock);
	const completed =
		status === 'running' ? null : timeOf(row.complete_time, row.complete_time_local, clock);
	const at = clock.toIso(started);
	return {
		version_id: id,
		message: sentence(id, at, status),
		status,
		started_time: started,
		started_at: at,
		completed_time: completed,
		completed_at: clock.toIso(completed),
		duration: started === null || completed === null ? null : Math.max(0, completed - started),
		locked: flagOf(row.locked),
		...counts(row),
	};
}
