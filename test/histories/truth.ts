import type { IDataObject } from 'n8n-workflow';
import type { Nas } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import { ConditionsTruth, LIMITS } from './conditionsTruth';
import { ROTATION, type Interference } from './interference';
import { RecoveryTruth } from './recoveryTruth';
import { RemindersTruth } from './remindersTruth';
import { UnusualTruth } from './unusualTruth';

/**
 * What the guarantee in docs/trigger.md makes of the NAS's own log: what has to be reported by a
 * poll, and what may be.
 */

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

/** Polls in a row without a task after which it counts as deleted. */
const POLLS_KEPT = 3;

/** What n8n's stored state covers of one task. */
interface Covered {
	name: string;
	/** Of the NAS's log. */
	history: number;
	/** What a poll shows of the last run: two runs that show the same cannot be distinguished. */
	shown: string;
	/** Old versions were being deleted. */
	rotating: boolean;
	/** The next scheduled time, as the NAS writes it. */
	next: string;
	/** Events that were reported while the NAS did not show everything: judged once it does. */
	carried: string[];
	missing: number;
	/** The trigger waits a poll for the time of a run that ended. */
	waited?: boolean;
	/**
	 * Recorded while the NAS hid the result of a run: its end may still be reported, as its beginning
	 * was.
	 */
	endIsOpen?: boolean;
	/** A run was under way when the carried events were reported. */
	wasRunning?: boolean;
}

type Memory = Map<string, Covered>;

export interface Verdict {
	lost: string[];
	repeated: string[];
	invented: string[];
}

/** IDs as items have them: a LUN task that is called like a number is in quotes. */
export const idText = (id: number | string): string =>
	typeof id === 'string' && /^\d+$/.test(id) ? `"${id}"` : String(id);

const copy = (memory: Memory | undefined): Memory | undefined =>
	memory && new Map([...memory].map(([id, covered]) => [id, { ...covered }]));

export interface PollContext {
	/** n8n was activated: this poll only records. */
	baseline: boolean;
	/**
	 * A clock or zone was changed in this life: what is measured by the NAS's clock is not judged.
	 */
	meddled: boolean;
}

/**
 * Whether the last run shows otherwise than before. An upgrade of DSM writes the same times with
 * seconds and with the start: then only the minute of the end can differ.
 */
function differs(before: string, now: string): boolean {
	const [startA = '', endA = '', resultA] = before.split('|');
	const [startB = '', endB = '', resultB] = now.split('|');
	if (startA.length === startB.length) return before !== now;
	const minute = (start: string, end: string): string => (end || start).slice(0, 16);
	return resultA !== resultB || minute(startA, endA) !== minute(startB, endB);
}

/**
 * Where DSM shows no start (DSM 6 to 7.1), a second run with the same result cannot be distinguished
 * from the one before whose end was written anew, if its deletion of old versions is over, too.
 */
function looksRewritten(before: Covered, now: Covered): boolean {
	const [start, end, result] = now.shown.split('|');
	const over = before.rotating && !now.rotating && before.next === now.next;
	return over && start === end && result === before.shown.split('|')[2];
}

export class Truth {
	readonly verdict: Verdict = { lost: [], repeated: [], invented: [] };

	readonly conditions: ConditionsTruth;

	private readonly recovery: RecoveryTruth;

	private readonly reminders: RemindersTruth;

	private readonly unusual: UnusualTruth;

	private memory?: Memory;

	private saved?: Memory;

	private wasRunning = false;

	constructor(
		private readonly nas: Nas,
		private readonly interference: Interference,
		overdueHours: number | undefined,
	) {
		this.conditions = new ConditionsTruth(nas, interference, this.verdict, overdueHours);
		this.recovery = new RecoveryTruth(nas, interference, this.verdict);
		this.reminders = new RemindersTruth(nas, this.verdict, LIMITS.remindHours);
		this.unusual = new UnusualTruth(nas, interference, this.verdict);
	}

	/** n8n was killed: it knows what it had saved. */
	restart(): void {
		this.memory = copy(this.saved);
		this.conditions.restart();
		this.recovery.memory.restart();
		this.reminders.memory.restart();
		this.unusual.memory.restart();
	}

