import { DateTime } from 'luxon';
import type { Nas } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import type { Interference } from './interference';
import { SavedMap } from './SavedMap';
import type { PollContext, Verdict } from './truth';

/** Hours; the same as the lives' parameters. */
export const LIMITS = {
	lateHours: 2,
	neverRanHours: 24,
	tooLongHours: 3,
	unreachableAfter: 3,
	remindHours: 6,
};

const HOUR = 3_600_000;
/** Times are cut to the minute on some NASes, and a poll is a moment later than what it shows. */
const SLACK = 3 * 60_000;

const ENDS = ['finished', 'canceled', 'suspended', 'discarded'];

const SUCCESSES = ['done', 'success'];

type Condition = 'backupOverdue' | 'backupNeverRan' | 'backupTooLong';

/** What n8n can know of a task from the polls it has made. Times are the true ones. */
interface Measured {
	name: string;
	firstSeen: number;
	/** The next scheduled time as the last poll showed it, with the text it showed. */
	due?: { at: number; text: string };
	/** The first scheduled time that passed without a success since. */
	missed?: number;
	/** When it was scheduled, whatever the NAS shows of its clock. */
	missedDue?: number;
	/**
	 * The run under way, and the first poll that showed it; `unsure`: its start was reported once more,
	 * as the end of the run before showed late.
	 */
	run?: { key: string; since: number; unsure?: boolean };
	successAt?: number;
	/** The documented API no longer shows the last success. */
	unsure: boolean;
	missing: number;
	reported: Condition[];
}

/** Whether a condition has to hold, may hold, or must not. */
type Judgment = 'must' | 'may' | 'not';

function beyond(since: number | undefined, now: number, hours: number): Judgment {
	if (since === undefined) return 'not';
	const over = now - since - hours * HOUR;
	if (Math.abs(over) <= SLACK) return 'may';
	return over > 0 ? 'must' : 'not';
}

/** The same where `since` may be read some hours too early or too late. */
function beyondWithin(
	since: number | undefined,
	now: number,
	hours: number,
	{ early, late }: { early: number; late: number },
): Judgment {
	if (beyond(since, now, hours - early) === 'not') return 'not';
	return beyond(since, now, hours + late) === 'must' ? 'must' : 'may';
}

/**
 * What lasts too long, by the NAS's own log: each condition is reported once when it begins and
 * once when it ends.
 */
export class ConditionsTruth {
	private readonly memory = new SavedMap<Measured>((task) => ({
		...task,
		reported: [...task.reported],
	}));

	/** When it was reported last, or undefined. */
	private unreachable?: number;

	private savedUnreachable?: number;

	private failures = 0;

	constructor(
		private readonly nas: Nas,
		private readonly interference: Interference,
		private readonly verdict: Verdict,
		private readonly overdueHours: number | undefined,
	) {}

	restart(): void {
		this.memory.restart();
		this.unreachable = this.savedUnreachable;
		this.failures = 0;
	}

	save(): void {
		this.memory.save();
		this.savedUnreachable = this.unreachable;
	}

	/** A poll that did not reach the NAS. */
	failedPoll(events: string[]): void {
		this.failures++;
		const now = this.nas.clock.now();
		const first = this.unreachable === undefined && this.failures >= LIMITS.unreachableAfter;
		const passed = Math.floor((now - (this.unreachable ?? now)) / (LIMITS.remindHours * HOUR));
		this.expect('the NAS', events, first || passed >= 1 ? ['nasUnreachable'] : []);
		if (first) this.unreachable = now;
		if (passed >= 1) this.unreachable! += passed * LIMITS.remindHours * HOUR;
		if (events.length > 0) this.save();
	}

	/** The events about the NAS of a poll that reached it. */
	reached(events: string[]): void {
		this.failures = 0;
		this.expect('the NAS', events, this.unreachable === undefined ? [] : ['nasReachable']);
		this.unreachable = undefined;
	}

	poll(tasks: Map<string, BackupTask>, events: Map<string, string[]>, context: PollContext): void {
		for (const id of new Set([...this.memory.keys(), ...tasks.keys()])) {
			const task = tasks.get(id);
			const reported = events.get(id) ?? [];
			if (task) this.judge(id, task, reported, context);
			else this.judgeMissing(id, reported, context);
		}
	}

	private expect(what: string, events: string[], expected: string[]): void {
		for (const event of events) {
			if (!expected.includes(event)) this.verdict.invented.push(`${what}: ${event}`);
		}
		for (const event of expected) {
			if (!events.includes(event)) this.verdict.lost.push(`${what}: ${event}`);
		}
	}

	private judgeMissing(id: string, events: string[], { baseline }: PollContext): void {
		const before = this.memory.get(id)!;
		const conditions = events.filter((event) => /^backup(Overdue|NeverRan|TooLong)/.test(event));
		if (++before.missing > 3 || baseline) {
			this.memory.delete(id);
			this.expect(
				`task ${id}`,
				conditions,
				before.reported.map((one) => `${one}Ended`),
			);
		} else this.expect(`task ${id}`, conditions, []);
	}

