import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import type { RawEntry } from '../../../nodes/HyperBackup/hyperBackup/logs/LogEntry';
import { explainRun, type LoggedRun } from '../../../nodes/HyperBackup/hyperBackup/logs/runLog';

const clock = new NasClock('UTC', { offset: 0, skew: 0 });
const at = (time: string): number => Date.parse(`2026-11-24T${time}Z`) / 1000;

const row = (time: string, level: string, sentence: string, task = 'Nightly'): RawEntry => ({
	time: `2026/11/24 ${time}`,
	level,
	event: `[Local][${task}] ${sentence}`,
	user: 'SYSTEM',
});

const run = (outcome: string, more: Partial<LoggedRun> = {}): LoggedRun => ({
	taskId: '1',
	name: 'Nightly',
	outcome,
	started: at('02:00:00'),
	finished: at('02:10:00'),
	...more,
});

/** The oldest first. */
const explain = (rows: RawEntry[], which: LoggedRun, complete = true) =>
	explainRun([...rows].reverse(), which, { clock, nas: 'NAS', complete }).log;

const STARTED = row('02:00:00', 'info', 'Backup task started.');
const SKIPPED = ['a', 'b', 'c', 'd', 'e'].map((name) =>
	row('02:05:00', 'warn', `Exception occurred while backing up data. [/volume1/${name}]`),
);
const PARTIAL = row('02:10:00', 'warn', 'Backup task partially completed.');
const EXCEPTION = row(
	'02:09:59',
	'err',
	'Exception occurred while backing up data. (The backup destination does not exist.)',
);
const FAILED = row('02:10:00', 'err', 'Failed to run backup task.');

test('a partial run: the items that were skipped', () => {
	const log = explain([STARTED, ...SKIPPED, PARTIAL], run('partial'));
	expect(log.reason).toBe('5 items were skipped: /volume1/a, /volume1/b, /volume1/c and 2 more');
	expect(log).toMatchObject({ skipped_count: 5, complete: true });
	expect(log.skipped_paths).toHaveLength(5);
	expect(log.entries).toHaveLength(6);
});

test('a failed run: its exception', () => {
	const { reason } = explain([STARTED, EXCEPTION, FAILED], run('failed'));
	expect(reason).toBe('The backup destination does not exist.');
});

test('a failed run without an exception: its last error', () => {
	expect(explain([STARTED, FAILED], run('failed')).reason).toBe('Failed to run backup task.');
});

test('in another language: the last error of the time of the run', () => {
	const rows = [
		row('02:00:00', 'info', 'Sicherung gestartet.'),
		row('02:09:00', 'err', 'Das Ziel ist nicht vorhanden.'),
	];
	expect(explain(rows, run('failed')).reason).toBe('Das Ziel ist nicht vorhanden.');
});

test('a good run that left a file out says so', () => {
	const rows = [
		STARTED,
		row('02:05:00', 'warn', 'Incomplete file backup. (The file is a special file.) [/volume1/x]'),
		row('02:10:00', 'info', 'Backup task finished successfully.'),
	];
	expect(explain(rows, run('succeeded')).reason).toBe('1 item was skipped: /volume1/x');
});

test('a good run has no reason', () => {
	const rows = [STARTED, row('02:10:00', 'info', 'Backup task finished successfully.')];
	expect(explain(rows, run('succeeded'))).toMatchObject({ reason: null, entries: [] });
});

test('entries of the runs before and after, and of other tasks, are left out', () => {
	const rows = [
		row('01:59:00', 'info', 'Backup task started.'),
		row('01:59:30', 'err', 'Exception occurred while backing up data. (Before.)'),
		row('01:59:40', 'err', 'Failed to run backup task.'),
		STARTED,
		row('02:05:00', 'err', 'Exception occurred while backing up data. (Other.)', 'Weekly'),
		EXCEPTION,
		FAILED,
		row('02:11:05', 'info', 'Backup task started.'),
		row('02:11:30', 'err', 'Exception occurred while backing up data. (After.)'),
	];
	const log = explain(rows, run('failed'));
	expect(log.entries.map(({ event }) => event)).toEqual([EXCEPTION.event, FAILED.event]);
	expect(log.reason).toBe('The backup destination does not exist.');
});

test('without the time of the start, the last run that began counts', () => {
	const rows = [row('01:00:00', 'err', 'Failed to run backup task.'), STARTED, EXCEPTION, FAILED];
	const log = explain(rows, run('failed', { started: null }));
	expect(log.entries).toHaveLength(2);
});

test('a log that was not read back to the start says so', () => {
	expect(explain([...SKIPPED, PARTIAL], run('partial'), false).complete).toBe(false);
	expect(explain([STARTED, ...SKIPPED, PARTIAL], run('partial'), false).complete).toBe(true);
});

test('of many entries the first are shown, and all counted', () => {
	const many = Array.from({ length: 400 }, () => SKIPPED[0]!);
	const log = explain([STARTED, ...many, PARTIAL], run('partial'));
	expect(log.skipped_count).toBe(400);
	expect(log.skipped_paths).toHaveLength(100);
	expect(log.entries).toHaveLength(100);
});
