import {
	followRun,
	type Followed,
	type PollMoment,
	type RunEvent,
} from '../../../nodes/HyperBackup/trigger/followRun';
import type { Detail } from '../../../nodes/HyperBackup/trigger/anotherRun';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf, wallAsUtc } from './story';

export type Row = Partial<TrackedTask>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const OLD = { start: '2026/11/01 02:00:00', end: '2026/11/01 02:10:00' };
export const NEW = { start: '2026/11/02 02:00:00', end: '2026/11/02 02:10:00' };
export const NO_TIMES = { start: '', end: '' };
export const END = wallAsUtc(NEW.end)!;
export const NOW = END + 5 * MINUTE;

/** A healthy task that does nothing. */
export const task = (row: Row): TrackedTask => ({
	...snapshotOf({}),
	run: OLD,
	firstSeen: 0,
	settledResult: 'success',
	...row,
});

export const RUNNING: Row = {
	status: 'running',
	activity: 'backing_up',
	result: 'running',
	resultWord: 'backingup',
	phase: 'live',
};
export const FAILED: Row = { status: 'error', result: 'failed', resultWord: 'failed' };
export const CHECK_FAILED: Row = {
	status: 'error',
	result: 'check_failed',
	resultWord: 'cksum_failed',
};
export const ROTATING: Row = { status: 'running', activity: 'rotating_versions' };
export const PENDING: Row = {
	...ROTATING,
	result: 'pending',
	resultWord: 'deleting',
	phase: 'pending',
};
/** "Idle" and "running now" at once. */
export const UNCLEAR: Row = { ...RUNNING, status: 'unknown', activity: null, phase: 'unclear' };
/** No result at all. */
export const BLANK: Row = { result: 'unknown', resultWord: '', phase: 'unclear' };
/** The documented API has no results. */
export const DOCUMENTED: Row = { result: undefined, resultWord: '' };
export const OPEN = { since: 5 };

export const follow = (
	before: Row,
	now: Row,
	detail?: Detail,
	moment: Partial<PollMoment> = {},
): Followed =>
	followRun(task(before), task(now), detail, {
		now: NOW,
		sameZone: true,
		clockShift: 0,
		toLocalTime: wallAsUtc,
		...moment,
	});

export const STARTED: RunEvent = { event: 'backupStarted' };
export const UNSEEN: RunEvent = { event: 'backupStarted', unseen: true };

export const names = ({ events }: Followed): string[] => events.map(({ event }) => event);
