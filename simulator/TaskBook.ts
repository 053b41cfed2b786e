import { BackupTask, type Surroundings } from './BackupTask';
import type { TaskSpec, Truth } from './types';
import type { WallText } from './wallText';

/** All tasks of one NAS, moved through time in the order in which things happen. */
export class TaskBook {
	readonly tasks: BackupTask[] = [];

	/** What really happened. */
	readonly history: Truth[] = [];

	private readonly surroundings: Surroundings;

	constructor(
		wall: WallText,
		specs: TaskSpec[],
		private readonly parallel: number,
		private now: number,
	) {
		this.surroundings = {
			wall,
			note: (truth, at) => this.history.push({ at, ...truth }),
			hasRoom: () => this.tasks.filter(({ running }) => running).length < this.parallel,
			ended: (at) => this.nextInQueue(at),
		};
		for (const spec of specs) this.tasks.push(new BackupTask(spec, this.surroundings, now));
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
		this.tasks.splice(this.tasks.indexOf(task), 1);
		this.surroundings.note({ kind: 'taskRemoved', taskId: task.id }, this.now);
	}

	/** A NAS that goes down takes its runs with it: DSM suspends what can be resumed. */
	interruptAll(at: number): void {
		this.surroundings.note({ kind: 'rebooted' }, at);
		for (const task of this.tasks) if (task.running) task.suspend(at);
	}

	private nextInQueue(at: number): void {
		const waiting = this.tasks.find(({ status }) => status === 'waiting');
		if (waiting && this.surroundings.hasRoom()) waiting.begin(at);
	}
}
