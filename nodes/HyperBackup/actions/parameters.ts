import type { IDataObject, INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';
import { NasClock } from '../hyperBackup/clock/NasClock';
import { maskSecrets } from '../hyperBackup/task/maskSecrets';
import type { WithRaw } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';
import type { ChosenTask } from '../n8n/chosenTask';
import type { Invocation, Where } from './Invocation';

const CHECK_EXPRESSION =
	'Correct it. If it comes from an expression, check what the expression returns for this item.';

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'nothing';

/** A parameter as it is for this item; undefined, null and "" count as not given. */
function given({ context, item }: Where, name: string): unknown {
	const value = context.getNodeParameter(name, item, null) as unknown;
	return value === undefined || value === '' ? null : value;
}

export interface NumberRange {
	label: string;
	fallback: number;
	min: number;
	max?: number;
}

/** A number from the form or an expression. Throws a sentence if it is none, or out of range. */
export function numberParameter(where: Where, name: string, range: NumberRange): number {
	const { label, fallback, min, max = Infinity } = range;
	const value = given(where, name);
	const number = typeof value === 'boolean' ? NaN : Number(value ?? fallback);
	if (Number.isFinite(number) && number >= min && number <= max) return number;
	const limits = max === Infinity ? `${min} or more` : `from ${min} to ${max}`;
	throw new TaskError(
		`'${label}' must be a number, ${limits}, and is ${shown(value)}`,
		CHECK_EXPRESSION,
	);
}

/** One of the words of an options field. */
export function wordParameter<T extends string>(
	where: Where,
	name: string,
	label: string,
	allowed: readonly T[],
	fallback: T,
): T {
	const value = given(where, name) ?? fallback;
	if (allowed.includes(value as T)) return value as T;
	throw new TaskError(
		`'${label}' does not know ${shown(value)}`,
		`Use one of: ${allowed.join(', ')}.`,
	);
}

/**
 * Any of the words of a multi-select field. A single word, as an expression may return it, is a
 * list of one.
 */
export function wordsParameter<T extends string>(
	where: Where,
	name: string,
	label: string,
	allowed: readonly T[],
	fallback: T[],
): T[] {
	const value = given(where, name) ?? fallback;
	const words = (Array.isArray(value) ? value : [value]) as unknown[];
	for (const word of words) {
		if (allowed.includes(word as T)) continue;
		throw new TaskError(
			`'${label}' does not know ${shown(word)}`,
			`Use one or more of: ${allowed.join(', ')}.`,
		);
	}
	return words as T[];
}

export function flagParameter(
	where: Where,
	name: string,
	label: string,
	fallback = false,
): boolean {
	const value = given(where, name) ?? fallback;
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw new TaskError(`'${label}' must be true or false, and is ${shown(value)}`, CHECK_EXPRESSION);
}

/** A text; undefined where it is empty. */
export function textParameter(where: Where, name: string, label: string): string | undefined {
	const value = given(where, name);
	if (value === null) return undefined;
	if (typeof value === 'string' || typeof value === 'number')
		return String(value).trim() || undefined;
	throw new TaskError(`'${label}' must be a text, and is ${shown(value)}`, CHECK_EXPRESSION);
}

/** A JSON object from the form, or an object from an expression. */
export function jsonParameter(where: Where, name: string, label: string): IDataObject {
	const value = given(where, name) ?? {};
	let parsed: unknown = value;
	try {
		if (typeof value === 'string') parsed = JSON.parse(value);
	} catch {
		parsed = undefined;
	}
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
		return parsed as IDataObject;
	throw new TaskError(`'${label}' must be a JSON object, and is ${shown(value)}`, CHECK_EXPRESSION);
}

/** A date or a time of day without a zone is meant in the workflow's. */
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/**
 * Unix seconds of a time from the form or an expression: text, a date object, or a luxon DateTime;
 * undefined where none is given.
 */
export function timeParameter(where: Where, name: string, label: string): number | undefined {
	const value = given(where, name);
	if (value === null) return undefined;
	const local = typeof value === 'string' ? LOCAL_TIME.exec(value.trim()) : null;
	const [, date, time = '00:00', seconds = '00'] = local ?? [];
	const unix = local
		? new NasClock(where.context.getTimezone()).toUnix(`${date} ${time}:${seconds}`)
		: typeof value === 'string'
			? Date.parse(value) / 1000
			: typeof value === 'object'
				? Number((value as { valueOf: () => unknown }).valueOf()) / 1000
				: NaN;
	if (unix !== null && Number.isFinite(unix)) return Math.floor(unix);
	throw new TaskError(
		`'${label}' must be a date and time, and is ${shown(value)}`,
		CHECK_EXPRESSION,
	);
}

/** *Return All* and *Limit* of an operation that gives many items. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** How many items are wanted; Infinity for all. */
export function limitParameter(where: Where): number {
	if (flagParameter(where, 'returnAll', 'Return All')) return Infinity;
	return Math.floor(numberParameter(where, 'limit', { label: 'Limit', fallback: 50, min: 1 }));
}

/** Of every operation that reads. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The model, or the NAS's own response with the secrets of its destination masked. */
export const simplified = (
	{ simplify }: Pick<Invocation, 'simplify'>,
	response: WithRaw<IDataObject>,
): IDataObject => (simplify ? response.model : maskSecrets(response.raw));

const nothingChosen = (): TaskError =>
	new TaskError(
		"No task is chosen: 'Task' is empty",
		'Select a task from the list, or enter its ID or name. If it comes from an expression, the ' +
			'expression is empty for this item.',
	);

/**
 * *Task* as it is for this item: chosen by its ID, or a name that is still to be found on the NAS.
 * Throws a sentence if it is neither.
 */
export function taskParameter(given: unknown): ChosenTask | { nameToFind: string } {
	const locator: { mode: string; value: unknown } =
		typeof given === 'object' && given !== null && 'mode' in given
			? (given as INodeParameterResourceLocator)
			: { mode: 'id', value: given };
	const { mode, value = null } = locator;
	if (value !== null && typeof value !== 'string' && typeof value !== 'number') {
		throw new TaskError(
			`'Task' must be the ID or name of a task, and is ${shown(value)}`,
			CHECK_EXPRESSION,
		);
	}
	const text = String(value ?? '').trim();
	if (text === '') throw nothingChosen();
	// The editor's cached name may be that of another NAS, or from before the task was renamed.
	return mode === 'name' ? { nameToFind: text } : { id: text, title: text };
}
