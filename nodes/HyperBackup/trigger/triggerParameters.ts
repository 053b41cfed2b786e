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
	/** Failed and partial runs are delivered with what the log says of them. */
	includeLog: boolean;
	/** For *No Integrity Check*. */
	checkOverdueDays: number;
	vaultOverdueHours: number;
	/** Failed polls in a row after which the NAS counts as unreachable. */
	unreachableAfter: number;
	/** Milliseconds for one request. */
	requestTimeout: number;
	/** Milliseconds since 1970, n8n's clock: this poll has to be over by then. */
	deadline: number;
}

/** Milliseconds that n8n gives a poll, for an n8n that does not say so (before 2.38). */
const DEFAULT_BUDGET = 5 * 60_000;

/** n8n's durable scheduler abandons a poll after 45 seconds, and lets nodes know of 36. */
function budgetOf(context: IPollFunctions): number {
	const { getPollBudgetMs } = context as Partial<IPollFunctions>;
	return getPollBudgetMs?.() ?? DEFAULT_BUDGET;
}

/** What applies where an option was not added; the form shows the same. */
export const DEFAULTS = {
	lateHours: 2,
	neverRanHours: 24,
	tooLongHours: 24,
	unreachableAfter: 3,
	checkOverdueDays: 30,
	vaultOverdueHours: 26,
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
		includeLog: flag(context, 'includeLog', 'Include Log'),
		checkOverdueDays: events.includes('integrityCheckOverdue')
			? positive(
					context,
					'checkOverdueDays',
					'No Integrity Check After (Days)',
					DEFAULTS.checkOverdueDays,
				)
			: DEFAULTS.checkOverdueDays,
		vaultOverdueHours: events.includes('vaultTargetOverdue')
			? positive(
					context,
					'vaultOverdueHours',
					'Vault Target Overdue After (Hours)',
					DEFAULTS.vaultOverdueHours,
				)
			: DEFAULTS.vaultOverdueHours,
		unreachableAfter: Math.ceil(
			positive(context, 'unreachableAfter', 'Unreachable After (Polls)', DEFAULTS.unreachableAfter),
		),
		requestTimeout: positive(
			context,
			'requestTimeout',
			'Request Timeout (Milliseconds)',
			DEFAULT_TIMEOUT,
		),
		deadline: Date.now() + budgetOf(context),
	};
}

/**
 * Whether this event was chosen. A change of status counts if any step of the way from one poll to
 * the next fits both filters.
 */
export function delivers(
	{ event, changes }: Pick<TaskEvent, 'event' | 'changes'>,
	{ events, fromStatus, toStatus }: TriggerParameters,
): boolean {
	if (!isChosen(event, events)) return false;
	if (event !== 'statusChanged' || changes === undefined) return true;
	const fits = (chosen: Status[], status: string): boolean =>
		chosen.length === 0 || chosen.includes(status as Status);
	return changes.some(([from, to]) => fits(fromStatus, from) && fits(toStatus, to));
}
