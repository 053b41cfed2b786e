import type { IPollFunctions } from 'n8n-workflow';
import { DEFAULT_TIMEOUT } from '../dsm/DsmClient';
import { LEVELS, type Level } from '../hyperBackup/logs/levels';
import { TaskError } from '../hyperBackup/task/TaskError';
import { STATUSES, type Status } from '../hyperBackup/task/statusMapping';
import { EVENTS, isChosen, type EventName } from './eventNames';
import type { TaskEvent } from './taskEvents';
import type { Limits } from './thresholds';

export interface TriggerParameters {
	events: EventName[];
	/** IDs or names. Empty means all. */
	tasks: string[];
	fromStatus: Status[];
	toStatus: Status[];
	/** For *Log Entry*: at or above this level. */
	logLevel: Level;
	limits: Limits;
	failureRows: FailureRows;
	/** Failed and partial runs are delivered with what the log says of them. */
	includeLog: boolean;
	/** For *No Integrity Check*. */
	checkOverdueDays: number;
	/** Failed polls in a row after which the NAS counts as unreachable. */
	unreachableAfter: number;
	/** What lasts is reported again after so many hours; 0: never. */
	remindHours: number;
	/** Milliseconds for one request. */
	requestTimeout: number;
}

/** For *Backup Failed*: which failures of a row are reported. */
export interface FailureRows {
	/** The first one that is. */
	first: number;
	/** After that one each so many; 0: none. */
	every: number;
}

/** What applies where an option was not added; the form shows the same. */
export const DEFAULTS = {
	lateHours: 2,
	neverRanHours: 24,
	tooLongHours: 24,
	unreachableAfter: 3,
	checkOverdueDays: 30,
	failuresInARow: 1,
	thenEvery: 1,
	remindHours: 0,
};

function list(context: IPollFunctions, name: string): unknown[] {
	const value = context.getNodeParameter(name, []) as unknown;
	if (Array.isArray(value)) return value as unknown[];
	return value === undefined || value === null || value === '' ? [] : [value];
}

/**
 * Words from an expression are checked like those of the form: a misspelt one would watch nothing.
 */
function wordsOf<T extends string>(values: unknown[], allowed: readonly T[], label: string): T[] {
	for (const value of values) {
		if (allowed.includes(value as T)) continue;
		throw new TaskError(
			`'${label}' does not know '${String(value).slice(0, 60)}'`,
			`Use one or more of: ${allowed.join(', ')}.`,
		);
	}
	return values as T[];
}

function positive(context: IPollFunctions, name: string, label: string, fallback: number): number {
	const given = context.getNodeParameter(`options.${name}`, fallback) as unknown;
	const value = given === null || given === '' ? fallback : Number(given);
	if (Number.isFinite(value) && value > 0) return value;
	throw new TaskError(`'${label}' must be a number greater than 0`, 'Correct it in the options.');
}

/** For what is counted; `least` is 0 where that switches it off. */
function whole(
	context: IPollFunctions,
	name: keyof typeof DEFAULTS,
	label: string,
	least: 0 | 1,
): number {
	const fallback = DEFAULTS[name];
	const given = context.getNodeParameter(`options.${name}`, fallback) as unknown;
	const value = given === null || given === '' ? fallback : Number(given);
	if (Number.isInteger(value) && value >= least) return value;
	throw new TaskError(
		`'${label}' must be a whole number of at least ${least}`,
		'Correct it in the options.',
	);
}

function failureRows(context: IPollFunctions, events: EventName[]): FailureRows {
	if (!events.includes('backupFailed')) return { first: 1, every: 1 };
	return {
		first: whole(context, 'failuresInARow', 'After Failures in a Row', 1),
		every: whole(context, 'thenEvery', 'Then Every (Failures)', 0),
	};
}

