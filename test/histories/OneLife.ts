import type { IDataObject } from 'n8n-workflow';
import { Nas, SimulatedClock } from '../../simulator';
import { forgetSessions } from '../../nodes/HyperBackup/dsm/session/SessionManager';
import { forgetClocks } from '../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { EVENTS } from '../../nodes/HyperBackup/trigger/eventNames';
import { WATCHES } from '../../nodes/HyperBackup/trigger/watches';
import { forgetPollerStates } from '../../nodes/HyperBackup/trigger/pollerState';
import { LIMITS } from './conditionsTruth';
import { followTimeOf } from './currentTime';
import { PollingN8n } from './inProcess';
import { Interference } from './interference';
import type { Life, Step } from './life';
import { actOnTask, tasksAt } from './lifeTasks';
import { Truth, type Verdict } from './truth';

/** The others have random lives of their own. */
const TASK_EVENTS = EVENTS.filter((event) => !WATCHES.some(({ events }) => events.includes(event)));

const FAULTS = { blocked: { kind: 'code', code: 407 } } as const;

export interface LifeOptions {
	/** Options of the trigger beside those of every life. */
	options?: Record<string, unknown>;
	/** What each poll reported, and when (milliseconds since 1970). */
	onPoll?: (items: IDataObject[], time: number) => void;
	/** No n8n is killed without its state saved: what a life does is the same whatever it reports. */
	alwaysSaved?: boolean;
	/** What is reported is not compared with the NAS's own log: the verdict is about failed polls. */
	unjudged?: boolean;
}

/** One life of a NAS and of the n8n that watches it. */
export class OneLife {
	readonly nas: Nas;

	private readonly interference: Interference;

	readonly n8n: PollingN8n;

	private readonly truth?: Truth;

	private readonly verdict: Verdict;

	private readonly alwaysSaved: boolean;

	private readonly onPoll: NonNullable<LifeOptions['onPoll']>;

	private outage = 0;

	/** Tasks that were added: each has an ID of its own. */
	private added = 0;

	/**
	 * Between two polls somebody sets either the clock or the zone: both at once leaves nothing to
	 * compare with.
	 */
	private meddled?: 'clock' | 'zone';

	/** The same since the poll that n8n had saved last: what it is compared with after a restart. */
	private meddledSinceSaved?: 'clock' | 'zone';

	private everMeddled = false;

	private baseline = true;

	/**
	 * A poll that only recorded could not read the clock: what somebody does to it afterwards leaves
	 * nothing to compare with.
	 */
	private blindBaseline = false;

	/**
	 * Counts the addresses of the NAS: the one in the credential, and those of the baselines in
	 * memory and in the database.
	 */
	private address = { credential: 0, memory: 0, saved: 0 };

	constructor(
		private readonly life: Life,
		id: string,
		{ options = {}, onPoll = () => {}, alwaysSaved = false, unjudged = false }: LifeOptions = {},
	) {
		this.onPoll = onPoll;
		this.alwaysSaved = alwaysSaved;
		const { dialect, dsm, zone, start, parallel, quirks, overdueHours } = life;
		forgetProcess();
		const clock = new SimulatedClock(start);
		const tasks = tasksAt(start, dialect);
		this.nas = new Nas({ dialect, dsm, timeZone: zone, parallel, clock, tasks });
		followTimeOf(this.nas);
		this.interference = new Interference(this.nas, quirks);
		this.n8n = new PollingN8n(this.nas, this.interference, id, {
			events: TASK_EVENTS,
			tasks: [],
			options: { ...LIMITS, overdueHours: overdueHours ?? null, ...options },
		});
		if (!unjudged) this.truth = new Truth(this.nas, this.interference, overdueHours);
		this.verdict = this.truth?.verdict ?? { lost: [], repeated: [], invented: [] };
	}

	async run(): Promise<Verdict> {
		await this.poll();
		this.save();
		for (const step of this.life.steps) await this.take(step);
		this.outage = 0;
		this.nas.clearFaults();
		this.interference.clear();
		this.nas.advance({ minutes: 61 });
		for (let poll = 0; poll < 5; poll++) await this.poll();
		return this.verdict;
	}

	async poll(): Promise<void> {
		const listed = this.lists();
		const up = this.outage === 0 && this.nas.isUp;
		this.interference.noLateTimes = this.baseline || this.meddled !== undefined;
		let items: IDataObject[];
		try {
			items = await this.n8n.poll();
		} catch (error) {
			this.verdict.invented.push(`failed execution: ${String(error)}`);
			return;
		}
		this.onPoll(items, this.nas.clock.now());
		// After a refused login the trigger leaves the NAS alone for a while.
		const reached = up && this.lists() > listed;
		const aboutNas = items.filter(({ task, previous }) => !task && !previous);
		const names = aboutNas.map(({ event }) => String(event));
		if (!reached) {
			const rest = items.filter((item) => !aboutNas.includes(item));
			for (const { event } of rest) {
				this.verdict.invented.push(`during an outage: ${String(event)}`);
			}
			this.truth?.conditions.failedPoll(names);
			// n8n saves what the trigger knows with every execution.
			if (items.length > 0) {
				this.truth?.save();
				this.address.saved = this.address.memory;
				this.meddledSinceSaved = this.meddled;
			}
			if (this.outage > 0 && --this.outage === 0) this.nas.clearFaults();
			return;
		}
		if (this.baseline && this.interference.isRefusing) this.blindBaseline = true;
		this.truth?.conditions.reached(names);
		const context = { baseline: this.baseline, meddled: this.everMeddled };
		this.truth?.poll(items, context);
		if (names.length > 0) this.truth?.save();
		this.meddled = undefined;
		this.baseline = false;
		this.address.memory = this.address.credential;
		if (items.length > 0) this.address.saved = this.address.memory;
		if (items.length > 0 || this.alwaysSaved) this.meddledSinceSaved = undefined;
		this.interference.endPoll();
	}

