import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { Nas, SimulatedClock } from '../../simulator';
import type { Level, LogRow } from '../../simulator/past/EventLog';
import { forgetSessions } from '../../nodes/HyperBackup/dsm/session/SessionManager';
import { forgetClocks } from '../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { forgetPollerStates } from '../../nodes/HyperBackup/trigger/pollerState';
import { followRealTime, followTimeOf } from './currentTime';
import { PollingN8n } from './inProcess';
import { Interference } from './interference';
import { logLife, type LogLife, type LogStep } from './logLife';

const HISTORIES = Number(process.env.LOG_HISTORIES ?? 500);
const SEED = Number(process.env.LOG_SEED ?? Date.now() % 2 ** 31);
/** One life as a counterexample prints it: it alone is lived. */
const REPLAY = process.env.LOG_LIFE;

const API = 'SYNO.SDS.Backup.Client.Common.Log';
const START = Date.UTC(2026, 10, 24, 8);
const LEVELS: Level[] = ['info', 'warn', 'err'];
const TASK = { id: 1, name: 'One', spec: { id: 1, name: 'One' } };

interface Verdict {
	lost: string[];
	repeated: string[];
	invented: string[];
}

const keyOf = ({ at, level, event }: LogRow): string =>
	`${new Date(at).toISOString().slice(0, 19)} ${level} ${event}`;

const keyOfItem = ({ entry }: IDataObject): string => {
	const { logged_at: at, level, event } = entry as Record<string, string>;
	return `${at!.slice(0, 19)} ${level} ${event}`;
};

/** One life of a log and of the n8n that watches it, and what should have been reported of it. */
class OneLife {
	private readonly nas: Nas;

	private readonly n8n: PollingN8n;

	/** Rows that no poll that worked could read yet. */
	private readonly fresh = new Set<LogRow>();

	/**
	 * Rows from before a baseline that n8n has not saved yet: if it is killed, they may be reported.
	 */
	private readonly unsaved = new Set<LogRow>();

	private readonly verdict: Verdict = { lost: [], repeated: [], invented: [] };

	/** Rows that rotation has taken away. */
	private readonly gone = new Set<string>();

	private outage = 0;

	private wrongBy = 0;

	private baseline = true;

	private bursts = 0;

	constructor(
		private readonly life: LogLife,
		id: string,
	) {
		forgetProcess();
		const clock = new SimulatedClock(START);
		const tasks = [{ id: 1, name: 'One', lastRun: null }];
		this.nas = new Nas({ timeZone: 'UTC', clock, tasks });
		followTimeOf(this.nas);
		const quirks = { rotation: 'keep', lateTimes: false, clock: true } as const;
		this.n8n = new PollingN8n(this.nas, new Interference(this.nas, quirks), id, {
			events: ['logEntry'],
			tasks: [],
			logLevel: life.level,
		});
		this.burst(life.past, 3);
	}

	async run(): Promise<Verdict> {
		await this.poll();
		this.save();
		for (const step of this.life.steps) await this.take(step);
		this.outage = 0;
		for (let poll = 0; poll < 3; poll++) {
			this.nas.clearFaults();
			await this.poll();
		}
		return this.verdict;
	}

	private async poll(): Promise<void> {
		let items: IDataObject[] = [];
		const visible = new Set(this.nas.log.rows);
		try {
			items = await this.n8n.poll();
		} catch (error) {
			// A log that cannot be read is said as a failed execution, in the third poll.
			if (!/The log could not be read/.test(String(error))) throw error;
		}
		const failed = this.n8n.warnings.splice(0).length > 0;
		if (this.outage > 0 && --this.outage === 0) this.nas.clearFaults();
		if (failed) {
			this.verdict.invented.push(...items.map((item) => `by a failed poll: ${keyOfItem(item)}`));
			return;
		}
		this.compare(items, visible);
		this.baseline = false;
	}

	/** Rows that came while the log was read may be reported now or next time. */
	private compare(items: IDataObject[], visible: Set<LogRow>): void {
		const wanted = (row: LogRow): boolean =>
			LEVELS.indexOf(row.level) >= LEVELS.indexOf(this.life.level);
		const reported = items.map(keyOfItem);
		for (const row of this.nas.log.rows) {
			if (!this.fresh.has(row)) continue;
			const index = reported.indexOf(keyOf(row));
			if (index >= 0) reported.splice(index, 1);
			const seen = visible.has(row) || index >= 0;
			if (seen) this.fresh.delete(row);
			if (seen && this.baseline) this.unsaved.add(row);
			if (visible.has(row) && index < 0 && wanted(row) && !this.baseline) {
				this.verdict.lost.push(keyOf(row));
			}
		}
		// What was rotated away before any poll could show it does not count.
		const there = new Set(this.nas.log.rows);
		for (const row of this.fresh) if (!there.has(row)) this.fresh.delete(row);
		for (const row of this.unsaved) {
			const index = reported.indexOf(keyOf(row));
			if (index >= 0) reported.splice(index, 1);
		}
		// n8n saves with every execution.
		if (items.length > 0) this.unsaved.clear();
		const known = new Set([...this.nas.log.rows].map(keyOf));
		for (const key of reported) {
			this.verdict[known.has(key) ? 'repeated' : 'invented'].push(key);
		}
	}

