import type { IDataObject } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import { eventItem } from './eventItem';
import type { EventName } from './eventNames';
import type { DetectionInput } from './detectEvents';
import { track } from './detectEvents';
import type { PollResult } from './fetchTasks';
import type { TriggerParameters } from './triggerParameters';
import type { Outcome } from './runEvents';
import { endOf } from './TrackedTask';
import type { TaskSnapshot } from '../hyperBackup/task/taskSnapshot';

const EVENT_OF_RESULT: Partial<Record<NonNullable<TaskSnapshot['result']>, [EventName, Outcome]>> =
	{
		success: ['backupSucceeded', 'succeeded'],
		partial: ['backupPartial', 'partial'],
		failed: ['backupFailed', 'failed'],
		canceled: ['backupCanceled', 'canceled'],
		discarded: ['backupCanceled', 'discarded'],
		suspended: ['backupSuspended', 'suspended'],
	};

/** The task a sample shows: one that fits what was chosen, else the one that ran last. */
function choose(
	seen: PollResult,
	{ events, toStatus }: TriggerParameters,
): TaskSnapshot | undefined {
	const byRun = [...seen.sights].sort((a, b) => (endOf(a.run) < endOf(b.run) ? 1 : -1));
	const fits = ({ status, result }: TaskSnapshot): boolean =>
		(events.includes('statusChanged') && (toStatus.length === 0 || toStatus.includes(status))) ||
		(result !== undefined && events.includes(EVENT_OF_RESULT[result]?.[0] as EventName));
	return byRun.find(fits) ?? byRun[0];
}

/** For "Fetch Test Event": a real task of this NAS in the shape of an event, without a change being needed. Nothing is remembered. */
export async function sampleItem(
	seen: PollResult,
	parameters: TriggerParameters,
): Promise<IDataObject> {
	const sight = choose(seen, parameters);
	if (!sight)
		throw new TaskError(
			'There is no backup task to show',
			parameters.taskIds.length > 0
				? 'None of the chosen tasks is on this NAS any more.'
				: 'Create a task in Hyper Backup first.',
		);
	const look: DetectionInput = {
		sights: seen.sights,
		details: seen.details,
		when: seen.when,
		limits: parameters.limits,
		complete: false,
		now: Date.now(),
		sameClock: false,
	};
	const now = track(sight, undefined, look);
	const [event, outcome] = sight.result === undefined ? [] : (EVENT_OF_RESULT[sight.result] ?? []);
	const chosen =
		event !== undefined && parameters.events.includes(event)
			? event
			: (parameters.events[0] ?? 'statusChanged');
	const raw = seen.rows.get(sight.id)!;
	const [told] = await seen.api.tell([raw]);
	return eventItem(
		{
			event: chosen,
			outcome: chosen === event || chosen === 'statusChanged' ? outcome : undefined,
			now,
			before: now,
		},
		told!.model,
		raw,
		new Date().toISOString(),
	);
}
