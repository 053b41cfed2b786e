import type { DialectName } from './dialects/dialects';
import type { RawTask } from './Task';
import {
	mapDocumentedStatus,
	mapStatus,
	wordOf,
	type LastResult,
	type Problem,
	type Status,
} from './statusMapping';

/** What one look at the NAS says of a task, as far as runs are told by it. Dates stay DSM's own text: compared, never calculated with. */
export interface TaskSnapshot {
	id: string;
	name: string;
	status: Status;
	activity: string | null;
	/** undefined where the dialect does not tell. */
	result?: LastResult;
	/** DSM's own word for it. */
	word: string;
	problem: Problem | null;
	/** The identity of the last run that ended: its times as DSM writes them, "" if there was none. */
	run: string;
	/** The next scheduled run as DSM writes it, or "". */
	next: string;
}

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function runIdentity(started: unknown, ended: unknown): string {
	const parts = [text(started), text(ended)];
	return parts[0] === parts[1] || parts[1] === '' ? parts[0]! : parts.join('|');
}

export function snapshotFromDsm(raw: RawTask): TaskSnapshot {
	const words = {
		state: wordOf(raw.state),
		status: wordOf(raw.status),
		last_bkp_result: wordOf(raw.last_bkp_result),
	};
	const { status, activity, last_result, problem } = mapStatus(
		words,
		/lunbkp$/.test(text(raw.type)),
	);
	return {
		id: text(raw.task_id),
		name: text(raw.name),
		status,
		activity,
		result: last_result,
		word: words.last_bkp_result ?? '',
		problem,
		run: runIdentity(raw.last_bkp_time, raw.last_bkp_end_time),
		next: text(raw.next_bkp_time),
	};
}

export function snapshotFromDocumented(raw: RawTask): TaskSnapshot {
	const status = mapDocumentedStatus(raw.status);
	return {
		id: text(raw.task_id),
		name: text(raw.name),
		status,
		activity: status === 'running' ? 'backing_up' : null,
		word: '',
		problem: status === 'error' ? 'backup_failed' : null,
		run: raw.last_backup_time === 0 ? '' : text(raw.last_backup_time),
		next: text(raw.next_backup_time),
	};
}

/** How rows are read in this dialect. */
export const snapshotReader = (dialect: DialectName): ((raw: RawTask) => TaskSnapshot) =>
	dialect === 'documented' ? snapshotFromDocumented : snapshotFromDsm;

/** A run is under way, or was until a moment ago: its result is not there yet. */
export function isLive({ activity, result }: Pick<TaskSnapshot, 'activity' | 'result'>): boolean {
	return (
		activity === 'backing_up' ||
		activity === 'resuming' ||
		activity === 'canceling' ||
		(activity === null && result === 'running')
	);
}

/** "Idle" and "running now" at once: between two updates of DSM's, or a run that died. */
export const isDoubtful = ({ activity, result, status }: TaskSnapshot): boolean =>
	status === 'unknown' && activity === null && result === 'running';