	save(): void {
		this.saved = copy(this.memory);
		this.conditions.save();
		this.recovery.memory.save();
		this.reminders.memory.save();
		this.unusual.memory.save();
	}

	/** A poll that reached the NAS reported `items`. */
	poll(items: IDataObject[], context: PollContext): void {
		const shown = this.nas.tasks.filter(({ id }) => !this.interference.isGone(id));
		const events = new Map<string, string[]>();
		const reminded = new Map<string, string[]>();
		const byTask = new Map<string, IDataObject[]>();
		for (const item of items) {
			const { task, previous, event, reminder } = item;
			const id = String(((task ?? previous) as IDataObject | null)?.task_id ?? '');
			const kind = reminder === true ? reminded : events;
			if (id === '') continue;
			kind.set(id, [...(kind.get(id) ?? []), String(event)]);
			if (reminder !== true) byTask.set(id, [...(byTask.get(id) ?? []), item]);
		}
		const tasks = new Map(shown.map((task) => [idText(task.id), task]));
		this.conditions.poll(tasks, events, context);
		this.recovery.poll(tasks, events, context);
		this.reminders.poll(tasks, events, reminded);
		this.unusual.poll(tasks, byTask, context);
		if (context.baseline || this.memory === undefined) this.judgeBaseline(tasks, events);
		else this.judge(tasks, events);
		if (items.length > 0) this.save();
	}

	private covered(task: BackupTask): Covered {
		// While a run is going DSM shows the times of the one before and no result.
		const result = task.running ? '...' : task.result;
		return {
			name: task.name,
			history: this.nas.history.length,
			shown: `${this.shownTimes(task)}|${result}`,
			rotating: ROTATION.includes(task.status),
			next: String(this.nas.shownRow(task.id).next_bkp_time ?? ''),
			carried: [],
			missing: 0,
		};
	}

	/** Unix times stay what they are when the zone of the NAS is changed; texts do not. */
	private shownTimes(task: BackupTask): string {
		if (this.nas.options.dialect === 'documented') return `|${task.lastEnd ?? 0}`;
		const row = this.nas.shownRow(task.id);
		return `${String(row.last_bkp_time ?? '')}|${String(row.last_bkp_end_time ?? '')}`;
	}

	private judgeBaseline(tasks: Map<string, BackupTask>, events: Map<string, string[]>): void {
		for (const [id, reported] of events) {
			for (const event of reported.filter((one) => !isJudgedElsewhere(one))) {
				this.verdict.invented.push(`at a baseline: task ${id}: ${event}`);
			}
		}
		this.memory = new Map(
			[...tasks].map(([id, task]) => {
				// Or hid it at the last poll before, by which a beginning may have been reported.
				const hidBefore = this.memory?.get(id)?.wasRunning !== undefined;
				const endIsOpen = hidBefore || this.interference.isHidden(task.id);
				return [id, { ...this.covered(task), endIsOpen }];
			}),
		);
	}

	private judge(tasks: Map<string, BackupTask>, events: Map<string, string[]>): void {
		const memory = this.memory!;
		for (const id of new Set([...memory.keys(), ...tasks.keys(), ...events.keys()])) {
			const reported = (events.get(id) ?? []).filter((event) => !isJudgedElsewhere(event));
			const before = memory.get(id);
			const task = tasks.get(id);
			if (before === undefined) {
				this.only(id, reported, task ? ['taskAdded'] : []);
				// A run that ended before may show only now.
				const endIsOpen = task !== undefined && this.interference.isHidden(task.id);
				if (task) memory.set(id, { ...this.covered(task), endIsOpen });
			} else if (task === undefined) {
				const deleted = ++before.missing > POLLS_KEPT;
				this.only(id, reported, deleted ? ['taskRemoved'] : []);
				if (deleted) memory.delete(id);
			} else this.judgeTask(id, [...before.carried, ...reported], task, before);
		}
	}

