import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { kibToBytes, numberOf, SIZE_UNIT } from '../task/Task';

/** What one run found and wrote. */
export interface RunStatistics extends IDataObject {
	/** Unix seconds; null where the NAS does not say. */
	finished_time: number | null;
	finished_at: string | null;
	files_new: number | null;
	files_modified: number | null;
	files_deleted: number | null;
	/** The sum of the three. */
	files_changed: number | null;
	/** Disk space of what is backed up, in `size_unit`. */
	source_size: number | null;
	source_size_bytes: number | null;
	/** What the whole backup takes at the destination, in `size_unit`. */
	target_size: number | null;
	target_size_bytes: number | null;
}

/** The last two runs of a task. */
export interface Statistics extends IDataObject {
	message: string;
	latest: RunStatistics | null;
	/** null: there was none, so there is nothing to compare with. */
	previous: RunStatistics | null;
	/** `latest` less `previous`, in `size_unit`. */
	source_growth: number | null;
	target_growth: number | null;
	size_unit: string;
}

const rowsOf = (data: IDataObject, name: string): IDataObject[] =>
	(Array.isArray(data[name]) ? (data[name] as unknown[]) : []).map((row) =>
		typeof row === 'object' && row !== null ? (row as IDataObject) : {},
	);

const growth = (now: number | null = null, before: number | null = null): number | null =>
	now === null || before === null ? null : now - before;

/** `end_time` 0 stands for "there was no such run". */
function runOf(
	source: IDataObject | undefined,
	target: IDataObject | undefined,
	clock: NasClock,
): RunStatistics | null {
	const finished = numberOf(source?.end_time) || null;
	const stored = numberOf(target?.end_time) || null;
	if (finished === null && stored === null) return null;
	// The figures of a side without a run are zeros that mean nothing.
	const inSource = (name: string): number | null =>
		finished === null ? null : numberOf(source?.[name]);
	const [added, modified, deleted] = ['new_count', 'modify_count', 'delete_count'].map(inSource);
	const sourceSize = inSource('source_size');
	const targetSize = stored === null ? null : numberOf(target?.target_size);
	const known = [added, modified, deleted].filter((count) => typeof count === 'number');
	return {
		finished_time: finished ?? stored,
		finished_at: clock.toIso(finished ?? stored),
		files_new: added ?? null,
		files_modified: modified ?? null,
		files_deleted: deleted ?? null,
		files_changed: known.length < 3 ? null : known.reduce((sum, count) => sum + count, 0),
		source_size: sourceSize,
		source_size_bytes: kibToBytes(sourceSize),
		target_size: targetSize,
		target_size_bytes: kibToBytes(targetSize),
	};
}

function sentence(label: string, latest: RunStatistics | null): string {
	if (latest === null) return `Task ${label} has no run with statistics yet`;
	const { files_new: added, files_modified: modified, files_deleted: deleted } = latest;
	const count = (number: number | null): string => (number === null ? '?' : String(number));
	return (
		`Task ${label}: its last run had ${count(added)} new, ${count(modified)} modified and ` +
		`${count(deleted)} deleted files`
	);
}

/** The response of `Statistic get`: index 0 is the run before, 1 the latest. */
export function statisticsFromDsm(label: string, data: IDataObject, clock: NasClock): Statistics {
	const source = rowsOf(data, 'source_previous_next_list');
	const target = rowsOf(data, 'target_previous_next_list');
	const latest = runOf(source[1], target[1], clock);
	const previous = runOf(source[0], target[0], clock);
	return {
		message: sentence(label, latest),
		latest,
		previous,
		source_growth: growth(latest?.source_size, previous?.source_size),
		target_growth: growth(latest?.target_size, previous?.target_size),
		size_unit: SIZE_UNIT,
	};
}
