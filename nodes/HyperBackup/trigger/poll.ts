import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Task } from '../hyperBackup/task/Task';
import { asNodeError } from '../n8n/nodeErrors';
import { eventItem } from './eventItem';
import { baseline, detectEvents, type DetectedEvent, type DetectionInput } from './detectEvents';
import { isOutage, reportFailure } from './failedPoll';
import { fetchTasks, fetchDetails, type PollResult } from './fetchTasks';
import { readStaticData, selectionMark, writeStaticData, type StaticData } from './staticData';
import { delivers, triggerParameters, type TriggerParameters } from './triggerParameters';
import { isFirstPoll, pollerState, type PollerState } from './pollerState';
import { withRewrittenTimes } from './rewrittenTimes';
import { markOf } from './unchanged';
import { sampleItem } from './sampleItem';
import type { TrackedTasks } from './TrackedTask';

/** A poll that has not ended after this long is not waited for any more. */
const LOST = 10 * 60_000;

function lookOf(
	seen: PollResult,
	parameters: TriggerParameters,
	memory: StaticData | undefined,
): DetectionInput {
	const { sights, details, when } = seen;
	const all = parameters.taskIds.length === 0;
	return {
		sights,
		details,
		when,
		limits: parameters.limits,
		complete: all && memory?.selection === '',
		now: Date.now(),
		sameClock: seen.offset !== undefined && seen.offset === memory?.offset,
	};
}

/** Tasks of which `status` knows something that decides or explains an event that will be delivered. */
function worthAsking(happened: DetectedEvent[], parameters: TriggerParameters): string[] {
	const wanted = happened.filter(
		(event) =>
			event.now !== undefined &&
			(event.outcome !== undefined || event.event === 'destinationProblem'),
	);
	const told = wanted.filter(
		(event) =>
			delivers(event, parameters) ||
			happened.some(
				(other) =>
					other.now === event.now && other.event === 'statusChanged' && delivers(other, parameters),
			),
	);
	return [...new Set(told.map(({ now }) => now!.id))];
}

const measuresTime = ({ limits }: TriggerParameters): boolean =>
	limits.overdueHours > 0 || limits.graceHours > 0;

/** With an eye on overdue backups: tasks whose last success has to be asked for, as their last run was none. */
function withoutSuccess(
	seen: PollResult,
	before: TrackedTasks,
	{ limits }: TriggerParameters,
): string[] {
	if (limits.overdueHours === 0) return [];
	return seen.sights
		.filter(
			({ id, result }) =>
				before[id] === undefined &&
				result !== 'success' &&
				result !== 'never' &&
				result !== undefined,
		)
		.map(({ id }) => id);
}

function hasNewTimes(seen: PollResult, before: TrackedTasks): boolean {
	return seen.sights.some(
		({ id, run, next }) => before[id]?.run !== run || before[id]?.next !== next,
	);
}

async function items(seen: PollResult, happened: DetectedEvent[]): Promise<INodeExecutionData[]> {
	const detectedAt = new Date().toISOString();
	const ids = [...new Set(happened.flatMap(({ now }) => (now ? [now.id] : [])))];
	const told = await seen.api.tell(ids.map((id) => seen.rows.get(id)!));
	const tasks = new Map<string, Task>(ids.map((id, index) => [id, told[index]!.model]));
	return happened.map((event) => {
		const id = event.now?.id;
		const task = id === undefined ? null : (tasks.get(id) ?? null);
		return {
			json: eventItem(
				event,
				task,
				(id === undefined ? undefined : seen.rows.get(id)) ?? {},
				detectedAt,
			),
		};
	});
}

/** Times may be cut to the minute, and the two clocks differ a little. */
const SLACK = 60_000;

/**
 * Whether a run of which DSM writes that it ended at `text` may have ended after the last look and before now. If the clock has `moved` (seconds) because
 * summer time began or ended, the text may be by the clock as it was before.
 */
function endedSince(
	seen: PollResult,
	lookedAt: number | undefined,
	moved: number,
): (text: string) => boolean {
	const now = Date.now();
	return (text) => {
		const at = seen.when(text);
		if (lookedAt === undefined || at === undefined) return true;
		const readings = Math.abs(moved) === 3600 ? [at, at + moved * 1000] : [at];
		return readings.some((reading) => reading > lookedAt - SLACK && reading < now + SLACK);
	};
}

