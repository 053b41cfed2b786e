import type { IDataObject } from 'n8n-workflow';
import { readableTime } from '../hyperBackup/clock/readableTime';
import { durationText } from '../hyperBackup/runs/durationText';
import { reportRun } from '../hyperBackup/runs/runReport';
import { describeState } from '../hyperBackup/task/describeState';
import type { Task } from '../hyperBackup/task/Task';
import type { RawTask } from '../hyperBackup/task/TaskSnapshot';
import type { EndedStreak } from '../hyperBackup/runs/badStreak';
import type { DetectedEvent } from './detectEvents';
import type { EventName, FollowUp } from './eventNames';
import type { PollResult } from './fetchTasks';
import { EVENT_OF } from './followRun';
import { previousTask } from './TrackedTask';
import { unusualClause, unusualFields } from './unusualText';
import { sameTexts } from '../hyperBackup/runs/runTimes';

const COMPARED = ['name', 'status', 'activity', 'problem'] as const;

function changedFields({ before, now }: DetectedEvent): string[] {
	if (!before || !now) return [];
	const fields: string[] = COMPARED.filter((field) => before[field] !== now[field]);
	if (before.result !== now.result) fields.push('last_result');
	if (!sameTexts(before.run, now.run)) fields.push('last_backup_time');
	if (before.next !== now.next) fields.push('next_backup_time');
	return fields;
}

function reasonClause({ reason, since }: DetectedEvent, clockIso: (ms: number) => string): string {
	const time = since === undefined ? undefined : readableTime(clockIso(since));
	const when = time === undefined ? '' : ` since ${time}`;
	switch (reason) {
		case 'not_started':
			return `the backup scheduled for ${time ?? 'a past time'} did not start`;
		case 'no_success':
			return `there has been no successful backup${when}`;
		case 'never_ran':
			return `it has never run${when === '' ? '' : ` and has been known${when}`}`;
		case 'running':
			return `its backup has been running${when}, longer than the limit`;
		case 'task_removed':
			return 'the task was deleted or is no longer watched';
		default:
			return '';
	}
}

const lasted = ({ since, until }: EndedStreak): number =>
	Math.max(0, Math.round((until - since) / 1000));

/** What *Backup Recovered* ends, in words. */
function recoveryClause(ended: EndedStreak): string {
	const { worst, failures } = ended;
	const runs = failures === 1 ? 'a failure' : `${failures} failures in a row`;
	const after = {
		failed: runs,
		unknown: failures === 1 ? 'a backup with an unknown outcome' : runs,
		partial: 'it was only partially completed',
		canceled: 'it was canceled',
		discarded: 'it was discarded',
		overdue: 'it was overdue',
	}[worst ?? 'overdue'];
	return `the backup completed successfully again after ${after} (${durationText(lasted(ended))})`;
}

const endedFields = (ended: EndedStreak, iso: (ms: number) => string): IDataObject => ({
	event: ended.worst === undefined ? 'backupOverdue' : EVENT_OF[ended.worst],
	outcome: ended.worst ?? null,
	since: iso(ended.since),
	failures: ended.failures,
	duration: lasted(ended),
});

/**
 * Clauses for events that are not about the end of a run; an empty one is replaced by the task's
 * state.
 */
const CLAUSES: Partial<Record<EventName | FollowUp, string>> = {
	backupStarted: 'a backup started',
	backupResumed: 'a suspended backup was resumed',
	integrityCheckStarted: 'an integrity check started',
	integrityCheckPassed: 'an integrity check is over, and the task shows no damage',
	integrityCheckFailed: 'an integrity check found damage or could not finish',
	versionRotationFailed: 'old versions could not be deleted',
	taskAdded: 'the task is new',
	taskRemoved: 'the task was deleted',
	backupOverdueEnded: 'it is no longer overdue',
	backupNeverRanEnded: 'it has run, or is no longer expected to',
	backupTooLongEnded: 'its long backup is over',
};

function messageOf(
	event: DetectedEvent,
	name: string,
	task: Task | null,
	iso: (ms: number) => string,
): string {
	if (event.ended) {
		return `Task '${name}': ${recoveryClause(event.ended)}`;
	}
	if (event.unusual) return `Task '${name}': ${unusualClause(event.unusual)}`;
	if (event.event === 'taskRenamed') {
		return `Task '${event.before?.name ?? ''}' was renamed to '${name}'`;
	}
	const reason = reasonClause(event, iso);
	const ended = event.event.endsWith('Ended');
	const clause = ended && reason !== '' ? `${CLAUSES[event.event]!}: ${reason}` : '';
	const reminder = event.reminder ? 'Reminder: ' : '';
	const state = task ? describeState(task) : 'its state is not known';
	return `${reminder}Task '${name}': ${clause || reason || CLAUSES[event.event] || state}`;
}

/** What an item is made from besides the event. */
export interface ItemContext {
	poll: PollResult;
	detectedAt: string;
	/** For the editor's *Fetch Test Event*. */
	test?: boolean;
}

/** One event as one item. */
export function eventItem(
	event: DetectedEvent,
	task: Task | null,
	context: ItemContext,
): IDataObject {
	const { poll, detectedAt } = context;
	const { now, before } = event;
	const row: RawTask = (now && poll.rows.get(now.id)) ?? {};
	const name = now?.name ?? before?.name ?? '';
	const iso = (ms: number): string => poll.clock.toIso(Math.round(ms / 1000)) ?? '';
	const run =
		event.outcome === undefined || now === undefined
			? null
			: {
					...reportRun({
						outcome: event.outcome,
						taskName: name,
						row,
						clock: poll.clock,
						seen: { from: before?.open?.since, to: Date.parse(detectedAt) },
						withoutTimes: event.withoutTimes,
						figures: event.figures,
					}),
					unseen: event.unseen === true,
					failures_in_a_row: event.failures ?? 0,
				};
	return {
		event: event.event,
		message:
			(event.ended || event.unusual ? undefined : run?.message) ??
			messageOf(event, name, task, iso),
		nas: poll.api.nas,
		detected_at: detectedAt,
		task,
		previous: before ? (previousTask(before) as IDataObject) : null,
		run,
		changed: changedFields(event),
		...(event.reason === undefined ? {} : { reason: event.reason }),
		...(event.since === undefined ? {} : { since: iso(event.since) }),
		...(event.reminder ? { reminder: true } : {}),
		...(event.unusual ? { unusual: unusualFields(event.unusual) } : {}),
		...(event.ended ? { ended: endedFields(event.ended, iso) } : {}),
		...(context.test ? { test: true } : {}),
	};
}

/** Events about the NAS as a whole. */
export function nasItem(
	event: 'nasUnreachable' | 'nasReachable',
	message: string,
	nas: string | null,
): IDataObject {
	return {
		event,
		message,
		nas,
		detected_at: new Date().toISOString(),
		task: null,
		previous: null,
		run: null,
		changed: [],
	};
}
