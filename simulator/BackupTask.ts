import type { Outcome, Result, Schedule, TaskSpec, Truth } from './types';
import { nextScheduled } from './schedule';
import { progressOf, stepAt, type Progress } from './progress';
import type { WallText } from './wallText';

interface Transition {
	at: number;
	apply: (at: number) => void;
}

/** What a task needs of the NAS it lives on. */
export interface Surroundings {
	wall: WallText;
	note: (truth: Omit<Truth, 'at'>, at: number) => void;
	/** Whether another backup may begin now. */
	hasRoom: () => boolean;
	/** A backup has ended: those that wait may begin. */
	ended: (at: number) => void;
}

const MS = 1000;

/** One backup task: DSM's three words, its last run, and what it is doing. It moves only in `change`. It runs
 * by the true time; the times it keeps of its last run are what the NAS believed they were. */
export class BackupTask {
	name: string;

	state: string;

	status = 'none';

	result: Result;

	error = '';

	errorCode = 4401;

	isModified = false;

	lastStart: number | null = null;

	lastEnd: number | null = null;

	lastSuccess: number | null = null;

	version = 0;

	runs = 0;

	schedule?: Schedule;

	nextAt: number | null = null;

	/** Set by tests: fields of the answer that are to be different, or (undefined) left out. */
	readonly overrides: Record<string, unknown> = {};

	/** A start was accepted and has not begun. */
	accepted = false;

	private transitions: Transition[] = [];

	private startedAt = 0;

	private doneBefore = 0;

	private outcome: Outcome = { result: 'done' };

	private readonly outcomes: Array<Outcome | Outcome['result']>;

	private now: number;

