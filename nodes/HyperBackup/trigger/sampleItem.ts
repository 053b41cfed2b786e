import type { IDataObject } from 'n8n-workflow';
import type { EndedRun } from '../hyperBackup/runs/fetchFigures';
import { outcomeOfResult, type Outcome } from '../hyperBackup/runs/runOutcome';
import { parseWallTime } from '../hyperBackup/clock/NasClock';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { detectEvents, type DetectedEvent } from './detectEvents';
import { hasFigures } from './endedRun';
import { eventItem } from './eventItem';
import type { EventName, FollowUp } from './eventNames';
import {
	clockShift,
	fetchDetails,
	figuresOf,
	lastDue,
	localTimeReader,
	type PollResult,
} from './fetchTasks';
import { EVENT_OF } from './followRun';
import { selectTasks } from './selection';
import { delivers, type TriggerParameters } from './triggerParameters';

/**
 * What a task shows by itself: how its last run ended, that one is under way, or what is wrong with
 * its destination.
 */
function shownEvent(now: TaskSnapshot): { event: EventName | FollowUp; outcome?: Outcome } {
	if (now.phase === 'live') {
		return { event: now.activity === 'resuming' ? 'backupResumed' : 'backupStarted' };
	}
	if (now.activity === 'checking_integrity') return { event: 'integrityCheckStarted' };
	if (now.problem?.startsWith('destination_')) return { event: 'destinationProblem' };
	if (now.result === 'check_failed') return { event: 'integrityCheckFailed' };
	if (now.result === 'rotation_failed') return { event: 'versionRotationFailed' };
	const good = now.result === undefined && now.status === 'idle' && now.run.end !== '';
	const outcome = outcomeOfResult(now.result) ?? (good ? 'succeeded' : undefined);
	return outcome === undefined ? { event: 'statusChanged' } : { event: EVENT_OF[outcome], outcome };
}

/** Its figures are read, if there are any. */
function shownRun(now: TaskSnapshot): EndedRun[] {
	const { id, name, run } = now;
	const counts = run.end !== '' && hasFigures(shownEvent(now).outcome);
	return counts ? [{ id, name, end: run.end, after: run.start }] : [];
}

const endOf = ({ run }: TaskSnapshot): number => parseWallTime(run.end)?.seconds ?? 0;

/** The task a sample shows: one that fits what was chosen, else the one that ran last. */
function choose(
	snapshots: TaskSnapshot[],
	parameters: TriggerParameters,
): TaskSnapshot | undefined {
	const byEnd = [...snapshots].sort((a, b) => endOf(b) - endOf(a));
	const { events, toStatus } = parameters;
	const fits = (now: TaskSnapshot): boolean => {
		if (delivers({ event: shownEvent(now).event }, parameters)) return true;
		return events.includes('statusChanged') && toStatus.includes(now.status);
	};
	return byEnd.find(fits) ?? byEnd[0];
}

/**
 * For *Fetch Test Event*: what really happened last to a task of this NAS, as the item it would be
 * in production, marked `test`. Where nothing of the chosen kind has happened, the item is of the
 * kind that has. Nothing is stored.
 */
export async function sampleItem(
	poll: PollResult,
	parameters: TriggerParameters,
): Promise<IDataObject> {
	const { snapshots, chosenBy } = selectTasks(parameters.tasks, poll.snapshots, undefined);
	const snapshot = choose(snapshots, parameters);
	if (!snapshot) {
		throw new TaskError(
			'There is no backup task to show',
			parameters.tasks.length > 0
				? 'None of the chosen tasks is on this NAS.'
				: 'Create a task in Hyper Backup first.',
		);
	}
	await fetchDetails(poll, { ids: [snapshot.id], ended: shownRun(snapshot) }, undefined);
	const { tracked } = detectEvents(new Map(), new Map(), {
		snapshots: [snapshot],
		chosenBy,
		details: poll.details,
		limits: parameters.limits,
		unusual: {},
		complete: false,
		baseline: true,
		now: Date.now(),
		sameZone: false,
		clockShift: clockShift(poll, {}),
		toLocalTime: localTimeReader(poll),
		lastDue: (id) => lastDue(poll, id),
		figuresOf: (id) => figuresOf(poll, id),
	});
	const now = tracked.get(snapshot.id)!;
	const shown = shownEvent(snapshot);
	const asStatus = parameters.events.includes('statusChanged') && !delivers(shown, parameters);
	const figures = figuresOf(poll, snapshot.id);
	const changed = asStatus ? { event: 'statusChanged' as const } : {};
	const event: DetectedEvent = { ...shown, ...changed, now, figures };
	const rows = [poll.rows.get(snapshot.id)!];
	const [task] = await poll.api.toTasks({ dialect: poll.dialect, rows }, poll.clock);
	return eventItem(event, task!.model, {
		poll,
		detectedAt: new Date().toISOString(),
		test: true,
	});
}
