import { DateTime } from 'luxon';
import { summarize } from '../../../nodes/HyperBackup/hyperBackup/summary/summarize';
import { describeTask } from '../../../nodes/HyperBackup/hyperBackup/task/describeState';
import type { Task } from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import type { Item } from './exampleWorkflow';

/** When the summaries are made. */
export const NOW = DateTime.fromISO('2026-11-24T09:00', { zone: 'Europe/Berlin' });

export const hoursAgo = (hours: number): number => Math.floor(NOW.minus({ hours }).toSeconds());

const atOf = (seconds: number | null): string | null =>
	seconds === null
		? null
		: DateTime.fromSeconds(seconds, { zone: NOW.zone }).toISO({ suppressMilliseconds: true });

/** A task that succeeded seven hours ago and is due in seventeen; times follow from `*_time`. */
export function taskNamed(name: string, more: Partial<Task> = {}): Task {
	const task: Task = {
		task_id: name,
		name,
		status: 'idle',
		last_result: 'success',
		message: '',
		last_backup_time: hoursAgo(7),
		last_backup_at: null,
		next_backup_time: hoursAgo(-17),
		next_backup_at: null,
		destination: 'Local folder or USB: office_1.hbk',
		nas: null,
		...more,
	};
	return {
		...task,
		message: describeTask(task),
		last_backup_at: atOf(task.last_backup_time),
		next_backup_at: atOf(task.next_backup_time),
	};
}

/** What Get Summary puts out for a NAS with these tasks. */
export const summaryOf = (tasks: Task[], nas: string | null = 'DiskStation'): Item[] => [
	{ json: summarize(tasks, nas, NOW.toSeconds()) },
];

/** What it puts out where the NAS cannot be read. */
export const unreadable = (error: string): Item[] => [{ json: { error } }];

/** Two NASes with everything in it, as documentation shows it. */
export const office = (): Item[] =>
	summaryOf([
		taskNamed('Nightly to USB'),
		taskNamed('Photos to C2', {
			status: 'running',
			last_result: 'running',
			activity: 'backing_up',
		}),
		taskNamed('Mail to the second NAS', {
			status: 'suspended',
			last_result: 'suspended',
			last_backup_time: hoursAgo(48),
			next_backup_time: null,
		}),
		taskNamed('Web server', { status: 'error', last_result: 'failed', problem: 'backup_failed' }),
		taskNamed('iscsi-vm', { last_backup_time: null, next_backup_time: null, lun: true }),
	]);
export const branch = (): Item[] =>
	summaryOf(
		[
			taskNamed('Accounting'),
			taskNamed('Home directories', {
				last_backup_time: hoursAgo(32),
				next_backup_time: hoursAgo(8),
			}),
			taskNamed('Archive', { last_result: 'never', last_backup_time: null }),
		],
		'Branch',
	);