	constructor(
		readonly spec: TaskSpec,
		private readonly nas: Surroundings,
		now: number,
	) {
		this.name = spec.name;
		this.state = spec.state ?? 'backupable';
		this.outcomes = [...(spec.nextOutcomes ?? [])];
		this.now = now;
		const last =
			spec.lastRun === undefined
				? { result: 'done' as Result, endedAt: now - 86_400_000 }
				: spec.lastRun;
		this.result = last === null ? 'none' : last.result === 'done' ? this.good : last.result;
		if (last !== null) {
			this.lastEnd = last.endedAt;
			this.lastStart = last.endedAt - (last.durationSeconds ?? this.duration) * MS;
			this.lastSuccess = last.successAt ?? (last.result === 'done' ? last.endedAt : null);
			this.version = last.version ?? (this.lastSuccess === null ? 0 : 1);
			this.errorCode = last.errorCode ?? 4401;
			this.error = last.error ?? '';
		}
		this.setSchedule(spec.schedule, now);
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

	/** LUN tasks say `success` where the others say `done`. */
	private get good(): Result {
		return this.isLun ? 'success' : 'done';
	}

	private get duration(): number {
		return this.outcome?.durationSeconds ?? this.spec.durationSeconds ?? 600;
	}

	get elapsed(): number {
		return this.doneBefore + (this.now - this.startedAt) / MS;
	}

	get progress(): Progress | undefined {
		return this.running ? progressOf(this.spec, this.elapsed, this.duration) : undefined;
	}

	get canSuspend(): boolean {
		return this.status === 'backup' && stepAt(this.elapsed, this.duration).name === 'data_backup';
	}

	/** The next thing this task does by itself, or undefined. */
	get nextChange(): number | undefined {
		const times = this.transitions.map(({ at }) => at);
		if (this.nextAt !== null) times.push(this.nas.wall.true(this.nextAt));
		return times.length === 0 ? undefined : Math.min(...times);
	}

	/** Carries out the one change due at `at`. */
	change(at: number): void {
		this.now = at;
		const index = this.transitions.findIndex((transition) => transition.at <= at);
		if (index >= 0) {
			const [due] = this.transitions.splice(index, 1);
			due!.apply(at);
		} else if (this.nextAt !== null && this.nas.wall.true(this.nextAt) <= at) {
			this.nextAt = nextScheduled(this.schedule!, this.nas.wall, this.nas.wall.believed(at));
			if (this.status === 'none' && this.state === 'backupable' && this.result !== 'suspend')
				this.accept(at);
		}
	}

	settleTo(now: number): void {
		this.now = now;
	}

	setSchedule(schedule: Schedule | undefined, now = this.now): void {
		this.schedule = schedule;
		this.nextAt =
			schedule && schedule.enabled !== false
				? nextScheduled(schedule, this.nas.wall, this.nas.wall.believed(now))
				: null;
	}

	willEnd(...outcomes: Array<Outcome | Outcome['result']>): void {
		this.outcomes.push(...outcomes);
	}

	/** A start was accepted: it begins after the task's delay, or waits for its turn. */
	accept(at = this.now): void {
		if (this.accepted) return;
		this.accepted = true;
		this.after(at, this.spec.startDelaySeconds ?? 0, (then) => {
			if (this.nas.hasRoom()) {
				this.begin(then);
			} else {
				this.status = 'waiting';
				this.nas.note({ kind: 'queued', taskId: this.id }, then);
			}
		});
	}

	begin(at: number): void {
		this.accepted = false;
		const next = this.outcomes.shift() ?? 'done';
		this.outcome = typeof next === 'string' ? { result: next } : next;
		this.runs++;
		this.doneBefore = 0;
		this.go(at, 'backingup', 'started');
	}

	resume(at = this.now): void {
		this.go(at, 'resuming', 'resumed');
	}

	private go(at: number, result: Result, kind: Truth['kind']): void {
		this.startedAt = at;
		this.now = at;
		this.status = 'backup';
		this.result = result;
		this.nas.note({ kind, taskId: this.id, run: this.runs }, at);
		if (this.outcome.result !== 'hang')
			this.after(at, this.duration - this.doneBefore, (then) => this.finish(this.outcome, then));
	}

	/** Ends the run under way. */
	finish(outcome: Outcome | Outcome['result'] = 'done', at = this.now): void {
		const {
			result,
			error = '',
			errorCode,
		} = typeof outcome === 'string' ? ({ result: outcome } as Outcome) : outcome;
		this.transitions = [];
		this.ended(at);
		this.result = result === 'done' ? this.good : result;
		this.error = result === 'done' ? '' : error;
		this.errorCode = result === 'done' ? 4401 : (errorCode ?? 4401);
		if (result === 'done') {
			this.lastSuccess = this.nas.wall.believed(at);
			this.version++;
		}
		this.isModified = false;
		this.nas.note({ kind: 'finished', taskId: this.id, run: this.runs, result: this.result }, at);
		const rotation = this.spec.rotationSeconds ?? 0;
		if (result === 'done' && rotation > 0) {
			this.status = 'preparing_version_delete';
			this.after(at, rotation / 10, () => (this.status = 'version_deleting'));
			this.after(at, rotation, () => (this.status = 'none'));
		}
		this.nas.ended(at);
	}

	/** Every end, good or bad, refreshes the times of the last run. */
	private ended(at: number): void {
		this.status = 'none';
		this.lastStart = this.nas.wall.believed(this.startedAt);
		this.lastEnd = this.nas.wall.believed(at);
	}

	cancel(at = this.now): void {
		this.status = 'canceling';
		this.transitions = [];
		this.after(at, this.spec.cancelSeconds ?? 0, (then) => {
			this.ended(then);
			this.result = 'cancel';
			this.nas.note({ kind: 'canceled', taskId: this.id, run: this.runs }, then);
			this.nas.ended(then);
		});
	}

	suspend(at = this.now): void {
		this.doneBefore = this.elapsed;
		this.transitions = [];
		this.ended(at);
		this.result = 'suspend';
		this.nas.note({ kind: 'suspended', taskId: this.id, run: this.runs }, at);
		this.nas.ended(at);
	}

	discard(at = this.now): void {
		this.result = 'discard';
		this.nas.note({ kind: 'discarded', taskId: this.id, run: this.runs }, at);
	}

	/** What resume and discard do to a task that is not suspended: they answer success, and leave this behind. */
	markFailed(at = this.now): void {
		this.result = 'failed';
		this.nas.note({ kind: 'markedFailed', taskId: this.id }, at);
	}

	integrityCheck(seconds = 60, result: 'passed' | 'damaged' = 'passed', at = this.now): void {
		this.status = 'detect';
		this.nas.note({ kind: 'checkStarted', taskId: this.id }, at);
		this.after(at, seconds, (then) => {
			this.status = 'none';
			if (result === 'damaged') {
				this.state = 'broken';
				this.errorCode = 4467;
			}
			this.nas.note({ kind: 'checkFinished', taskId: this.id, result }, then);
		});
	}

	setState(state: string): void {
		this.state = state;
		this.nas.note({ kind: 'stateChanged', taskId: this.id, state }, this.now);
	}

	breakDestination(): void {
		this.errorCode = 4467;
		this.error = 'SYNO.SDS.Backup.Application:error:status_target_broken';
		this.setState('restore_only');
	}

	rename(name: string): void {
		this.name = name;
		this.isModified = true;
		this.nas.note({ kind: 'taskRenamed', taskId: this.id }, this.now);
	}

	private after(at: number, seconds: number, apply: (at: number) => void): void {
		if (seconds <= 0) apply(at);
		else this.transitions.push({ at: at + seconds * MS, apply });
		this.transitions.sort((a, b) => a.at - b.at);
	}
}
