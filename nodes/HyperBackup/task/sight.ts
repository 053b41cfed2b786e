import type { DialectName } from './dialects';
import type { RawTask } from './Task';
import {
	readDocumentedStatus,
	readStatus,
	wordOf,
	type LastResult,
	type Problem,
	type Status,
} from './status';

/** What one look at the NAS says of a task, as far as runs are told by it. Dates stay DSM's own text: compared, never calculated with. */
export interface Sight {
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

export function sightOfDsm(raw: RawTask): Sight {
	const words = {
		state: wordOf(raw.state),
		status: wordOf(raw.status),
		last_bkp_result: wordOf(raw.last_bkp_result),
	};
	const { status, activity, last_result, problem } = readStatus(
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

export function sightOfDocumented(raw: RawTask): Sight {
	const status = readDocumentedStatus(raw.status);
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
export const sightIn = (dialect: DialectName): ((raw: RawTask) => Sight) =>
	dialect === 'documented' ? sightOfDocumented : sightOfDsm;

/** A run is under way, or was until a moment ago: its result is not there yet. */
export function isLive({ activity, result }: Pick<Sight, 'activity' | 'result'>): boolean {
	return (
		activity === 'backing_up' ||
		activity === 'resuming' ||
		activity === 'cancelling' ||
		(activity === null && result === 'running')
	);
}

/** "Idle" and "running now" at once: between two updates of DSM's, or a run that died. */
export const isDoubtful = ({ activity, result, status }: Sight): boolean =>
	status === 'unknown' && activity === null && result === 'running';
