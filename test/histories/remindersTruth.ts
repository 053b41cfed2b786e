import type { Nas } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import { SavedMap } from './SavedMap';
import type { Verdict } from './truth';

const HOUR = 3_600_000;
const REMINDED = ['backupOverdue', 'backupNeverRan', 'destinationProblem'];

interface Lasting {
	/** When it was reported last, or when it could have been. */
	at: number;
	/** It may have been over in between, as far as the NAS's words show. */
	unsure: boolean;
}

/**
 * Reminders by what was reported: each so many hours after the first report, for as long as its end
 * has not been reported, and in no other poll.
 */
export class RemindersTruth {
	readonly memory = new SavedMap<Lasting>();

	constructor(
		private readonly nas: Nas,
		private readonly verdict: Verdict,
		private readonly hours: number,
	) {}

	/** `reminded`: events by task ID that came as a reminder. */
	poll(
		tasks: Map<string, BackupTask>,
		events: Map<string, string[]>,
		reminded: Map<string, string[]>,
	): void {
		const known = [...this.memory.keys()].map((key) => key.slice(key.indexOf(' ') + 1));
		for (const id of new Set([...tasks.keys(), ...events.keys(), ...reminded.keys(), ...known])) {
			for (const event of REMINDED) {
				const came = (reminded.get(id) ?? []).filter((one) => one === event).length;
				this.judge(id, event, tasks.get(id), events.get(id) ?? [], came);
			}
		}
	}

	private judge(
		id: string,
		event: string,
		task: BackupTask | undefined,
		reported: string[],
		came: number,
	): void {
		const key = `${event} ${id}`;
		const what = `task ${id}: reminder of ${event}`;
		const now = this.nas.clock.now();
		if (came > 1) this.verdict.repeated.push(what);
		// One that is reported as new has begun afresh, whatever was known of it.
		const over = [`${event}Ended`, 'taskRemoved', 'taskAdded'];
		if (over.some((one) => reported.includes(one))) this.memory.delete(key);
		if (reported.includes(event)) {
			if (came > 0) this.verdict.repeated.push(`${what} beside the event itself`);
			this.memory.set(key, { at: now, unsure: false });
			return;
		}
		this.followDestination(key, event, task, now);
		const known = this.memory.get(key);
		if (!known) {
			if (came > 0) this.verdict.invented.push(what);
			return;
		}
		const times = Math.floor((now - known.at) / (this.hours * HOUR));
		if (came > 0 && (times < 1 || task === undefined)) this.verdict.invented.push(`${what} early`);
		if (came === 0 && times >= 1 && task && !known.unsure) this.verdict.lost.push(what);
		if (times >= 1 && task) known.at += times * this.hours * HOUR;
	}

	/** Nothing reports its end, and one that was there at the first poll is not reported. */
	private followDestination(
		key: string,
		event: string,
		task: BackupTask | undefined,
		now: number,
	): void {
		if (event !== 'destinationProblem' || !task) return;
		const documented = this.nas.options.dialect === 'documented';
		const bad = task.state !== 'backupable';
		const plain = !documented && task.status === 'none' && !task.accepted;
		const known = this.memory.get(key);
		if (plain && !bad) this.memory.delete(key);
		else if (plain && !known) this.memory.set(key, { at: now, unsure: true });
		else if (!plain && known) known.unsure = true;
	}
}
