import {
	conditionEvents,
	type Condition,
	type Limits,
} from '../../../nodes/HyperBackup/trigger/thresholds';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf, wallAsUtc } from './story';

export type Row = Partial<TrackedTask>;

export const HOUR = 3_600_000;
export const NOW = wallAsUtc('2026/11/02 12:00:00')!;
export const ago = (hours: number): number => NOW - hours * HOUR;

/** A healthy task with a success an hour ago. */
export const task = (row: Row): TrackedTask => ({
	...snapshotOf({}),
	firstSeen: ago(100),
	successAt: ago(1),
	settledResult: 'success',
	...row,
});

export const NO_TIMES = { start: '', end: '' };
export const OFF: Limits = { overdue: false, lateHours: 2 };
export const SCHEDULE: Limits = { overdue: true, lateHours: 2 };
export const HOURS: Limits = { ...SCHEDULE, overdueHours: 26 };

export const conditions = (row: Row, limits: Limits, ...reported: Condition[]) =>
	conditionEvents(task(row), new Set(reported), NOW, limits);
export const begun = (row: Row, limits: Limits) => conditions(row, limits).events;