	private save(): void {
		this.n8n.save();
		if (!this.baseline) this.unsaved.clear();
	}

	private write(level: Level, text: string): void {
		// A row that was rotated away does not come back in the very same second: it could not be distinguished.
		for (;;) {
			const row: LogRow = {
				at: this.nas.believed,
				level,
				event: `[Local][One] ${text}`,
				user: 'SYSTEM',
				taskId: TASK.id,
			};
			if (this.gone.has(keyOf(row))) {
				this.nas.advance({ seconds: 1 });
				continue;
			}
			this.nas.log.rows.push(row);
			this.fresh.add(row);
			return;
		}
	}

	private burst(count: number, perSecond: number): void {
		const id = this.bursts++;
		for (let index = 0; index < count; index++) {
			if (index % perSecond === perSecond - 1) this.nas.advance({ seconds: 1 });
			this.write(LEVELS[index % 3]!, `Incomplete file backup. [/volume1/${id}/${index % 40}]`);
		}
	}

	private outageOf({ kind, polls }: Extract<LogStep, { do: 'outage' }>): void {
		if (this.outage > 0) return;
		this.outage = polls;
		if (kind === 'later') {
			// The first page comes, another does not: none of the log has been read.
			this.burst(150, 7);
			const fault = { kind: 'code', api: API, code: 100 } as const;
			this.nas.afterNext(API, 'list', () => this.nas.fault(fault));
			return;
		}
		this.nas.fault({ kind, api: API, ...(kind === 'code' ? { code: 100 } : {}) });
	}

	private async take(step: LogStep): Promise<void> {
		switch (step.do) {
			case 'poll':
				return await this.poll();
			case 'write':
				for (let row = 0; row < step.count; row++) this.write(step.level, `Text ${step.text}`);
				return;
			case 'burst':
				return this.burst(step.count, step.perSecond);
			case 'wait':
				return this.nas.advance({ seconds: step.seconds });
			case 'rotate':
				return this.rotate(step.keep);
			case 'clock':
				this.wrongBy += step.seconds;
				return this.nas.setClockWrongBy({ seconds: this.wrongBy });
			case 'writeWhileRead':
				if (this.outage > 0) return;
				return this.nas.afterNext(API, 'list', () => this.burst(step.count, 50));
			case 'outage':
				return this.outageOf(step);
			case 'saveAndRestart':
				this.save();
				return this.restart();
			case 'restart':
				return this.restart();
			case 'republish':
				// n8n polls at once, and saves what the trigger stores, whether that poll worked or not.
				this.baseline = true;
				this.n8n.republish();
				await this.poll();
				return this.save();
		}
	}

	/**
	 * Of rows that are the same in everything, all go or none: it could not be distinguished which of them were
	 * left.
	 */
	private rotate(keep: number): void {
		const { log } = this.nas;
		for (let left = keep; left >= 0;) {
			for (const row of log.rotate(left)) this.gone.add(keyOf(row));
			const torn = log.rows.map((row) => this.gone.has(keyOf(row))).lastIndexOf(true);
			left = torn < 0 ? -1 : log.rows.length - torn - 1;
		}
	}

	private restart(): void {
		forgetProcess();
		this.n8n.restart();
	}
}

function forgetProcess(): void {
	forgetSessions();
	forgetPollerStates();
	forgetClocks();
}

test(`${HISTORIES} histories of a log: no entry lost, repeated or invented`, async () => {
	const totals: Record<keyof Verdict, number> = { lost: 0, repeated: 0, invented: 0 };
	let lives = 0;
	try {
		await fc.assert(
			fc.asyncProperty(
				REPLAY ? fc.constant(JSON.parse(REPLAY) as LogLife) : logLife,
				async (one) => {
					const verdict = await new OneLife(one, `log ${lives++}`).run();
					for (const kind of ['lost', 'repeated', 'invented'] as const) {
						totals[kind] += verdict[kind].length;
					}
					const shown = Object.values(verdict).map((keys: string[]) => keys.slice(0, 5));
					expect(shown).toEqual([[], [], []]);
				},
			),
			{ numRuns: REPLAY ? 1 : HISTORIES, seed: SEED, endOnFailure: false },
		);
	} finally {
		followRealTime();
		const { lost, repeated, invented } = totals;
		process.stdout.write(
			`seed ${SEED}\n${lives} log histories: lost ${lost}, repeated ${repeated}, invented ${invented}\n`,
		);
	}
}, 3_600_000);
