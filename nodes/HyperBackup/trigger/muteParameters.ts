import { TaskError } from '../hyperBackup/task/TaskError';
import type { MutedTasks, MuteWindow, Muting } from './muting';
import { rowsOf, type Options } from './readParameter';

type Given = Record<string, unknown>;

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** Minutes since midnight. */
function minutesOf(given: unknown, label: string): number {
	const [, hour, minute] = TIME.exec(String(given).trim()) ?? [];
	if (hour !== undefined) return Number(hour) * 60 + Number(minute);
	throw new TaskError(
		`'Mute Between > ${label}' must be a time of day such as 22:30`,
		'Correct it in the options.',
	);
}

function windowOf({ from, to, days }: Given): MuteWindow {
	const list = (Array.isArray(days) ? (days as unknown[]) : []).map(Number);
	if (list.some((day) => !Number.isInteger(day) || day < 0 || day > 6)) {
		throw new TaskError(
			"'Mute Between > Days' must be numbers from 0 (Sunday) to 6",
			'Correct it in the options.',
		);
	}
	return { from: minutesOf(from, 'From'), to: minutesOf(to, 'To'), days: list };
}

const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:\.\d+)?)?$/;

/** A date object, or text with or without a zone. */
function untilOf(given: unknown): number | string {
	const text = given instanceof Date ? given.toISOString() : String(given).trim();
	const [, day, time = '00:00', seconds = '00'] = WITHOUT_ZONE.exec(text) ?? [];
	if (day !== undefined) return `${day}T${time}:${seconds}`;
	const at = Date.parse(text);
	if (Number.isFinite(at)) return at;
	throw new TaskError(
		"'Mute Tasks Until > Until' must be a date and time",
		'Use ISO 8601, such as 2026-11-25T06:00. Leave it empty to mute nothing.',
	);
}

function mutedTasks({ pattern, until }: Given): MutedTasks[] {
	if (until === undefined || until === null || until === '') return [];
	const text = typeof pattern === 'string' ? pattern.trim() : '';
	return [{ pattern: text === '' ? '*' : text, until: untilOf(until) }];
}

/** *Mute Between* and *Mute Tasks Until*. */
export const mutingOf = (options: Options): Muting => ({
	windows: rowsOf(options, 'muteBetween', 'window', 'Mute Between').map(windowOf),
	tasks: rowsOf(options, 'muteTasks', 'tasks', 'Mute Tasks Until').flatMap(mutedTasks),
});
