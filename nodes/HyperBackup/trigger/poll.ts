import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { dsmErrorOf } from '../dsm/errors/DsmError';
import { NasClock } from '../hyperBackup/clock/NasClock';
import type { Task } from '../hyperBackup/task/Task';
import { detectEvents, type DetectedEvent, type Detection } from './detectEvents';
import type { DetectionInput } from './detectionInput';
import { eventItem, nasItem } from './eventItem';
import { reportFailure, reportUnreachable } from './failedPoll';
import {
	clockShift,
	fetchDetails,
	fetchTasks,
	figuresOf,
	isSameZone,
	lastDue,
	localTimeReader,
	skewOf,
	type PollResult,
} from './fetchTasks';
import { deliverOrHold } from './heldEvents';
import { includeLog } from './includeLog';
import { NOTHING_MUTED, type Muting } from './muting';
import {
	bringUpToDate,
	isFirstPoll,
	isStillStoring,
	keepUnsaved,
	pollerState,
	type PollerState,
} from './pollerState';
import { quietDetection, quietList } from './quietPoll';
import { remind } from './reminders';
import { reportUnresolved } from './reportUnresolved';
import { selectTasks, type Selection } from './selection';
import { withShiftedTimes } from './shiftedTimes';
import { readStaticData, selectionMark, writeStaticData, type StaticData } from './staticData';
import type { TrackedTask, TrackedTasks } from './TrackedTask';
import { delivers, triggerParameters, type TriggerParameters } from './triggerParameters';
import { wantedDetails } from './wantedDetails';
import { testEvent } from './testEvent';
import { needsTasks, watchesOf } from './watches';
import { pollWatchesAlone, runChosenWatches } from './watches/pollWatches';
import { reportFailingWatches } from './watches/runWatches';

/** A poll that has not ended after this long is not waited for any more. */
const LOST = 10 * 60_000;

/** Times may be cut to the minute, and the two clocks differ a little. */
const SLACK = 60_000;

/** DSM may show the times of a run some minutes after its end. */
const LATE_TIMES = 10 * 60_000;

const HOUR = 3600;

/**
 * Whether a run that DSM says ended at `text` may have ended after the last poll and before now. If
 * the clock has `moved` (seconds) because summer time began or ended, the text may be by the clock
 * as it was before. A text that did not shift by `exact`ly as much is that of an old run, from
 * before summer time began or ended, or of one whose times show only now.
 */
function endedSince(poll: PollResult, polledAt: number | undefined) {
	const now = Date.now();
	const toLocalTime = localTimeReader(poll);
	return (text: string, { moved, exact }: { moved: number; exact: boolean }): boolean => {
		const at = toLocalTime(text);
		if (polledAt === undefined || at === undefined) return true;
		const readings = Math.abs(moved) === HOUR ? [at, at + moved * 1000] : [at];
		const since = polledAt - (exact ? SLACK : LATE_TIMES);
		return readings.some((reading) => reading > since && reading < now + SLACK);
	};
}

interface Stored extends StaticData {
	/** This poll only records. */
	baseline: boolean;
}

/** Tasks that are no longer chosen have not been deleted: they are simply no longer compared. */
function watchedBefore(stored: Stored, parameters: TriggerParameters, selection: Selection) {
	const tasks = stored.tasks ?? new Map();
	if (parameters.tasks.length === 0) return tasks;
	const kept = [...tasks].filter(
		([id, task]) => selection.chosenBy.has(id) || parameters.tasks.includes(task.chosenBy ?? ''),
	);
	return kept.length === tasks.size ? tasks : (new Map(kept) as TrackedTasks);
}

function detectionInput(
	poll: PollResult,
	stored: Stored,
	parameters: TriggerParameters,
	selection: Selection,
): DetectionInput {
	return {
		snapshots: selection.snapshots,
		chosenBy: selection.chosenBy,
		details: poll.details,
		limits: parameters.limits,
		unusual: { threshold: parameters.deviationThreshold, polledAt: stored.polledAt },
		complete: parameters.tasks.length === 0 && stored.selection === '',
		baseline: stored.baseline,
		offset: stored.clock?.offset,
		now: Date.now(),
		sameZone: isSameZone(poll, stored.clock),
		clockShift: clockShift(poll, stored),
		toLocalTime: localTimeReader(poll),
		lastDue: (id) => lastDue(poll, id),
		figuresOf: (id) => figuresOf(poll, id),
	};
}

/** The stored times as the NAS writes them by its clock as it is now. */
function withCurrentTimes(
	poll: PollResult,
	tasks: TrackedTasks,
	stored: Stored,
	{ snapshots }: Selection,
): TrackedTasks {
	const { reading } = poll.clock;
	if (!poll.clockRead || reading === undefined) return tasks;
	const last = stored.clock?.offset;
	const movedFor = ({ offset = last }: TrackedTask): number =>
		offset === undefined ? 0 : reading.offset - offset;
	return withShiftedTimes(tasks, snapshots, movedFor, endedSince(poll, stored.polledAt));
}

async function toItems(poll: PollResult, events: DetectedEvent[]): Promise<IDataObject[]> {
	if (events.length === 0) return [];
	const detectedAt = new Date().toISOString();
	const ids = [...new Set(events.flatMap(({ now }) => (now ? [now.id] : [])))];
	const rows = ids.map((id) => poll.rows.get(id)!);
	const models = await poll.api.toTasks({ dialect: poll.dialect, rows }, poll.clock);
	const tasks = new Map<string, Task>(models.map(({ model }) => [model.task_id, model]));
	return events.map((event) => {
		const task = event.now === undefined ? null : (tasks.get(event.now.id) ?? null);
		return eventItem(event, task, { poll, detectedAt });
	});
}

