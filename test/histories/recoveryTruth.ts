import type { Nas } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import type { Interference } from './interference';
import { SavedMap } from './SavedMap';
import type { PollContext, Verdict } from './truth';

const BAD_EVENTS = ['backupFailed', 'backupPartial', 'backupCanceled', 'backupOutcomeUnknown'];
const BAD_WORDS = ['partial', 'failed', 'dest_missing', 'canceled', 'cancel', 'discard'];
const GOOD_WORDS = ['done', 'success'];

/** Whether a bad run, or an overdue backup, waits for its recovery. */
type Waiting = 'yes' | 'no' | 'maybe';

interface Known {
	name: string;
	bad: Waiting;
	overdue: boolean;
	/** Times of the last run, as the last poll showed them. */
	shown: string;
}

/**
 * *Backup Recovered* by what else was reported: once after each success that follows something bad.
 */
export class RecoveryTruth {
	readonly memory = new SavedMap<Known>();

	constructor(
		private readonly nas: Nas,
		private readonly interference: Interference,
		private readonly verdict: Verdict,
	) {}

	poll(tasks: Map<string, BackupTask>, events: Map<string, string[]>, context: PollContext): void {
		for (const id of new Set([...this.memory.keys(), ...tasks.keys(), ...events.keys()])) {
			const reported = events.get(id) ?? [];
			const task = tasks.get(id);
			const gone = reported.includes('taskRemoved') || (context.baseline && !task);
			if (gone) this.memory.delete(id);
			const known = this.memory.get(id);
			if (task === undefined) {
				if (reported.includes('backupRecovered')) this.verdict.invented.push(`${id}: recovered`);
			} else if (known === undefined || reported.includes('taskAdded')) {
				this.meet(id, task, reported);
			} else if (context.baseline) this.judgeBaseline(id, task, reported, known, context);
			else this.judge(id, task, reported, known);
		}
	}

	private timesOf(task: BackupTask): string {
		const row = this.nas.shownRow(task.id);
		return `${String(row.last_bkp_time ?? '')}|${String(row.last_bkp_end_time ?? '')}`;
	}

	/** Whether everything about its last run shows. */
	private isPlain(task: BackupTask): boolean {
		const documented = this.nas.options.dialect === 'documented';
		const idle = task.status === 'none' && !task.accepted;
		return !documented && idle && !this.interference.isHidden(task.id);
	}

	private meet(id: string, task: BackupTask, reported: string[]): void {
		if (reported.includes('backupRecovered')) this.verdict.invented.push(`${id}: recovered`);
		const shownBad = BAD_WORDS.includes(task.result) ? 'yes' : 'no';
		this.memory.set(id, {
			name: task.name,
			bad: this.isPlain(task) ? shownBad : 'maybe',
			overdue: reported.includes('backupOverdue'),
			shown: this.timesOf(task),
		});
	}

	private judge(id: string, task: BackupTask, reported: string[], known: Known): void {
		const overdueBefore = known.overdue;
		let { bad, overdue } = known;
		for (const [index, event] of reported.entries()) {
			if (BAD_EVENTS.includes(event)) bad = 'yes';
			if (event === 'backupRecovered' && reported[index - 1] !== 'backupSucceeded') {
				this.verdict.invented.push(`${id}: recovered without a success`);
			}
			if (event !== 'backupSucceeded') continue;
			const recovered = reported[index + 1] === 'backupRecovered';
			const due = bad === 'yes' || overdue;
			if (recovered && bad === 'no' && !due) this.verdict.repeated.push(`${id}: recovered`);
			if (!recovered && due) this.verdict.lost.push(`${id}: recovered`);
			bad = 'no';
			overdue = false;
		}
		this.keep(id, task, reported, { bad, overdue: overdueBefore });
	}

	private keep(
		id: string,
		task: BackupTask,
		reported: string[],
		{ bad, overdue }: Pick<Known, 'bad' | 'overdue'>,
	): void {
		const begun = reported.includes('backupOverdue');
		const ended = reported.includes('backupOverdueEnded');
		this.memory.set(id, {
			name: task.name,
			bad,
			overdue: begun || (overdue && !ended),
			shown: this.timesOf(task),
		});
	}

	/** The same task as before an activation, which may show a success that nobody has reported. */
	private judgeBaseline(
		id: string,
		task: BackupTask,
		reported: string[],
		known: Known,
		{ meddled }: PollContext,
	): void {
		if (known.name !== task.name) return this.meet(id, task, reported);
		const recovered = reported.filter((event) => event === 'backupRecovered').length;
		const { bad, overdue, shown } = known;
		if (recovered > 1 || (recovered > 0 && bad === 'no' && !overdue)) {
			this.verdict.repeated.push(`${id}: recovered at a baseline`);
		}
		const another = !task.isLun && shown !== this.timesOf(task);
		const plain = this.isPlain(task) && another && !meddled;
		const sameLength = shown.length === this.timesOf(task).length;
		const must = plain && sameLength && GOOD_WORDS.includes(task.result);
		if (must && recovered === 0 && (bad === 'yes' || overdue)) {
			this.verdict.lost.push(`${id}: recovered at a baseline`);
		}
		const unsure = BAD_WORDS.includes(task.result) || !this.isPlain(task) ? 'maybe' : 'no';
		const kept = bad === 'no' ? unsure : bad;
		this.keep(id, task, reported, { bad: recovered > 0 ? 'no' : kept, overdue });
	}
}
