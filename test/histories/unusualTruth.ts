import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Nas } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import type { Interference } from './interference';
import { SavedMap } from './SavedMap';
import type { PollContext, Verdict } from './truth';

/** The default of *Deviation Threshold*. */
const THRESHOLD = 5;
const FEWEST = 7;
const KEPT = 14;

/** Of one successful run that was reported. */
interface Sample {
	/** Seconds; null where only polls have measured it, which is not judged. */
	duration: number | null;
	size: number | null;
	changes: number | null;
	withDeleted: boolean;
}

const HOUR = 3_600_000;

interface Known {
	name: string;
	target: string;
	/** When it got its name; milliseconds since 1970. */
	namedAt: number;
	runs: Sample[];
}

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

type Judgment = 'must' | 'may' | 'not';

/** Whether `value` is far from the `others`; figures are kept to three digits, so there is a margin. */
function judge(others: Array<number | null>, value: number | null, least: number): Judgment {
	const known = others.filter((one) => one !== null);
	if (value === null || known.length < FEWEST) return 'not';
	const usual = median(known);
	const spread = 1.4826 * median(known.map((one) => Math.abs(one - usual)));
	const off = Math.abs(value - usual) / Math.max(spread, usual / 10, least);
	if (Math.abs(off - THRESHOLD) < 0.3) return 'may';
	return off > THRESHOLD ? 'must' : 'not';
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/**
 * The figures of runs by what the NAS itself knows of them, and *Unusual Run* by all that were
 * reported before: once for each run that is far off, with every figure that is, and for no other.
 */
export class UnusualTruth {
	readonly memory = new SavedMap<Known>((known) => ({ ...known, runs: [...known.runs] }));

	constructor(
		private readonly nas: Nas,
		private readonly interference: Interference,
		private readonly verdict: Verdict,
	) {}

	/** `items` by task ID, reminders left out. */
	poll(
		tasks: Map<string, BackupTask>,
		items: Map<string, IDataObject[]>,
		context: PollContext,
	): void {
		for (const id of new Set([...this.memory.keys(), ...tasks.keys(), ...items.keys()])) {
			const own = items.get(id) ?? [];
			const reported = own.map(({ event }) => event);
			const task = tasks.get(id);
			const known = this.memory.get(id);
			const gone = reported.includes('taskRemoved') || (context.baseline && !task);
			if (gone) this.memory.delete(id);
			if (task === undefined) continue;
			const { name } = task;
			const target = task.spec.targetId ?? '';
			const another = context.baseline && (known?.name !== name || known.target !== target);
			const fresh = known === undefined || another || reported.includes('taskAdded');
			const before = fresh ? { name, target, namedAt: 0, runs: [] } : known;
			const namedAt = before.name === name ? before.namedAt : this.nas.clock.now();
			this.memory.set(id, { ...before, name, target, namedAt });
			this.judgeTask(id, task, own, context);
		}
	}

	private judgeTask(
		id: string,
		task: BackupTask,
		items: IDataObject[],
		context: PollContext,
	): void {
		for (const { event, run } of items) {
			if (run) this.judgeFigures(`${id}: ${String(event)}`, task, run as IDataObject);
		}
		const succeeded = items.filter(({ event }) => event === 'backupSucceeded');
		const unusual = items.filter(({ event }) => event === 'unusualRun');
		if (unusual.length > 1) this.verdict.repeated.push(`${id}: unusualRun`);
		if (succeeded.length !== 1) {
			if (unusual.length > 0) this.verdict.invented.push(`${id}: unusualRun without a success`);
			return;
		}
		const [success] = succeeded as [IDataObject];
		this.judgeKnown(id, task, success, items, context);
		this.judgeRun(id, success.run as IDataObject, unusual[0]);
	}

	/** A figure that is reported is that of the newest run that saved something. */
	private judgeFigures(what: string, task: BackupTask, run: IDataObject): void {
		const { outcome, files, files_new, files_modified, files_deleted, source_size, bytes } = run;
		const truth = task.versions.newestGood?.figures;
		const counts = task.spec.files !== undefined;
		const statistics = task.spec.capability?.statistics !== false;
		const saves = ['succeeded', 'partial'].includes(String(outcome));
		const documented = this.nas.options.dialect === 'documented';
		const possible = saves && !documented && truth !== undefined;
		const scanned = truth && truth.new + truth.modified + truth.unchanged;
		const logs = counts && outcome === 'succeeded';
		for (const [name, value, shown] of [
			['files', files, logs ? scanned : null],
			['files_new', files_new, logs || statistics ? truth?.new : null],
			['files_modified', files_modified, logs || statistics ? truth?.modified : null],
			['files_deleted', files_deleted, statistics ? truth?.deleted : null],
			['source_size', source_size, statistics ? truth?.sourceSize : null],
			['bytes', bytes, null],
		] as const) {
			if (value === null || (possible && value === shown)) continue;
			this.verdict.invented.push(`${what}: ${name} ${String(value)} of ${String(shown)}`);
		}
	}

	/** Where everything about the run shows, so do its figures. */
	private judgeKnown(
		id: string,
		task: BackupTask,
		{ run, previous }: IDataObject,
		items: IDataObject[],
		{ baseline, meddled }: PollContext,
	): void {
		const { clockIsReadable, isRefusing, isWithholding } = this.interference;
		const ends = items.filter(({ event, run: ended }) => ended && event !== 'unusualRun');
		const plain =
			this.nas.options.dialect !== 'documented' &&
			// DSM 6 has neither the log nor the statistics.
			this.nas.options.dsm !== '6.2' &&
			clockIsReadable &&
			!isRefusing &&
			!isWithholding &&
			!baseline &&
			!meddled &&
			!task.isLun &&
			task.status === 'none' &&
			!task.accepted &&
			!this.interference.isHidden(task.id) &&
			!this.clocksHaveChanged() &&
			!this.wasRenamed(id) &&
			(previous as IDataObject | null)?.status === 'running' &&
			ends.length <= 2;
		if (!plain) return;
		const { files_new, source_size, files } = run as IDataObject;
		const statistics = task.spec.capability?.statistics !== false;
		const lost = (name: string): void => void this.verdict.lost.push(`${id}: ${name} of a run`);
		if (statistics && source_size === null) lost('source_size');
		if (task.spec.files !== undefined && files === null) lost('files');
		if ((statistics || task.spec.files !== undefined) && files_new === null) lost('files_new');
	}

	/** The log keeps the name that the task had when its run ended. */
	private wasRenamed(id: string): boolean {
		return this.nas.clock.now() - this.memory.get(id)!.namedAt < 2 * HOUR;
	}

	/** Then a time has two readings, and nothing shows which run a figure is of. */
	private clocksHaveChanged(): boolean {
		const now = DateTime.fromMillis(this.nas.clock.now(), { zone: this.nas.options.timeZone });
		// A run that ended before the last poll may have ended a day ago.
		return now.offset !== now.minus({ hours: 48 }).offset;
	}

	private judgeRun(id: string, run: IDataObject, item: IDataObject | undefined): void {
		const known = this.memory.get(id)!;
		const sample: Sample = {
			duration: numberOf(run.duration),
			size: numberOf(run.source_size),
			changes: numberOf(run.files_changed),
			withDeleted: run.files_deleted !== null,
		};
		const alike = known.runs.filter(({ withDeleted }) => withDeleted === sample.withDeleted);
		const judgments: Array<[string, Judgment]> = [
			['duration', this.judgeDuration(known, sample)],
			[
				'source_size',
				judge(
					known.runs.map(({ size }) => size),
					sample.size,
					10 * 1024,
				),
			],
			[
				'files_changed',
				judge(
					alike.map(({ changes }) => changes),
					sample.changes,
					20,
				),
			],
		];
		this.compare(id, judgments, item);
		known.runs = [...known.runs, sample].slice(-KEPT);
	}

	/** How long a run took is measured by polls where DSM does not show its start. */
	private judgeDuration({ runs }: Known, { duration }: Sample): Judgment {
		const durations = runs.map((one) => one.duration);
		const lasting = runs.length < FEWEST ? 'not' : 'may';
		return judge(durations, duration, 60) === 'not' && lasting === 'not' ? 'not' : lasting;
	}

	private compare(id: string, judgments: Array<[string, Judgment]>, item?: IDataObject): void {
		const { also = [], ...first } = (item?.unusual ?? {}) as IDataObject;
		const found = item ? [first, ...(also as IDataObject[])] : [];
		const fields = found.map(({ field }) => String(field));
		for (const [field, judgment] of judgments) {
			const reported = fields.filter((one) => one === field).length;
			const what = `${id}: unusual ${field}`;
			if (reported > 1) this.verdict.repeated.push(what);
			if (reported > 0 && judgment === 'not') this.verdict.invented.push(what);
			if (reported === 0 && judgment === 'must') this.verdict.lost.push(what);
		}
		const run = (item?.run ?? {}) as IDataObject;
		for (const { field, value } of found) {
			const shown = run[String(field)];
			// A duration of the item is by the NAS's clock, the one that is compared by its texts.
			if (field !== 'duration' && shown !== value) {
				this.verdict.invented.push(
					`${id}: ${String(field)} ${String(value)}, not ${String(shown)}`,
				);
			}
		}
	}
}
