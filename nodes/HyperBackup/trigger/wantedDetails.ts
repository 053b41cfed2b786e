import type { DetectionInput, ReportedConditions } from './detectionInput';
import type { EndedRun } from '../hyperBackup/runs/fetchFigures';
import { endedRun } from './endedRun';
import { followRun, type RunEvent } from './followRun';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { otherEvents } from './taskEvents';
import type { TrackedTask, TrackedTasks } from './TrackedTask';
import { hasComeDue, limitsFor, type Limits } from './thresholds';
import { delivers, type TriggerParameters } from './triggerParameters';

const HOUR = 3_600_000;

/** `status` decides or explains an event of this task that will be delivered. */
function explainsEvent(
	now: TaskSnapshot,
	before: TrackedTask,
	ends: RunEvent[],
	parameters: TriggerParameters,
	overdue: boolean,
): boolean {
	const wantsChanges = parameters.events.includes('statusChanged') && ends.length > 0;
	const compares = parameters.events.includes('unusualRun') && ends.some(isSuccess);
	const recovers = (before.streak !== undefined || overdue) && mayRecover(ends, parameters);
	const problems = otherEvents(before, now).filter(({ event }) => event === 'destinationProblem');
	return (
		wantsChanges ||
		compares ||
		recovers ||
		[...ends, ...problems].some((event) => delivers(event, parameters))
	);
}

const isSuccess = ({ outcome }: RunEvent): boolean => outcome === 'succeeded';

const mayRecover = (ends: RunEvent[], { events }: TriggerParameters): boolean =>
	events.includes('backupRecovered') && ends.some(isSuccess);

const isQuiet = (now: TaskSnapshot, before: TrackedTask): boolean =>
	before.phase === 'settled' &&
	now.phase === 'settled' &&
	now.resultWord === before.resultWord &&
	now.run.end === before.run.end &&
	now.run.start === before.run.start &&
	now.problem === before.problem &&
	now.result === before.result;

/**
 * A task that is recorded for the first time, whose last success has to be read as its last run was
 * none.
 */
const lacksSuccess = ({ result }: TaskSnapshot): boolean =>
	result !== undefined && result !== 'success' && result !== 'never';

export interface WantedDetails {
	/** The tasks whose `status` is worth a request; empty for the NAS's clock alone. */
	ids: string[];
	/** Runs whose figures ride in that request. */
	ended: EndedRun[];
}

/** What is worth a request; undefined for nothing, as in a poll in which nothing is new. */
export function wantedDetails(
	tasks: TrackedTasks,
	input: DetectionInput,
	parameters: TriggerParameters,
	reported: ReportedConditions,
): WantedDetails | undefined {
	const { baseline, now: time } = input;
	const ids: string[] = [];
	const ended: EndedRun[] = [];
	let clock = baseline;
	for (const now of input.snapshots) {
		const before = tasks.get(now.id);
		const limits = limitsFor(input.limits, now.name);
		if (before === undefined || baseline) {
			if (limits.overdue && lacksSuccess(now)) ids.push(now.id);
			else if (limits.overdue) clock = true;
			continue;
		}
		if (!isQuiet(now, before)) {
			const { events } = followRun(before, now, undefined, input);
			const ends = events.filter(({ outcome }) => outcome !== undefined);
			const explains = explainsEvent(now, before, ends, parameters, reported.has(now.id));
			if (explains) ids.push(now.id);
			const run = endedRun(before, now, ends);
			if (run && explains) ended.push(run);
		}
		if (!limits.overdue) continue;
		const newTimes = now.run.end !== before.run.end || now.next !== before.next;
		const late = !reported.has(now.id) && isAboutToBeLate(before, time, limits);
		// A success that no poll has shown may have made good what is about to be reported.
		if (late && lacksSuccess(now) && !ids.includes(now.id)) ids.push(now.id);
		if (newTimes || late) clock = true;
	}
	return ids.length > 0 || clock ? { ids, ended } : undefined;
}

/** Before a backup is reported as late, its time is read by the NAS's clock as it is now. */
export function isAboutToBeLate(task: TrackedTask, now: number, limits: Limits): boolean {
	const { missedAt, ranSinceMissed, open } = task;
	if (open !== undefined) return false;
	if (missedAt === undefined) return hasComeDue(task, now);
	const reportable = !ranSinceMissed || limits.overdueHours === undefined;
	return reportable && now - missedAt > limits.lateHours * HOUR;
}