function flag(context: IPollFunctions, name: string, label: string): boolean {
	const given = context.getNodeParameter(`options.${name}`, false) as unknown;
	if (given === null || given === '' || given === undefined) return false;
	if (given === true || given === 'true') return true;
	if (given === false || given === 'false') return false;
	throw new TaskError(`'${label}' must be true or false`, 'Correct it in the options.');
}

function limitsOf(context: IPollFunctions, events: EventName[]): Limits {
	const hours = (event: EventName, name: 'neverRanHours' | 'tooLongHours', label: string) =>
		events.includes(event) ? positive(context, name, label, DEFAULTS[name]) : undefined;
	const overdue = events.includes('backupOverdue');
	const set = context.getNodeParameter('options.overdueHours', null) as unknown;
	const fixed = overdue && set !== null && set !== '';
	return {
		overdue,
		overdueHours: fixed
			? positive(context, 'overdueHours', 'Overdue After (Hours)', 26)
			: undefined,
		lateHours: overdue
			? positive(context, 'lateHours', 'Late After (Hours)', DEFAULTS.lateHours)
			: DEFAULTS.lateHours,
		neverRanHours: hours('backupNeverRan', 'neverRanHours', 'Never Ran After (Hours)'),
		tooLongHours: hours('backupTooLong', 'tooLongHours', 'Too Long After (Hours)'),
	};
}

/** Read and checked before anything is sent. Throws a TaskError that says what to correct. */
export function triggerParameters(context: IPollFunctions): TriggerParameters {
	const events = wordsOf(list(context, 'events'), EVENTS, 'Trigger On');
	const [logLevel = 'warn'] = wordsOf(list(context, 'logLevel'), LEVELS, 'Minimum Level');
	return {
		events,
		logLevel,
		tasks: list(context, 'tasks')
			.map((entry) => String(entry).trim())
			.filter((entry) => entry !== ''),
		fromStatus: wordsOf(list(context, 'fromStatus'), STATUSES, 'From Status'),
		toStatus: wordsOf(list(context, 'toStatus'), STATUSES, 'To Status'),
		limits: limitsOf(context, events),
		failureRows: failureRows(context, events),
		includeLog: flag(context, 'includeLog', 'Include Log'),
		checkOverdueDays: events.includes('integrityCheckOverdue')
			? positive(
					context,
					'checkOverdueDays',
					'No Integrity Check After (Days)',
					DEFAULTS.checkOverdueDays,
				)
			: DEFAULTS.checkOverdueDays,
		unreachableAfter: Math.ceil(
			positive(context, 'unreachableAfter', 'Unreachable After (Polls)', DEFAULTS.unreachableAfter),
		),
		remindHours: whole(context, 'remindHours', 'Remind Every (Hours)', 0),
		requestTimeout: positive(
			context,
			'requestTimeout',
			'Request Timeout (Milliseconds)',
			DEFAULT_TIMEOUT,
		),
	};
}

const FAILURE_EVENTS: string[] = ['backupFailed', 'backupOutcomeUnknown'];

const isReported = (failures: number, { first, every }: FailureRows): boolean =>
	failures === first || (failures > first && every > 0 && (failures - first) % every === 0);

/**
 * Whether this event was chosen. Of failures in a row those that the options name are delivered. A change of status counts if any step of the way from one poll to
 * the next fits both filters.
 */
export function delivers(
	{ event, changes, failures }: Pick<TaskEvent, 'event' | 'changes' | 'failures'>,
	{ events, fromStatus, toStatus, failureRows: rows }: TriggerParameters,
): boolean {
	if (!isChosen(event, events)) return false;
	if (FAILURE_EVENTS.includes(event) && failures !== undefined) return isReported(failures, rows);
	if (event !== 'statusChanged' || changes === undefined) return true;
	const fits = (chosen: Status[], status: string): boolean =>
		chosen.length === 0 || chosen.includes(status as Status);
	return changes.some(([from, to]) => fits(fromStatus, from) && fits(toStatus, to));
}
