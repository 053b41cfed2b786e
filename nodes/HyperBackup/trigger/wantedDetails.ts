import type { DetectionInput, ReportedConditions } from './detectEvents';
import { followRun } from './followRun';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { otherEvents } from './taskEvents';
import type { TrackedTask, TrackedTasks } from './TrackedTask';
import { delivers, type TriggerParameters } from './triggerParameters';

const HOUR = 3_600_000;

/** `status` decides or explains an event of this task that will be delivered. */
function explainsEvent(
	now: TaskSnapshot,
	before: TrackedTask,
	input: DetectionInput,
	parameters: TriggerParameters,
): boolean {
	if (before.phase === 'settled' && now.phase === 'settled' && isQuiet(now, before)) return false;
	const ends = followRun(before, now, undefined, input).events.filter(
		({ outcome }) => outcome !== undefined,
	);
	const wantsChanges = parameters.events.includes('statusChanged') && ends.length > 0;
	const problems = otherEvents(before, now).filter(({ event }) => event === 'destinationProblem');
	return wantsChanges || [...ends, ...problems].some((event) => delivers(event, parameters));
}

const isQuiet = (now: TaskSnapshot, before: TrackedTask): boolean =>
	now.resultWord === before.resultWord &&
	now.run.end === before.run.end &&
	now.run.start === before.run.start &&
	now.problem === before.problem &&
	now.result === before.result;

/** A task that is recorded for the first time, whose last success has to be read as its last run was none. */
function lacksSuccess({ result, phase }: TaskSnapshot): boolean {
	return result !== undefined && result !== 'success' && result !== 'never' && phase !== 'live'
		? true
		: phase === 'live';
}

/**
 * The tasks whose details are worth a request; an empty list for the NAS's clock alone; undefined for neither. A poll in which nothing is new
 * wants nothing.
 */
export function wantedDetails(
	tasks: TrackedTasks,
	input: DetectionInput,
	parameters: TriggerParameters,
	reported: ReportedConditions,
): string[] | undefined {
	const { limits, baseline, now: time } = input;
	const ids: string[] = [];
	let clock = baseline;
	for (const now of input.snapshots) {
		const before = tasks.get(now.id);
		if (before === undefined || baseline) {
			if (limits.overdue && lacksSuccess(now)) ids.push(now.id);
			else if (limits.overdue) clock = true;
			continue;
		}
		if (explainsEvent(now, before, input, parameters)) ids.push(now.id);
		if (!limits.overdue) continue;
		const newTimes = now.run.end !== before.run.end || now.next !== before.next;
		// Before a backup is reported as late, its time is read by the NAS's clock as it is now.
		const late =
			before.due?.at !== undefined &&
			!before.due.stale &&
			before.due.at <= time &&
			!reported.has(now.id);
		const unmeasured = before.missedAt === undefined ? late : false;
		if (newTimes || unmeasured || isAboutToBeLate(before, time, limits.lateHours)) clock = true;
	}
	return ids.length > 0 || clock ? ids : undefined;
}

/** Within the poll in which the grace time runs out: one request more, once. */
function isAboutToBeLate({ missedAt }: TrackedTask, now: number, lateHours: number): boolean {
	if (missedAt === undefined) return false;
	const past = now - missedAt - lateHours * HOUR;
	return past > 0 && past < 60_000;
}
