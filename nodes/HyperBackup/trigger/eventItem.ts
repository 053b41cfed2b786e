import type { IDataObject } from 'n8n-workflow';
import { describeState } from '../hyperBackup/task/describeState';
import { readableKey } from '../actions/runReport';
import { asIfUtc } from '../hyperBackup/clock/nasClock';
import { numberOf, type RawTask, type Task } from '../hyperBackup/task/Task';
import type { TaskStatus } from '../hyperBackup/task/TaskStatus';
import type { DetectedEvent } from './detectEvents';
import { previousTask } from './TrackedTask';

function errorSentence(task: Task, raw: RawTask, outcome: string): string | null {
	if (outcome === 'succeeded') return null;
	const parts = [
		`Task '${task.name}': ${outcome === 'unknown' ? 'a backup ended, and how is not known' : describeState(task as unknown as TaskStatus)}`,
	];
	const key = typeof raw.last_bkp_error === 'string' ? raw.last_bkp_error : '';
	const code = numberOf(raw.last_bkp_error_code);
	if (key !== '') parts.push(`DSM says: ${readableKey(key)}`);
	if (code !== null && code !== 4401 && code !== 0) parts.push(`code ${code}`);
	return parts.join('; ');
}

/** The run that ended. The start is only there where DSM tells it apart from the end (Hyper Backup 4.2 and newer). */
function runOf(event: DetectedEvent, task: Task, raw: RawTask): IDataObject | null {
	if (event.outcome === undefined) return null;
	const started = asIfUtc(raw.last_bkp_time);
	const ended = asIfUtc(raw.last_bkp_end_time);
	const duration = started !== null && ended !== null && ended > started ? ended - started : null;
	const code = numberOf(raw.last_bkp_error_code);
	return {
		outcome: event.outcome,
		started_at:
			duration === null || task.last_backup_time === null ? null : task.last_backup_time - duration,
		finished_at: task.last_backup_time ?? null,
		duration,
		version:
			typeof raw.last_bkp_success_version === 'string' && event.outcome === 'succeeded'
				? raw.last_bkp_success_version
				: null,
		error:
			typeof raw.last_bkp_error === 'string' && raw.last_bkp_error !== ''
				? raw.last_bkp_error
				: null,
		error_code: code === 4401 || code === 0 ? null : code,
		message: errorSentence(task, raw, event.outcome),
		unseen: event.unseen === true,
	};
}

const COMPARED = ['name', 'status', 'activity', 'problem'] as const;

function changedFields({ before, now }: DetectedEvent): string[] {
	if (!before || !now) return [];
	const fields: string[] = COMPARED.filter((field) => before[field] !== now[field]);
	if (before.result !== now.result) fields.push('last_result');
	if (before.run !== now.run) fields.push('last_backup_time');
	if (before.next !== now.next) fields.push('next_backup_time');
	return fields;
}

/** One event as one item. `raw` is the task's row, with what `status` added where it was asked. */
export function eventItem(
	event: DetectedEvent,
	task: Task | null,
	raw: RawTask,
	detectedAt: string,
): IDataObject {
	return {
		event: event.event,
		detected_at: detectedAt,
		task,
		previous: event.before ? (previousTask(event.before) as IDataObject) : null,
		run: task === null ? null : runOf(event, task, raw),
		changed: changedFields(event),
	};
}