	/** Lists of tasks that the NAS has given. */
	private lists(): number {
		return this.nas.requests.filter(
			({ api, apiMethod, code }) =>
				api === 'SYNO.Backup.Task' && apiMethod.toLowerCase() === 'list' && code === 0,
		).length;
	}

	private async take(step: Step): Promise<void> {
		switch (step.do) {
			case 'poll':
				await this.poll();
				// A poll a minute at the most.
				return this.nas.advance({ minutes: 1 });
			case 'nights':
				return await this.takeNights(step);
			case 'outage':
				if (this.outage > 0) return;
				this.outage = step.polls;
				return this.startOutage(step.kind);
			case 'restart':
				return this.restart(step.saved);
			case 'republish':
				this.n8n.republish();
				this.save();
				this.baseline = true;
				return;
			case 'move':
				this.n8n.move();
				this.address.credential++;
				this.baseline = true;
				return;
			case 'clock':
			case 'zone':
				return this.meddle(step);
			case 'refuse':
				// Without the compound the clock may not be read: a changed zone could not be distinguished from
				// runs.
				if (this.meddledSinceSaved === undefined)
					this.interference.refuseCompounds(step.code, step.polls);
				return;
			default:
				return this.act(step);
		}
	}

	private async takeNights(step: Extract<Step, { do: 'nights' }>): Promise<void> {
		const { count, task, minutes, last, unread } = step;
		for (let night = 0; night <= count; night++) {
			const amount = night === count ? last : 'usual';
			this.act({ do: 'run', task, outcome: 'done', minutes, amount });
			if (night === unread) this.interference.withholdFigures(2);
			// Some are seen under way, and some are not.
			if (night % 2 === 0) this.nas.advance({ minutes: 1 });
			if (night % 2 === 0) await this.poll();
			this.nas.advance({ minutes: minutes + 12 });
			await this.poll();
		}
	}

	private save(): void {
		this.n8n.save();
		this.truth?.save();
		this.address.saved = this.address.memory;
		this.meddledSinceSaved = this.meddled;
	}

	private startOutage(kind: Extract<Step, { do: 'outage' }>['kind']): void {
		if (kind !== 'blocked') return this.nas.fault({ kind });
		this.nas.sessions.expire(119);
		this.nas.fault({ ...FAULTS.blocked, api: 'SYNO.API.Auth' });
	}

	private restart(saved: boolean): void {
		if (saved) this.save();
		forgetProcess();
		this.n8n.restart();
		this.truth?.restart();
		// Killed before the first poll of an activation, n8n continues from what it had stored.
		this.address.memory = this.address.saved;
		this.meddled = this.meddledSinceSaved;
		this.baseline = this.address.memory !== this.address.credential;
	}

	private meddle(step: Extract<Step, { do: 'clock' | 'zone' }>): void {
		const { clock } = this.life.quirks;
		const earlier = [this.meddled, this.meddledSinceSaved];
		const twice = earlier.some((one) => one !== undefined && one !== step.do);
		if (twice || !clock || this.interference.isRefusing || this.blindBaseline) return;
		this.meddled = step.do;
		this.meddledSinceSaved = step.do;
		this.everMeddled = true;
		if (step.do === 'clock') this.nas.setClockWrongBy({ hours: step.hours });
		else this.nas.setTimeZone(step.zone);
	}

	private act(step: Step): void {
		const { nas, interference } = this;
		switch (step.do) {
			case 'wait':
				return nas.advance({ minutes: step.minutes });
			case 'add':
				nas.addTask({ id: 100 + this.added++, name: 'New', lastRun: null });
				return;
			case 'reboot':
				return nas.reboot({ minutes: step.minutes });
			case 'upgrade':
				return nas.upgrade(step.dsm);
			case 'expire':
				return nas.sessions.expire(step.code);
			case 'oddStatus':
				return interference.oddStatus(step.word, step.polls);
			case 'vanish': {
				const { tasks } = nas;
				const gone = step.task === 'all' ? tasks : [tasks[step.task % tasks.length]!];
				return interference.vanish(
					gone.map(({ id }) => id),
					step.polls,
				);
			}
			default:
				if ('task' in step && typeof step.task === 'number') {
					actOnTask(nas, nas.tasks[step.task % nas.tasks.length]!, step, () => this.added++);
				}
		}
	}
}

function forgetProcess(): void {
	forgetSessions();
	forgetPollerStates();
	forgetClocks();
}
