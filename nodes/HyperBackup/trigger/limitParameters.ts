import { TaskError } from '../hyperBackup/task/TaskError';
import type { EventName } from './eventNames';
import { DEFAULTS, isRecord, positive, positiveOf, rowsOf, type Options } from './readParameter';
import type { LimitRule, Limits } from './thresholds';

function commonLimits(options: Options, events: EventName[]): Limits {
	const hours = (event: EventName, name: 'neverRanHours' | 'tooLongHours', label: string) =>
		events.includes(event) ? positive(options, name, label, DEFAULTS[name]) : undefined;
	const overdue = events.includes('backupOverdue');
	const set = options.read('overdueHours', null);
	const fixed = overdue && set !== null && set !== '';
	return {
		overdue,
		overdueHours: fixed
			? positive(options, 'overdueHours', 'Overdue After (Hours)', 26)
			: undefined,
		lateHours: overdue
			? positive(options, 'lateHours', 'Late After (Hours)', DEFAULTS.lateHours)
			: DEFAULTS.lateHours,
		neverRanHours: hours('backupNeverRan', 'neverRanHours', 'Never Ran After (Hours)'),
		tooLongHours: hours('backupTooLong', 'tooLongHours', 'Too Long After (Hours)'),
	};
}

type Given = Record<string, unknown>;

/**
 * Hours of a rule; undefined: not given, so that the option for all tasks holds; 0: not watched.
 */
function hoursOf(limits: Given, name: string, label: string): number | undefined {
	const given = limits[name];
	if (given === undefined || given === null || given === '') return undefined;
	return Number(given) === 0 ? 0 : positiveOf(given, `Rules per Task > ${label}`, 0);
}

function withRule(common: Limits, events: EventName[], limits: Given): Limits {
	const overdueHours = hoursOf(limits, 'overdueHours', 'Overdue After (Hours)');
	const never = hoursOf(limits, 'neverRanHours', 'Never Ran After (Hours)');
	const long = hoursOf(limits, 'tooLongHours', 'Too Long After (Hours)');
	const late = limits.lateHours ?? '';
	const given = (event: EventName, hours: number | undefined, usual: number | undefined) =>
		hours === undefined || !events.includes(event) ? usual : hours || undefined;
	return {
		overdue: common.overdue && overdueHours !== 0,
		overdueHours: given('backupOverdue', overdueHours, common.overdueHours),
		lateHours: positiveOf(late, 'Rules per Task > Late After (Hours)', common.lateHours),
		neverRanHours: given('backupNeverRan', never, common.neverRanHours),
		tooLongHours: given('backupTooLong', long, common.tooLongHours),
	};
}

function rulesOf(options: Options, events: EventName[], common: Limits): LimitRule[] {
	return rowsOf(options, 'taskRules', 'rule', 'Rules per Task').map(
		({ pattern, limits }): LimitRule => {
			const text = typeof pattern === 'string' ? pattern.trim() : '';
			if (text === '') {
				throw new TaskError(
					"A rule of 'Rules per Task' has no task name",
					'Enter a name, or a part of one with * for any text.',
				);
			}
			return { pattern: text, limits: withRule(common, events, isRecord(limits) ? limits : {}) };
		},
	);
}

/** What applies to all tasks, and the rules for some of them. */
export function limitsOf(options: Options, events: EventName[]): Limits {
	const common = commonLimits(options, events);
	const rules = rulesOf(options, events, common);
	return rules.length === 0 ? common : { ...common, rules };
}