/** Fetches the details where something happened, then detects once, on complete input. */
async function detect(
	poll: PollResult,
	stored: Stored,
	parameters: TriggerParameters,
	selection: Selection,
	{ quiet }: PollerState,
): Promise<{ before: TrackedTasks; detection: Detection; now: number }> {
	const before = watchedBefore(stored, parameters, selection);
	const first = detectionInput(poll, stored, parameters, selection);
	const list = { shown: poll.shown, tasks: before };
	const nothing = quietDetection(quiet, list, stored.reported, first);
	if (nothing) return { before, detection: nothing, now: first.now };
	const wanted = wantedDetails(before, first, parameters, stored.reported);
	if (wanted === undefined)
		return { before, detection: detectEvents(before, stored.reported, first), now: first.now };
	await fetchDetails(poll, wanted, stored.clock);
	const current = withCurrentTimes(poll, before, stored, selection);
	const input = detectionInput(poll, stored, parameters, selection);
	const detection = detectEvents(current, stored.reported, input);
	return { before: current, detection, now: input.now };
}

/**
 * Compares the NAS with what is stored. Everything is settled before anything is written, so a poll
 * that fails has not happened.
 */
async function pollOnce(
	context: IPollFunctions,
	parameters: TriggerParameters,
	staticData: IDataObject,
	state: PollerState,
): Promise<IDataObject[]> {
	const poll = await fetchTasks(context, parameters, state.shown, state.lastList);
	const read = readStaticData(staticData, poll.nas, state.known);
	const baseline = state.afresh || !read.tasks || !read.sameNas;
	const stored: Stored = { baseline, ...read };
	poll.clock = new NasClock(poll.api.workflowZone, stored.clock);
	const selection = selectTasks(parameters.tasks, poll.snapshots, stored.tasks);
	const { before, detection, now } = await detect(poll, stored, parameters, selection, state);
	const { events, tracked, reported } = detection;
	const reminded = remind(stored.reminders, detection, {
		chosen: parameters.events,
		hours: parameters.remindHours,
		limits: parameters.limits,
		now,
		tasks: before,
	});
	// Deliver.
	const output = await toItems(
		poll,
		[...events, ...reminded.events].filter((event) => delivers(event, parameters)),
	);
	if (parameters.includeLog) await includeLog(context, parameters, poll, output);
	const watched = await runChosenWatches({
		context,
		parameters,
		poll,
		selection,
		staticData,
		state,
		tracked: stored.tasks,
	});
	output.push(...watched.items);
	if (stored.unreachableSince !== undefined && parameters.events.includes('nasUnreachable')) {
		output.unshift(nasItem('nasReachable', 'The NAS can be reached again', poll.api.nas));
	}
	if (output.length === 0) reportUnresolved(context, parameters, selection, state);
	// Save.
	const saved = {
		tasks: tracked,
		reported,
		reminders: reminded.reminders,
		clock: poll.clock.reading,
		skew: skewOf(poll),
		polledAt: Date.now(),
		selection: selectionMark(parameters.tasks),
	};
	state.known = writeStaticData(staticData, poll.nas, saved, state.known);
	watched.save();
	state.shown = poll.shown;
	state.quiet = quietList({ shown: poll.shown, tasks: before }, detection);
	state.afresh = false;
	return output;
}

/** With *NAS Unreachable* a poll that fails is an event of its own. */
async function pollOrReport(
	context: IPollFunctions,
	parameters: TriggerParameters,
	stored: IDataObject,
	state: PollerState,
): Promise<{ items: IDataObject[]; reached: boolean }> {
	try {
		const items = await (needsTasks(parameters.events)
			? pollOnce(context, parameters, stored, state)
			: pollWatchesAlone(context, parameters, stored, state));
		state.failures = 0;
		state.reported.clear();
		return { items, reached: true };
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (!parameters.events.includes('nasUnreachable')) throw failure;
		return {
			items: reportUnreachable(context, parameters, stored, state, failure),
			reached: false,
		};
	}
}

async function production(context: IPollFunctions): Promise<IDataObject[]> {
	const state = pollerState(context);
	const first = isFirstPoll(context, state.lastPoll !== undefined);
	if (first && context.getActivationMode() === 'activate') state.afresh = true;
	const started = Date.now();
	// n8n starts a poll every minute, whether the last one has ended or not.
	const { pollingSince } = state;
	if (pollingSince !== undefined && started >= pollingSince && started - pollingSince < LOST)
		return [];
	const stored = context.getWorkflowStaticData('node');
	if (isStillStoring(stored, state, started)) return [];
	state.pollingSince = started;
	state.lastPoll = started;
	bringUpToDate(stored, state);
	let muting: Muting = NOTHING_MUTED;
	try {
		const parameters = triggerParameters(context);
		({ muting } = parameters);
		const found = await pollOrReport(context, parameters, stored, state);
		const output = deliverOrHold(context, muting, stored, found.items);
		if (found.reached) keepUnsaved(stored, state, output.length > 0);
		if (output.length === 0 && !first && found.reached) {
			reportFailingWatches(context, watchesOf(parameters.events), state.watches);
		}
		return output;
	} catch (error) {
		reportFailure(context, state, error, first, started);
		return deliverOrHold(context, muting, stored, []);
	} finally {
		if (state.pollingSince === started) state.pollingSince = undefined;
	}
}

/** What n8n calls every time the trigger is due, and for *Fetch Test Event*. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return [[{ json: await testEvent(context) }]];
	const output = await production(context);
	return output.length === 0 ? null : [output.map((json) => ({ json }))];
}
