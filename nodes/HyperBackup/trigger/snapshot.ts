import type { RawTask, Task } from '../task/Task';
import { readDocumentedStatus, readStatus, type LastResult, type Problem, type Status } from '../task/status';

/** What one look at the NAS says of a task, as far as events need it. Dates stay DSM's own text: compared, never calculated with. */
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

/** What is remembered of a task between two polls. */
export interface Snapshot extends Sight {
	/** A run was seen under way, and its end has not been told yet. */
	live: boolean;
	/** The last look contradicted itself ("idle" and "running now"); the rest is from the look before. */
	doubtful?: boolean;
	/** Of the last successful run, where `status` told them: its version and its time, as DSM writes them. */
	version?: string;
	success?: string;
	/** Milliseconds since 1970, n8n's clock. */
	liveSince?: number;
	successAt?: number;
	dueAt?: number;
	firstSeen?: number;
	/** Conditions that were reported and have not ended. */
	latched?: string[];
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function runIdentity(started: unknown, ended: unknown): string {
	const parts = [text(started), text(ended)];
	return parts[0] === parts[1] || parts[1] === '' ? parts[0]! : parts.join('|');
}

export function sightOfDsm(raw: RawTask): Sight {
	const words = { state: text(raw.state) || undefined, status: text(raw.status) || undefined, last_bkp_result: text(raw.last_bkp_result) || undefined };
	const { status, activity, last_result, problem } = readStatus(words, /lunbkp$/.test(text(raw.type)));
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

/** A run is under way, or was until a moment ago: its result is not there yet. */
export function isLive({ activity, result }: Pick<Sight, 'activity' | 'result'>): boolean {
	return activity === 'backing_up' || activity === 'resuming' || activity === 'cancelling' || (activity === null && result === 'running');
}

/** "Idle" and "running now" at once: between two updates of DSM's, or a run that died. */
export const isDoubtful = ({ activity, result, status }: Sight): boolean => status === 'unknown' && activity === null && result === 'running';

export type Snapshots = Record<string, Snapshot>;

/** The previous state of a task for an item: what a reader compares with. */
export function previousTask({ id, name, status, activity, result, problem }: Snapshot): Partial<Task> {
	return { task_id: id, name, status, activity, ...(result === undefined ? {} : { last_result: result }), problem };
}