	private judgeTask(id: string, reported: string[], task: BackupTask, before: Covered): void {
		const memory = this.memory!;
		if (this.interference.isHidden(task.id)) {
			const wasRunning = before.wasRunning === true || task.running;
			memory.set(id, { ...before, missing: 0, carried: reported, wasRunning });
			return;
		}
		const now = this.covered(task);
		const past = this.nas.history.slice(before.history).filter(({ taskId }) => taskId === task.id);
		if (this.mayWait(task, past, reported, before)) {
			memory.set(id, { ...before, missing: 0, carried: reported, waited: true });
			return;
		}
		this.wasRunning = before.wasRunning === true;
		this.judgeEnds(id, reported, past, task, { before, now });
		this.judgeRest(id, reported, past, before, now);
		memory.set(id, now);
	}

	/**
	 * The documented API shows a good run by its time alone, so a run that left none is reported one
	 * poll later.
	 */
	private mayWait(
		task: BackupTask,
		past: Nas['history'],
		reported: string[],
		before: Covered,
	): boolean {
		if (this.nas.options.dialect !== 'documented' || before.waited || task.running) return false;
		const ended = past.some(({ kind }) => kind === 'finished' || kind === 'canceled');
		return ended && !reported.some((event) => ENDS.includes(event));
	}

	private judgeEnds(
		id: string,
		reported: string[],
		past: Nas['history'],
		task: BackupTask,
		{ before, now }: { before: Covered; now: Covered },
	): void {
		const ends = past.flatMap(({ kind, result }) => {
			const word = kind === 'finished' ? result! : kind;
			return Object.prototype.hasOwnProperty.call(OUTCOMES, word) ? [word] : [];
		});
		const documented = this.nas.options.dialect === 'documented';
		const last = ends[ends.length - 1];
		const problem =
			documented && past.some((one) => one.kind === 'stateChanged' || one.kind === 'checkFinished');
		const allEnds = reported.filter((event) => ENDS.includes(event));
		// The documented API has one word for a failed backup and a bad destination.
		const other = problem && !this.isPartOf(allEnds, ends, task) ? 'backupFailed' : undefined;
		const at = other === undefined ? -1 : allEnds.lastIndexOf(other);
		const reportedEnds = allEnds.filter((_event, index) => index !== at);
		if (reportedEnds.length > 1 && !this.isPartOf(reportedEnds, ends, task)) {
			this.verdict.repeated.push(`task ${id}: ${reportedEnds.join(', ')}`);
		}
		if (last === undefined) {
			const kind = this.nas.history.some(({ taskId }) => taskId === task.id)
				? 'repeated'
				: 'invented';
			for (const event of reportedEnds) {
				if (before.endIsOpen) continue;
				this.verdict[kind].push(`task ${id}: ${event}, and no run ended`);
			}
		} else if (reportedEnds.length === 0) {
			if (differs(before.shown, now.shown) && !this.isInvisible(task, past, before)) {
				this.verdict.lost.push(`task ${id}: ${OUTCOMES[last]} (${before.shown} -> ${now.shown})`);
			}
		} else if (!this.standsForLast(reportedEnds[reportedEnds.length - 1]!, ends, task)) {
			this.verdict.invented.push(`task ${id}: ${reportedEnds.join()} for ${last}`);
		}
	}

	/** Whether these events stand for some of these ends, in their order. */
	private isPartOf(events: string[], ends: string[], task: BackupTask): boolean {
		let at = 0;
		for (const end of ends) {
			if (at < events.length && this.allows(events[at]!, end, task)) at++;
		}
		return at === events.length;
	}

	/**
	 * Whether this event stands for the last of these ends, or for one after which nothing that ended
	 * shows: while a run is going, neither a discarded suspension nor the result of a LUN task does.
	 */
	private standsForLast(event: string, ends: string[], task: BackupTask): boolean {
		const documented = this.nas.options.dialect === 'documented';
		const shows = (end: string): boolean =>
			!task.running || !(end === 'discarded' || (task.isLun && !documented));
		const from = ends.map(shows).lastIndexOf(true);
		return ends.slice(Math.max(from, 0)).some((end) => this.allows(event, end, task));
	}

