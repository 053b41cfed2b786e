import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import { detectEvents, type Detection } from '../../../nodes/HyperBackup/trigger/detectEvents';
import type {
	DetectionInput,
	ReportedConditions,
} from '../../../nodes/HyperBackup/trigger/detectionInput';
import type { Condition } from '../../../nodes/HyperBackup/trigger/thresholds';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { poll, snapshotOf, wallAsUtc } from './story';

export type Row = Partial<TrackedTask>;

export const HOUR = 3_600_000;
export const END = '2026/11/01 02:10:00';
export const NOW = wallAsUtc('2026/11/01 12:00:00')!;
export const OLD = { start: '2026/11/01 02:00:00', end: END };
export const NEW = { start: '2026/11/01 11:00:00', end: '2026/11/01 11:10:00' };
export const NO_TIMES = { start: '', end: '' };
export const OVERDUE = { overdue: true, overdueHours: 26, lateHours: 2 };

/** A healthy task that does nothing, as one poll shows it. */
export const shown = (row: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
	...snapshotOf({}),
	run: OLD,
	...row,
});

/** The same as it is stored. */
export const stored = (row: Row = {}): TrackedTask => ({
	...shown(),
	firstSeen: NOW - 100 * HOUR,
	settledResult: 'success',
	success: END,
	successAt: wallAsUtc(END)!,
	due: { text: '2026/11/02 02:00', at: wallAsUtc('2026/11/02 02:00:00') },
	...row,
});

export const LIVE: Partial<TaskSnapshot> = {
	status: 'running',
	activity: 'backing_up',
	result: 'running',
	resultWord: 'backingup',
	phase: 'live',
};
export const FAILED: Partial<TaskSnapshot> = {
	status: 'error',
	result: 'failed',
	resultWord: 'failed',
};
export const ROTATING: Partial<TaskSnapshot> = { status: 'running', activity: 'rotating_versions' };
export const UNCLEAR: Partial<TaskSnapshot> = { ...LIVE, status: 'unknown', phase: 'unclear' };

export const reports = (...conditions: Condition[]): ReportedConditions =>
	new Map([['1', { name: 'Nightly', conditions: new Set(conditions) }]]);

export function detect(
	tasks: TrackedTask[],
	snapshots: TaskSnapshot[],
	extra: Partial<DetectionInput> = {},
	reported: ReportedConditions = new Map(),
): Detection {
	const before = new Map(tasks.map((task) => [task.id, task]));
	return detectEvents(before, reported, { ...poll([]), snapshots, ...extra });
}

export const names = ({ events }: Detection): string[] => events.map(({ event }) => event);
export const tracked = ({ tracked: tasks }: Detection): TrackedTask => tasks.get('1')!;

export const BASELINE = { baseline: true };
