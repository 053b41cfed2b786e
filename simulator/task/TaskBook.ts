import { EventLog } from '../past/EventLog';
import { writePast } from '../past/writePast';
import { BackupTask } from './BackupTask';
import type { Surroundings } from './TaskFacts';
import type { NasOptions, TaskSpec, Truth } from '../types';
import type { WallText } from '../wallText';

export interface DownloadJob {
	/** Made by the client. */
	id: string;
	name: string;
	size: number;
}

/** All tasks of one NAS, moved through time in the order in which things happen. */
export class TaskBook {
	readonly tasks: BackupTask[] = [];

	/** What really happened. */
	readonly history: Truth[] = [];

	readonly log = new EventLog();

	/** Files are being copied back until then. */
	restoringUntil = -Infinity;

	/** Where copied and restored files have landed. */
	readonly copied = new Set<string>();

	/** Downloads under way. */
	readonly downloadJobs: DownloadJob[] = [];

	/** Polls that get an empty list although there are tasks. */
	emptyPolls = 0;

	private readonly surroundings: Surroundings;

	constructor(
		private readonly wall: WallText,
		options: NasOptions,
		public now: number,
	) {
		this.surroundings = {
			wall,
			options,
			log: this.log,
			note: (truth, at) => this.note(truth, at),
			hasRoom: () =>
				this.tasks.filter(({ running }) => running).length < (options.parallel ?? Infinity),
			ended: (at) => this.nextInQueue(at),
			gone: (id, at) => this.removeAt(this.find(id), at),
		};
		for (const spec of options.tasks ?? []) {
			const task = new BackupTask(spec, this.surroundings, now);
			this.tasks.push(task);
			writePast(task, this.log);
		}
		this.log.rows.sort((a, b) => a.at - b.at);
	}

	private note(truth: Omit<Truth, 'at'>, at: number): void {
		this.history.push({ at, ...withoutUndefined({ ...truth, figures: undefined }) });
		const task = truth.taskId === undefined ? undefined : this.find(truth.taskId);
		if (task) this.log.record(truth, task, this.wall.believed(at), task.user);
	}

	/** Lets everything happen that is due by `now`, the true time. */
	settle(now: number): void {
		for (let steps = 0; steps < 100_000; steps++) {
			const due = this.tasks
				.map((task) => ({ task, at: task.nextChange }))
				.filter(
					(change): change is { task: BackupTask; at: number } =>
						change.at !== undefined && change.at <= now,
				)
				.sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			due.task.change(due.at);
		}
		this.now = now;
		for (const task of this.tasks) task.settleTo(now);
	}

	find(id: number | string): BackupTask | undefined {
		return this.tasks.find((task) => task.id === id);
	}

	findByName(name: string): BackupTask | undefined {
		return this.tasks.find((task) => task.name === name);
	}

	add(spec: TaskSpec): BackupTask {
		const task = new BackupTask(spec, this.surroundings, this.now);
		this.tasks.push(task);
		this.surroundings.note({ kind: 'taskAdded', taskId: task.id }, this.now);
		return task;
	}

	remove(task: BackupTask): void {
		this.removeAt(task, this.now);
	}

	private removeAt(task: BackupTask | undefined, at: number): void {
		const index = this.tasks.findIndex((one) => one === task);
		if (index < 0) return;
		this.surroundings.note({ kind: 'taskRemoved', taskId: this.tasks[index]!.id }, at);
		this.tasks.splice(index, 1);
	}

	/**
	 * An administrator links a task to its destination anew: name and target stay, the number is
	 * another.
	 */
	relink(task: BackupTask, id = this.freeId()): BackupTask {
		const { result, lastEnd, lastStart, lastSuccess, version } = task;
		const lastRun =
			lastEnd === null
				? null
				: {
						result,
						endedAt: lastEnd,
						durationSeconds: (lastEnd - (lastStart ?? lastEnd)) / 1000,
						successAt: lastSuccess ?? undefined,
						version,
					};
		const versions = [...task.versions.list];
		const spec = { ...task.spec, id, name: task.name, state: 'backupable', lastRun, versions };
		const relinked = new BackupTask(spec, this.surroundings, this.now);
		this.tasks.splice(this.tasks.indexOf(task), 1, relinked);
		this.surroundings.note({ kind: 'taskRelinked', taskId: id, previousTaskId: task.id }, this.now);
		return relinked;
	}

	freeId(): number {
		const numbers = this.tasks.map(({ id }) => (typeof id === 'number' ? id : 0));
		return Math.max(0, ...numbers) + 1;
	}

	/** The tasks that this poll of the list shows. */
	listed(): BackupTask[] {
		const wholeListIsEmpty = this.emptyPolls > 0;
		if (wholeListIsEmpty) this.emptyPolls--;
		return this.tasks.filter((task) => {
			if (task.hiddenPolls === 0) return !wholeListIsEmpty;
			task.hiddenPolls--;
			return false;
		});
	}

	/** A NAS that goes down takes its runs with it: DSM suspends what can be resumed. */
	interruptAll(at: number): void {
		this.surroundings.note({ kind: 'rebooted' }, at);
		for (const task of this.tasks) if (task.running) task.interrupt(at);
	}

	private nextInQueue(at: number): void {
		const waiting = this.tasks.find(({ status }) => status === 'waiting');
		if (waiting && this.surroundings.hasRoom()) waiting.begin(at);
	}
}

/** What a truth does not say is not there: histories are compared with `toEqual` and printed. */
function withoutUndefined<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