	/** Which event may stand for the end of a run. */
	private allows(event: string, last: string, task: BackupTask): boolean {
		if (event === OUTCOMES[last]) return true;
		if (event === 'backupOutcomeUnknown' && (task.running || this.wasRunning)) return true;
		if (this.nas.options.dialect !== 'documented') return false;
		// The documented API has four statuses: `error` for whatever went wrong, `idle` for the rest,
		// and the time of the last backup.
		if (task.state !== 'backupable')
			return ['backupFailed', 'backupOutcomeUnknown'].includes(event);
		if (['partial', 'failed', 'dest_missing'].includes(last)) return event === 'backupFailed';
		if (['canceled', 'discarded'].includes(last)) {
			return ['backupSucceeded', 'backupOutcomeUnknown'].includes(event);
		}
		return false;
	}

	/** Nothing that the NAS shows differs in a way that shows an end. */
	private isInvisible(task: BackupTask, past: Nas['history'], before: Covered): boolean {
		const shows = ['finished', 'canceled', 'suspended'];
		// A suspended run that was discarded shows nowhere once the next one is under way.
		if (task.running && past.every(({ kind }) => !shows.includes(kind))) return true;
		// LUN tasks have no times: a run whose result is that of the one before shows nothing, nor does
		// one that another hides.
		const documented = this.nas.options.dialect === 'documented';
		if (!documented && task.isLun && (task.running || before.shown.split('|')[2] === task.result))
			return true;
		if (!documented) return looksRewritten(before, this.covered(task));
		const times = (shown: string): string => `${shown.split('|').slice(0, 2).join('|')}|`;
		const sameTime = !differs(times(before.shown), times(this.covered(task).shown));
		return sameTime || past.every(({ kind }) => kind === 'discarded');
	}

	private judgeRest(
		id: string,
		reported: string[],
		past: Nas['history'],
		before: Covered,
		now: Covered,
	): void {
		const begun = past.filter(({ kind }) => kind === 'started' || kind === 'resumed').length;
		const reportedBegun = reported.filter((event) => BEGINS.includes(event)).length;
		if (reportedBegun > begun + (before.endIsOpen ? 1 : 0)) {
			this.verdict.invented.push(`task ${id}: ${reportedBegun} begun of ${begun}`);
		}
		const renamed = before.name !== now.name;
		if (reported.includes('taskRenamed') !== renamed) {
			this.verdict[renamed ? 'lost' : 'invented'].push(`task ${id}: taskRenamed`);
		}
		for (const event of ['taskAdded', 'taskRemoved', 'versionRotationFailed']) {
			if (reported.includes(event)) this.verdict.invented.push(`task ${id}: ${event}`);
		}
		for (const [event, kind] of [
			['integrityCheckStarted', 'checkStarted'],
			['integrityCheckPassed', 'checkFinished'],
		] as const) {
			if (reported.includes(event) && !past.some((one) => one.kind === kind)) {
				this.verdict.invented.push(`task ${id}: ${event}`);
			}
		}
		const often = [...BEGINS, ...ENDS, 'statusChanged', 'destinationProblem'];
		const once = reported.filter((event) => !often.includes(event));
		if (new Set(once).size < once.length) {
			this.verdict.repeated.push(`task ${id}: ${reported.join()}`);
		}
	}

	private only(id: string, reported: string[], expected: string[]): void {
		for (const event of reported) {
			if (!expected.includes(event)) this.verdict.invented.push(`task ${id}: ${event}`);
		}
		for (const event of expected) {
			if (!reported.includes(event)) this.verdict.lost.push(`task ${id}: ${event}`);
		}
	}
}

const CONDITIONS = ['backupOverdue', 'backupNeverRan', 'backupTooLong'];

/** By `ConditionsTruth`, `RecoveryTruth` or `UnusualTruth`. */
export const isJudgedElsewhere = (event: string): boolean =>
	['backupRecovered', 'unusualRun'].includes(event) ||
	CONDITIONS.some((condition) => event === condition || event === `${condition}Ended`);
