import type { NasOptions, Result, TaskSpec, Truth } from '../types';
import type { EventLog } from '../past/EventLog';
import type { VersionBook } from '../past/versions';
import type { WallText } from '../wallText';
import { Timeline } from './Timeline';

/** What a task needs of the NAS it lives on. */
export interface Surroundings {
	wall: WallText;
	options: NasOptions;
	log: EventLog;
	note: (truth: Omit<Truth, 'at'>, at: number) => void;
	/** Whether another backup may begin now. */
	hasRoom: () => boolean;
	/** A backup has ended: those that wait may begin. */
	ended: (at: number) => void;
	/** The task is deleted: it leaves the list. */
	gone: (id: number | string, at: number) => void;
}

export const NO_ERROR = 4401;
export const TARGET_BROKEN = 4467;

/**
 * DSM's three words about a task and the figures of its last run: everything that its responses
 * show.
 */
export abstract class TaskFacts {
	name: string;

	state: string;

	status = 'none';

	result: Result = 'none';

	error = '';

	errorCode = NO_ERROR;

	isModified = false;

	/** The times are what the NAS believed when it wrote them. */
	lastStart: number | null = null;

	lastEnd: number | null = null;

	lastSuccess: number | null = null;

	/** Of the last integrity check. */
	lastDetect: number | null = null;

	/** The number of the newest good version. */
	version = 0;

	abstract readonly versions: VersionBook;

	/** Whether the destination can be reached. */
	online = true;

	/** Who started what is running now. */
	user?: string;

	/** Set by tests: fields of the response that are to be different, or (undefined) left out. */
	readonly overrides: Record<string, unknown> = {};

	readonly timeline = new Timeline();

	/** Polls of the list that will not show this task. */
	hiddenPolls = 0;

	constructor(
		readonly spec: TaskSpec,
		readonly nas: Surroundings,
		protected now: number,
	) {
		this.name = spec.name;
		this.state = spec.state ?? 'backupable';
	}

	get id(): number | string {
		return this.spec.id;
	}

	get isLun(): boolean {
		return /lunbkp$/.test(this.spec.type ?? '');
	}

	get running(): boolean {
		return this.status === 'backup' || this.status === 'canceling';
	}

	get checking(): boolean {
		return this.status === 'detect' || this.status === 'detect_waiting';
	}

	/** LUN tasks say `success` where the others say `done`. */
	get good(): Result {
		return this.isLun ? 'success' : 'done';
	}

	/** The state as one method shows it: during a check `list` and `status` of one moment differ. */
	stateIn(method: 'list' | 'status'): string {
		if (!this.checking || this.nas.options.stateDuringCheck !== 'error_detect') return this.state;
		return method === 'list' ? 'error' : 'error_detect';
	}

	setState(state: string): void {
		this.state = state;
		this.nas.note({ kind: 'stateChanged', taskId: this.id, state }, this.now);
	}

	breakDestination(): void {
		this.errorCode = TARGET_BROKEN;
		this.error = 'SYNO.SDS.Backup.Application:error:status_target_broken';
		this.setState('restore_only');
	}

	/** The result word changes without a run: the times stay. */
	showResult(result: Result): void {
		this.result = result;
		this.nas.note({ kind: 'resultChanged', taskId: this.id, result }, this.now);
	}

	/**
	 * An administrator repairs task and destination: the last run counts as good again, with its own
	 * times.
	 */
	repair(): void {
		this.errorCode = NO_ERROR;
		this.error = '';
		if (this.state !== 'backupable') this.setState('backupable');
		this.showResult(this.good);
	}

	rename(name: string): void {
		this.name = name;
		this.isModified = true;
		this.nas.note({ kind: 'taskRenamed', taskId: this.id }, this.now);
	}
}
