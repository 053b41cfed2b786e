import type { Outcome, Result, Schedule, TaskSpec, Truth } from '../types';
import { pastVersions, VersionBook, type VersionRecord } from '../past/versions';
import type { CheckEnd } from './checkEnd';
import { EndTimes } from './EndTimes';
import { cancelCheck, startCheck } from './integrityCheck';
import { lastGoodVersion, readPast } from './readPast';
import { progressOf, stepAt, type Progress } from './progress';
import { rotate, type Rotation } from './rotation';
import { nextScheduled } from './schedule';
import { NO_ERROR, TaskFacts, type Surroundings } from './TaskFacts';

const MS = 1000;
const ROTATION_SECONDS = 120;

/**
 * One backup task in time. It moves only in `change`. It runs by the true time; the times it keeps
 * of its last run
 * are what the NAS believed they were.
 */
export class BackupTask extends TaskFacts {
	readonly versions: VersionBook;

	runs = 0;

	schedule?: Schedule;

	nextAt: number | null = null;

	/** A start was accepted and has not begun. */
	accepted = false;

	private readonly times = new EndTimes(this);

	private doneBefore = 0;

	/** The version that the run under way, or suspended, is writing. */
	private writing?: VersionRecord;

	private outcome: Outcome = { result: 'done' };

	private readonly outcomes: Array<Outcome | Outcome['result']>;

	constructor(spec: TaskSpec, nas: Surroundings, now: number) {
		super(spec, nas, now);
		this.outcomes = [...(spec.nextOutcomes ?? [])];
		readPast(this, this.duration, now);
		const last = lastGoodVersion(this, this.duration);
		this.versions = new VersionBook(spec, pastVersions(spec, last));
		this.setSchedule(spec.schedule, now);
	}

	private get duration(): number {
		return this.outcome?.durationSeconds ?? this.spec.durationSeconds ?? 600;
	}

	get elapsed(): number {
		return this.doneBefore + (this.now - this.times.startedAt) / MS;
	}

	get progress(): Progress | undefined {
		return this.running ? progressOf(this.spec, this.elapsed, this.duration) : undefined;
	}

	get canSuspend(): boolean {
		return this.status === 'backup' && stepAt(this.elapsed, this.duration).name === 'data_backup';
	}

	/** The next thing this task does by itself, or undefined. */
	get nextChange(): number | undefined {
		const times = this.timeline.next === undefined ? [] : [this.timeline.next];
		if (this.nextAt !== null) times.push(this.nas.wall.true(this.nextAt));
		return times.length === 0 ? undefined : Math.min(...times);
	}

