import type { IDataObject } from 'n8n-workflow';
import type { Nas } from '../../simulator';

/** What the guarantee in docs/trigger.md makes of the NAS's own log: what has to be told at a fetchTasks, and what may be. */

const OUTCOMES: Record<string, string> = {
	done: 'backupSucceeded',
	success: 'backupSucceeded',
	partial: 'backupPartial',
	failed: 'backupFailed',
	dest_missing: 'backupFailed',
	canceled: 'backupCanceled',
	discarded: 'backupCanceled',
	suspended: 'backupSuspended',
};
const ENDS = [...new Set(Object.values(OUTCOMES)), 'backupOutcomeUnknown'];
const BEGINS = ['backupStarted', 'backupResumed'];

/** How much of the log a memory of n8n's covers, and what it shows of each task. */
interface Covered {
	history: number;
	/** What a look shows of the last run: two runs that show the same cannot be told apart. */
	shown: Record<string, string>;
	names: Record<string, string>;
}

export interface Verdict {
	lost: string[];
	repeated: string[];
	invented: string[];
}

export class Truth {
	private memory?: Covered;

	private saved?: Covered;

	readonly verdict: Verdict = { lost: [], repeated: [], invented: [] };

	constructor(private readonly nas: Nas) {}

	/** n8n was killed: it knows what it had saved. */
	restart(): void {
		this.memory = this.saved;
	}

	save(): void {
		this.saved = this.memory;
	}

	private now(): Covered {
		const shown: Record<string, string> = {};
		const names: Record<string, string> = {};
		for (const task of this.nas.tasks) {
			const row = this.nas.shownRow(task.id);
			// While a run is going DSM shows the times of the one before and no result.
			shown[String(task.id)] =
				`${String(row.last_bkp_time ?? '')}|${String(row.last_bkp_end_time ?? '')}|${task.running ? '...' : task.result}`;
			names[String(task.id)] = task.name;
		}
		return { history: this.nas.history.length, shown, names };
	}

	/** A look that succeeded told `items`. */
	fetchTasks(items: IDataObject[]): void {
		const before = this.memory;
		const now = this.now();
		this.memory = now;
		if (items.length > 0) this.saved = now;
		if (before === undefined) {
			for (const item of items)
				this.verdict.invented.push(`at the first look: ${String(item.event)}`);
			return;
		}
		const past = this.nas.history.slice(before.history);
		for (const id of new Set([...Object.keys(before.names), ...Object.keys(now.names)])) {
			const mine = items
				.filter(({ task, previous }) => ((task ?? previous) as IDataObject | null)?.task_id === id)
				.map(({ event }) => String(event));
			if (!(id in before.names)) this.only(id, mine, ['taskAdded']);
			else if (!(id in now.names)) this.only(id, mine, ['taskRemoved']);
			else
				this.judge(
					id,
					mine,
					past.filter(({ taskId }) => String(taskId) === id),
					before,
					now,
				);
		}
	}

	private only(id: string, told: string[], expected: string[]): void {
		for (const event of told)
			if (!expected.includes(event)) this.verdict.invented.push(`task ${id}: ${event}`);
		for (const event of expected)
			if (!told.includes(event)) this.verdict.lost.push(`task ${id}: ${event}`);
	}

	private judge(
		id: string,
		told: string[],
		past: Nas['history'],
		before: Covered,
		now: Covered,
	): void {
		const ends = past.flatMap(({ kind, result }) => {
			const word = kind === 'finished' ? result! : kind;
			return Object.prototype.hasOwnProperty.call(OUTCOMES, word) ? [OUTCOMES[word]!] : [];
		});
		const last = ends[ends.length - 1];
		const toldEnds = told.filter((event) => ENDS.includes(event));
		const running = this.nas.tasks.find((task) => String(task.id) === id)!.running;
		if (toldEnds.length > 1) this.verdict.repeated.push(`task ${id}: ${toldEnds.join(', ')}`);
		if (last === undefined) {
			for (const event of toldEnds)
				this.verdict[this.toldBefore(id, past) ? 'repeated' : 'invented'].push(
					`task ${id}: ${event}, and no run ended`,
				);
		} else if (toldEnds.length === 0) {
			// A suspended run that was thrown away shows nowhere once the next one is under way.
			const hidden =
				running && past.every(({ kind }) => !['finished', 'canceled', 'suspended'].includes(kind));
			if (before.shown[id] !== now.shown[id] && !hidden)
				this.verdict.lost.push(`task ${id}: ${last} (${before.shown[id]} -> ${now.shown[id]})`);
		} else if (!(toldEnds[0] === last || (toldEnds[0] === 'backupOutcomeUnknown' && running))) {
			this.verdict.invented.push(`task ${id}: ${toldEnds[0]} for ${last}`);
		}
		const begun = past.filter(({ kind }) => kind === 'started' || kind === 'resumed').length;
		const toldBegun = told.filter((event) => BEGINS.includes(event)).length;
		if (toldBegun > begun) this.verdict.invented.push(`task ${id}: ${toldBegun} begun of ${begun}`);
		const renamed = before.names[id] !== now.names[id];
		if (told.includes('taskRenamed') !== renamed)
			this.verdict[renamed ? 'lost' : 'invented'].push(`task ${id}: taskRenamed`);
		if (told.includes('taskAdded') || told.includes('taskRemoved'))
			this.verdict.invented.push(`task ${id}: ${told.join()}`);
		for (const [event, kind] of [
			['integrityCheckStarted', 'checkStarted'],
			['integrityCheckPassed', 'checkFinished'],
		] as const) {
			if (told.includes(event) && !past.some((one) => one.kind === kind))
				this.verdict.invented.push(`task ${id}: ${event}`);
		}
		const once = told.filter((event) => !BEGINS.includes(event));
		if (new Set(once).size < once.length) this.verdict.repeated.push(`task ${id}: ${told.join()}`);
	}

	private toldBefore(id: string, past: Nas['history']): boolean {
		return (
			past.length < this.nas.history.length &&
			this.nas.history.some(({ taskId }) => String(taskId) === id)
		);
	}
}