	private judge(id: string, task: BackupTask, events: string[], context: PollContext): void {
		const known = this.memory.get(id);
		const before = known?.name === task.name || !context.baseline ? known : undefined;
		const now = this.measure(task, before, events);
		const again = known?.run?.key === now.run?.key && events.includes('backupStarted');
		if (now.run && again) now.run = { ...now.run, unsure: true };
		// At first a missed time is worked out from the weekly schedule, and may be late only later.
		const first = context.baseline || before === undefined;
		if (first && !SUCCESSES.includes(task.result)) now.unsure = true;
		for (const condition of ['backupOverdue', 'backupNeverRan', 'backupTooLong'] as const) {
			const was = known?.reported.includes(condition) === true;
			const holds = this.judgment(condition, task, now, was, context);
			this.judgeCondition(`task ${id}: ${condition}`, events, condition, { was, holds, now });
		}
		this.memory.set(id, now);
	}

	private judgeCondition(
		what: string,
		events: string[],
		condition: Condition,
		{ was, holds, now }: { was: boolean; holds: Judgment; now: Measured },
	): void {
		const begun = events.filter((event) => event === condition).length;
		const ended = events.filter((event) => event === `${condition}Ended`).length;
		if (begun > 1 || ended > 1)
			this.verdict.repeated.push(`${what} ${begun} begun, ${ended} ended`);
		if (begun > 0 && was) this.verdict.repeated.push(`${what} although it was reported`);
		if (begun > 0 && !was && holds === 'not') this.verdict.invented.push(what);
		if (begun === 0 && !was && holds === 'must') this.verdict.lost.push(what);
		if (ended > 0 && !was) this.verdict.invented.push(`${what} ended, and had not begun`);
		if (ended > 0 && was && holds === 'must') this.verdict.invented.push(`${what} ended too soon`);
		if (ended === 0 && was && holds === 'not') this.verdict.lost.push(`${what} ended`);
		if (begun > 0 || (was && ended === 0)) now.reported.push(condition);
		// Worked out from the weekly schedule: it holds until a success.
		const guessed = now.missed === undefined || this.interference.isRefusing;
		if (begun > 0 && condition === 'backupOverdue' && guessed) now.unsure = true;
	}

	/** A success that was reported counts from then on, any other from when it was. */
	private measure(task: BackupTask, before: Measured | undefined, events: string[]): Measured {
		const reported = events.includes('backupSucceeded');
		const time = this.nas.clock.now();
		const past = this.nas.history.filter(({ taskId }) => taskId === task.id);
		const good = past.filter(
			({ result, kind }) => kind === 'finished' && SUCCESSES.includes(result!),
		);
		const row = this.nas.shownRow(task.id);
		const documented = this.nas.options.dialect === 'documented';
		const text = task.isLun && !documented ? '' : String(row.next_bkp_time ?? '');
		const runs = past.filter(({ kind }) => kind === 'started' || kind === 'resumed').length;
		const readable = documented || this.interference.clockIsReadable;
		// DSM shows no time of a LUN task's success; and without its clock, times measure nothing.
		const hides = !documented && (task.isLun || !readable);
		const finished = hides ? undefined : (task.lastSuccess ?? undefined);
		const ends = past.filter(({ kind }) => ENDS.includes(kind));
		const lastGood = ends.length === 0 || good.includes(ends[ends.length - 1]!);
		// The documented API shows a bad destination like a failed backup.
		const plain = !task.running && task.state === 'backupable';
		const shown = !documented || (lastGood && plain && !this.interference.isHidden(task.id));
		const newer = (finished ?? 0) > (before?.successAt ?? 0);
		const still = before?.unsure === true && !reported && (!newer || !shown);
		// The documented API shows a canceled run as an idle task with a new time, like a good one.
		const { kind: last } = ends[ends.length - 1] ?? {};
		const likeGood = documented && (last === 'canceled' || last === 'discarded');
		let unsure = still || (!shown && !reported && newer) || likeGood;
		// Two runs of a LUN task, one right after the other, show no difference.
		const key = task.isLun && !documented ? 'LUN' : String(runs);
		// Where the end of the run before does not show, this one is taken for that one.
		const same = before?.run?.key === key || this.interference.isHidden(task.id);
		const begun = same && before?.run?.key !== key && events.includes('backupStarted');
		const known = begun && before?.run ? { ...before.run, key, unsure: true } : before?.run;
		const shownRun = (same ? known : undefined) ?? { key, since: time };
		const run = task.running ? shownRun : undefined;
		let missed = before?.missed;
		const due = before?.due;
		if (missed === undefined && due !== undefined) {
			if (readable && due.at <= time) missed = due.at;
			else if (!readable && text > due.text) missed = time;
		}
		const missedDue = before?.missed === undefined ? due?.at : before.missedDue;
		// Without its clock the NAS's own texts show that a success came after the scheduled time.
		const byTexts = !documented && !readable && (task.lastSuccess ?? 0) >= (missedDue ?? Infinity);
		const showsIt = SUCCESSES.includes(task.result) && !task.running;
		if (byTexts && showsIt && !this.interference.isHidden(task.id)) missed = undefined;
		else if (byTexts) unsure = true;
		const success = reported ? time : Math.max(before?.successAt ?? 0, finished ?? 0) || undefined;
		const madeGood = missed !== undefined && (success ?? 0) >= missed;
		// By the NAS's clock, which is right in lives where this is judged. Schedules are daily.
		const at = task.nextAt ?? undefined;
		const lastDue = at === undefined || at <= time ? at : at - 24 * HOUR;
		const again =
			madeGood && lastDue !== undefined && lastDue - missed! > HOUR && success! < lastDue;
		if (madeGood || text === '') missed = undefined;
		const works = readable && !documented && !this.interference.isRefusing;
		if (again && works && !this.clocksChangeAt(lastDue)) missed = lastDue;
		else if (again) unsure = true;
		return {
			name: task.name,
			firstSeen: before?.firstSeen ?? time,
			due: text === '' || at === undefined ? undefined : at > time ? { at, text } : due,
			missed,
			missedDue,
			run,
			successAt: success,
			unsure,
			missing: 0,
			reported: [],
		};
	}