	/** Carries out the one change due at `at`. */
	change(at: number): void {
		this.now = at;
		if (this.timeline.applyDue(at)) return;
		if (this.nextAt === null || this.nas.wall.true(this.nextAt) > at) return;
		this.nextAt = nextScheduled(this.schedule!, this.nas.wall, this.nas.wall.believed(at));
		if (this.status !== 'none' || this.state !== 'backupable' || this.result === 'suspend') return;
		this.user = undefined;
		this.accept(at);
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
		if (this.checking && this.nas.options.backupDuringCheck === 'queue') return;
		this.timeline.after(at, this.spec.startDelaySeconds ?? 0, (then) => {
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
		this.writing = this.versions.open(this.nas.wall.believed(at), this.version);
		this.go(at, 'backingup', 'started');
	}

	resume(at = this.now): void {
		this.writing ??= this.versions.open(this.nas.wall.believed(at), this.version);
		this.go(at, 'resuming', 'resumed');
	}

	private go(at: number, result: Result, kind: Truth['kind']): void {
		this.times.begin(at);
		this.timeline.clear();
		this.now = at;
		this.status = 'backup';
		this.result = result;
		this.nas.note({ kind, taskId: this.id, run: this.runs }, at);
		if (this.outcome.result === 'hang') return;
		const left = this.duration - this.doneBefore;
		const early = this.times.headStart;
		if (early > 0) this.timeline.after(at, left, (then) => this.times.write(then));
		this.timeline.after(at, left + early, (then) => this.finish(this.outcome, then));
	}

	/** Ends the run under way. */
	finish(outcome: Outcome | Outcome['result'] = 'done', at = this.now): void {
		const end: Outcome = typeof outcome === 'string' ? { result: outcome } : outcome;
		const good = end.result === 'done';
		this.stop(good ? this.good : end.result, at);
		this.error = good ? '' : (end.error ?? '');
		this.errorCode = good ? NO_ERROR : (end.errorCode ?? NO_ERROR);
		Object.assign(this.writing?.figures ?? {}, end.figures);
		const figures = this.spec.files === undefined ? undefined : this.writing?.figures;
		const id = this.closeVersion(good || end.result === 'partial' ? 'success' : 'fail', at);
		if (good) {
			this.lastSuccess = this.nas.wall.believed(at);
			this.version = id;
		}
		this.isModified = false;
		const { skipped, reason } = end;
		this.note('finished', at, { result: this.result, skipped, reason, figures });
		const rotation = this.spec.rotationSeconds ?? 0;
		if (good && rotation > 0) rotate(this, at, rotation, end.rotation ?? 'done');
		this.nas.ended(at);
	}

	private stop(result: Result, at: number): void {
		this.timeline.clear();
		this.status = 'none';
		this.result = result;
		this.times.end(at);
	}

	/** Gives the version's number. */
	private closeVersion(status: 'success' | 'cancel' | 'fail', at: number): number {
		const version = this.writing ?? this.versions.open(this.nas.wall.believed(at), this.version);
		const { canceledCompleteTime, failedVersion } = this.nas.options.unknowns ?? {};
		const unfinished =
			status === 'fail' || (status === 'cancel' && canceledCompleteTime !== 'time');
		this.versions.close(version, status, unfinished ? null : this.nas.wall.believed(at));
		if (status === 'fail' && failedVersion === 'none') this.versions.drop(version);
		this.writing = undefined;
		return version.id;
	}

	cancel(at = this.now): void {
		this.status = 'canceling';
		this.timeline.clear();
		this.timeline.after(at, this.spec.cancelSeconds ?? 0, (then) => this.end('cancel', then));
	}

	suspend(at = this.now): void {
		this.doneBefore = this.elapsed;
		this.end('suspend', at);
	}

	/**
	 * A connection drops or the NAS goes down: DSM suspends the run if the task can resume, and
	 * cancels it if not.
	 */
	interrupt(at = this.now): void {
		if (this.spec.resumable === false) this.end('cancel', at);
		else this.suspend(at);
	}

	private end(result: 'cancel' | 'suspend', at: number): void {
		this.stop(result, at);
		if (result === 'cancel') this.closeVersion('cancel', at);
		this.note(result === 'cancel' ? 'canceled' : 'suspended', at);
		this.nas.ended(at);
	}

	/**
	 * The run dies without a word: `status` goes back to `none` and nothing else changes, until DSM
	 * notices.
	 */
	die({ failedAfterSeconds }: { failedAfterSeconds?: number } = {}, at = this.now): void {
		this.timeline.clear();
		this.status = 'none';
		this.note('died', at);
		this.nas.ended(at);
		if (failedAfterSeconds === undefined) return;
		this.timeline.after(at, failedAfterSeconds, (then) => {
			this.result = 'failed';
			this.times.write(at);
			this.closeVersion('fail', then);
			this.note('finished', then, { result: 'failed' });
		});
	}

	discard(at = this.now): void {
		this.result = 'discard';
		if (this.writing) this.versions.drop(this.writing);
		this.writing = undefined;
		this.note('discarded', at);
	}

	/**
	 * What resume and discard do to a task that is not suspended: they succeed, and leave this
	 * behind.
	 */
	markFailed(at = this.now): void {
		this.result = 'failed';
		this.nas.note({ kind: 'markedFailed', taskId: this.id }, at);
	}

	/** Old versions are deleted without a run, as a user or a changed rule may want it. */
	rotate({ seconds, end = 'done' }: Rotation = {}, at = this.now): void {
		rotate(this, at, seconds ?? (this.spec.rotationSeconds || ROTATION_SECONDS), end);
	}

	integrityCheck(seconds = 60, end: CheckEnd = 'passed', at = this.now): void {
		startCheck(this, at, seconds, end, (then) => {
			if (!this.accepted) return;
			this.accepted = false;
			this.accept(then);
		});
	}

	cancelCheck(at = this.now): boolean {
		return cancelCheck(this, at);
	}

	/** The task is being deleted and then leaves the list. */
	delete(seconds = this.spec.deleteSeconds ?? 0, at = this.now): void {
		this.timeline.clear();
		this.status = 'deleting';
		if (this.nas.options.rotationResult === 'word') this.result = 'deleting';
		this.timeline.after(at, seconds, (then) => this.nas.gone(this.id, then));
	}

	private note(kind: Truth['kind'], at: number, more: Partial<Truth> = {}): void {
		this.nas.note({ kind, taskId: this.id, run: this.runs, ...more }, at);
	}
}
