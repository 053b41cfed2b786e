import type { IPollFunctions } from 'n8n-workflow';
import { MAY_HOLD_EXPRESSION } from '../n8n/expressions';
import { TaskError } from '../hyperBackup/task/TaskError';

/** What applies where an option was not added; the form shows the same. */
export const DEFAULTS = {
	lateHours: 2,
	neverRanHours: 24,
	tooLongHours: 24,
	unreachableAfter: 3,
	checkOverdueDays: 30,
	vaultOverdueHours: 26,
	failuresInARow: 1,
	thenEvery: 1,
	remindHours: 0,
	deviationThreshold: 5,
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A parameter as n8n evaluates it. n8n does so each time it is read, in every poll: what has no
 * expression in it is taken as it is stored, which is the same.
 */
function read(context: IPollFunctions, name: string, fallback: unknown): unknown {
	const stored = context.getNodeParameter(name, fallback as string, { rawExpressions: true });
	return MAY_HOLD_EXPRESSION.test(JSON.stringify(stored))
		? context.getNodeParameter(name, fallback as string)
		: stored;
}

/** The options of the trigger. Only those that were added are read. */
export class Options {
	private readonly added: Record<string, unknown>;

	constructor(private readonly context: IPollFunctions) {
		const raw = context.getNodeParameter('options', {}, { rawExpressions: true }) as unknown;
		this.added = isRecord(raw) ? raw : {};
	}

	read(name: string, fallback: unknown): unknown {
		return this.added[name] === undefined
			? fallback
			: read(this.context, `options.${name}`, fallback);
	}
}

export function list(context: IPollFunctions, name: string): unknown[] {
	const value = read(context, name, []);
	if (Array.isArray(value)) return value as unknown[];
	return value === undefined || value === null || value === '' ? [] : [value];
}

/**
 * Words from an expression are checked like those of the form: a misspelt one would watch nothing.
 */
export function wordsOf<T extends string>(
	values: unknown[],
	allowed: readonly T[],
	label: string,
): T[] {
	for (const value of values) {
		if (allowed.includes(value as T)) continue;
		throw new TaskError(
			`'${label}' does not know '${String(value).slice(0, 60)}'`,
			`Use one or more of: ${allowed.join(', ')}.`,
		);
	}
	return values as T[];
}

/** `given`: as the form or an expression gives it. */
export function positiveOf(given: unknown, label: string, fallback: number): number {
	const value = given === null || given === undefined || given === '' ? fallback : Number(given);
	if (Number.isFinite(value) && value > 0) return value;
	throw new TaskError(`'${label}' must be a number greater than 0`, 'Correct it in the options.');
}

export const positive = (options: Options, name: string, label: string, fallback: number): number =>
	positiveOf(options.read(name, fallback), label, fallback);

/** For what is counted; `least` is 0 where that switches it off. */
export function whole(
	options: Options,
	name: keyof typeof DEFAULTS,
	label: string,
	least: 0 | 1,
): number {
	const fallback = DEFAULTS[name];
	const given = options.read(name, fallback);
	const value = given === null || given === '' ? fallback : Number(given);
	if (Number.isInteger(value) && value >= least) return value;
	throw new TaskError(
		`'${label}' must be a whole number of at least ${least}`,
		'Correct it in the options.',
	);
}

export function flag(options: Options, name: string, label: string): boolean {
	const given = options.read(name, false);
	if (given === null || given === '' || given === undefined) return false;
	if (given === true || given === 'true') return true;
	if (given === false || given === 'false') return false;
	throw new TaskError(`'${label}' must be true or false`, 'Correct it in the options.');
}

/** The groups of an option that holds several of one kind, `{ [group]: [...] }`, or a mere list. */
export function rowsOf(
	options: Options,
	name: string,
	group: string,
	label: string,
): Array<Record<string, unknown>> {
	const given = options.read(name, {});
	const rows = isRecord(given) ? (given[group] ?? []) : given;
	if (Array.isArray(rows) && rows.every(isRecord)) return rows;
	throw new TaskError(`'${label}' must be a list`, 'Correct it in the options.');
}