	private judgment(
		condition: Condition,
		task: BackupTask,
		now: Measured,
		was: boolean,
		{ meddled, baseline }: PollContext,
	): Judgment {
		const time = this.nas.clock.now();
		if (this.interference.isHidden(task.id)) return 'may';
		if (condition === 'backupTooLong') {
			const long = beyond(now.run?.since, time, LIMITS.tooLongHours);
			// At a baseline the run is identified by times that may have been rewritten.
			return (meddled || now.run?.unsure) && long !== 'not' ? 'may' : long;
		}
		const ran = task.lastEnd !== null || task.runs > 0 || task.result !== 'none';
		if (condition === 'backupNeverRan') {
			if (ran) return 'not';
			// The documented API shows a bad destination like a failed backup.
			const documented = this.nas.options.dialect === 'documented';
			if (documented && task.state !== 'backupable') return 'may';
			return beyond(now.firstSeen, time, LIMITS.neverRanHours);
		}
		if (meddled || now.unsure) return 'may';
		// Only `status` shows the last success of a task whose last run was none.
		const last = task.result;
		if (this.interference.isRefusing && !SUCCESSES.includes(last)) return 'may';
		return this.overdue(task, now, was, ran, baseline || now.firstSeen === time);
	}

	private clocksChangeAt(time: number | undefined): boolean {
		const zone = this.nas.options.timeZone;
		const offset = (at: number): number => DateTime.fromMillis(at, { zone }).offset;
		return time !== undefined && offset(time - 24 * HOUR) !== offset(time + 24 * HOUR);
	}

	/**
	 * Around a change of the clocks a text may be read by the offset before or after it, and in the
	 * autumn night it means two instants.
	 */
	private older(time: number, hours: number): Judgment {
		const hour = this.clocksChangeAt(time) ? 1 : 0;
		return beyondWithin(time, this.nas.clock.now(), hours, { early: hour, late: hour });
	}

	private overdue(
		task: BackupTask,
		now: Measured,
		was: boolean,
		ran: boolean,
		first: boolean,
	): Judgment {
		// A first backup that is still running is covered by another event.
		const documented = this.nas.options.dialect === 'documented';
		if (!ran || task.lastEnd === null) {
			return documented && task.state !== 'backupable' ? 'may' : 'not';
		}
		const time = this.nas.clock.now();
		// Before the first poll a missed time is worked out from the weekly schedule.
		if (first && now.missed === undefined) return 'may';
		// Around a change of the clocks the NAS's offset may be known an hour late.
		const slow = this.clocksChangeAt(now.missed) ? 1 : 0;
		const late = beyondWithin(now.missed, time, LIMITS.lateHours, { early: 0, late: slow });
		if (this.overdueHours !== undefined) {
			const old = this.older(now.successAt ?? now.firstSeen, this.overdueHours);
			// After a bad run `status` may show the time of a LUN task's last success.
			const shown = this.older(task.lastSuccess ?? now.firstSeen, this.overdueHours);
			if (task.isLun && shown !== old) return 'may';
			if (old === 'must') return 'must';
			return old === 'not' && late === 'not' ? 'not' : 'may';
		}
		if (late === 'not') return 'not';
		const busy = task.status !== 'none' || task.accepted;
		return !was && busy ? 'may' : late;
	}
}