/** Compares the NAS with what is remembered. Everything is settled before anything is written, so a poll that fails has not happened. */
async function pollOnce(
	context: IPollFunctions,
	parameters: TriggerParameters,
	stored: IDataObject,
	registration: PollerState,
): Promise<INodeExecutionData[]> {
	const seen = await fetchTasks(context, parameters);
	const memory = registration.afresh
		? undefined
		: readStaticData(stored, seen.nas, registration.known);
	const selection = selectionMark(parameters.taskIds);
	if (memory === undefined) {
		// Once, for the NAS's clock: without it a changed time zone could not be told from runs.
		await fetchDetails(context, seen, withoutSuccess(seen, {}, parameters));
		registration.known = writeStaticData(stored, seen.nas, {
			tasks: baseline(lookOf(seen, parameters, undefined)),
			offset: seen.offset,
			lookedAt: Date.now(),
			selection,
		});
		registration.afresh = false;
		return [];
	}
	// A task that is no longer chosen has not gone.
	let before =
		parameters.taskIds.length === 0
			? memory.tasks
			: Object.fromEntries(
					Object.entries(memory.tasks).filter(([id]) => parameters.taskIds.includes(id)),
				);
	const { known } = registration;
	const mark = markOf(seen.sights, parameters, selection);
	const nothingNew = mark !== undefined && known?.settled === mark && known.tasks === memory.tasks;
	let { happened, next } = nothingNew
		? { happened: [], next: memory.tasks }
		: detectEvents(before, lookOf(seen, parameters, memory));
	const ask = [
		...new Set([...worthAsking(happened, parameters), ...withoutSuccess(seen, before, parameters)]),
	];
	if (ask.length > 0 || (measuresTime(parameters) && hasNewTimes(seen, before))) {
		await fetchDetails(context, seen, ask);
		const moved = (seen.offset ?? 0) - (memory.offset ?? seen.offset ?? 0);
		before = withRewrittenTimes(
			before,
			seen.sights,
			moved,
			endedSince(seen, memory.lookedAt, moved),
		);
		({ happened, next } = detectEvents(before, lookOf(seen, parameters, memory)));
	}
	const delivered = happened.filter((event) => delivers(event, parameters));
	const output = await items(seen, delivered);
	if (memory.unreachable && parameters.events.includes('nasUnreachable'))
		output.unshift(nasItem('nasReachable', null));
	const written = writeStaticData(
		stored,
		seen.nas,
		{ tasks: next, offset: seen.offset ?? memory.offset, lookedAt: Date.now(), selection },
		known,
	);
	registration.known = {
		...written,
		settled: happened.length === 0 && written.text === known?.text ? mark : undefined,
	};
	return output;
}

function nasItem(
	event: 'nasUnreachable' | 'nasReachable',
	message: string | null,
): INodeExecutionData {
	return {
		json: {
			event,
			detected_at: new Date().toISOString(),
			task: null,
			previous: null,
			run: null,
			changed: [],
			message,
		},
	};
}

/** Whoever asked for it gets the outage as an event instead of an error execution: once, when enough polls in a row have failed. */
function outage(
	context: IPollFunctions,
	parameters: TriggerParameters,
	stored: IDataObject,
	registration: PollerState,
	error: unknown,
): INodeExecutionData[] | null {
	registration.failures++;
	if (stored.unreachable === true || registration.failures < parameters.unreachableAfter)
		return null;
	const { message, description } = asNodeError(context.getNode(), error);
	stored.unreachable = true;
	return [nasItem('nasUnreachable', `${message}${description ? `. ${description}` : ''}`)];
}

async function production(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const registration = pollerState(context);
	const known = registration.lastPoll !== undefined;
	const first = isFirstPoll(context, known);
	if (first && context.getActivationMode() === 'activate') registration.afresh = true;
	const started = Date.now();
	// n8n starts a poll every minute, whether the last one has ended or not.
	if (registration.pollingSince !== undefined && started - registration.pollingSince < LOST)
		return [];
	registration.pollingSince = started;
	registration.lastPoll = started;
	const stored = context.getWorkflowStaticData('node');
	const parameters = triggerParameters(context);
	try {
		const output = await pollOnce(context, parameters, stored, registration);
		registration.failures = 0;
		registration.reported.clear();
		return output;
	} catch (error) {
		if (isOutage(error) && parameters.events.includes('nasUnreachable'))
			return outage(context, parameters, stored, registration, error) ?? [];
		reportFailure(context, registration, error, first, started);
		return [];
	} finally {
		if (registration.pollingSince === started) registration.pollingSince = undefined;
	}
}

/** What n8n calls every time the trigger is due, and when a person wants to see a test event. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') {
		const parameters = triggerParameters(context);
		try {
			return [[{ json: await sampleItem(await fetchTasks(context, parameters), parameters) }]];
		} catch (error) {
			throw asNodeError(context.getNode(), error);
		}
	}
	const output = await production(context);
	return output.length === 0 ? null : [output];
}
