import { BackupTask } from './BackupTask';
import type { Surroundings } from './TaskFacts';
import type { NasOptions, TaskSpec, Truth } from '../types';
import type { WallText } from '../wallText';

/** All tasks of one NAS, moved through time in the order in which things happen. */
export class TaskBook {
	readonly tasks: BackupTask[] = [];

	/** What really happened. */
	readonly history: Truth[] = [];

	/** Polls that get an empty list although there are tasks. */
	emptyPolls = 0;

	private readonly surroundings: Surroundings;

	constructor(
		wall: WallText,
		options: NasOptions,
		private now: number,
	) {
		this.surroundings = {
			wall,
			options,
			note: (truth, at) => this.history.push({ at, ...truth }),
			hasRoom: () =>
				this.tasks.filter(({ running }) => running).length < (options.parallel ?? Infinity),
			ended: (at) => this.nextInQueue(at),
			gone: (id, at) => this.removeAt(this.find(id), at),
		};
		for (const spec of options.tasks ?? [])
			this.tasks.push(new BackupTask(spec, this.surroundings, now));
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
		const [removed] = this.tasks.splice(index, 1);
		this.surroundings.note({ kind: 'taskRemoved', taskId: removed!.id }, at);
	}

	/** An administrator links a task to its destination anew: name and target stay, the number is another. */
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
		const spec = { ...task.spec, id, name: task.name, state: 'backupable', lastRun };
		const relinked = new BackupTask(spec, this.surroundings, this.now);
		this.tasks.splice(this.tasks.indexOf(task), 1, relinked);
		this.surroundings.note({ kind: 'taskRelinked', taskId: id, previousTaskId: task.id }, this.now);
		return relinked;
	}

	private freeId(): number {
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
