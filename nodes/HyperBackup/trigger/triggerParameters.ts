import type { IPollFunctions } from 'n8n-workflow';
import type { Status } from '../hyperBackup/task/statusMapping';
import { DEFAULT_TIMEOUT } from '../dsm/DsmClient';
import { isChosen, type EventName } from './eventNames';
import type { Limits } from './thresholds';
import type { DetectedEvent } from './detectEvents';

export interface TriggerParameters {
	events: EventName[];
	/** Empty means all. */
	taskIds: string[];
	fromStatus: Status[];
	toStatus: Status[];
	limits: Limits;
	/** Failed polls in a row after which the NAS counts as unreachable. */
	unreachableAfter: number;
	/** Milliseconds for one request. */
	timeout: number;
}

/** What holds where an option was not added; the form shows the same. A nightly backup is late after a day and two hours. */
export const DEFAULTS = {
	overdueHours: 26,
	graceHours: 2,
	neverRanHours: 24,
	tooLongHours: 24,
	unreachableAfter: 3,
};

/** `"12"` with its quotes is a LUN task that is called 12; a row's ID has none. */
const withoutQuotes = (id: unknown): string =>
	String(id)
		.trim()
		.replace(/^"(.*)"$/, '$1');

export function triggerParameters(context: IPollFunctions): TriggerParameters {
	const list = <T>(name: string): T[] => {
		const value = context.getNodeParameter(name, []) as unknown;
		return (
			Array.isArray(value)
				? value
				: value === undefined || value === null || value === ''
					? []
					: [value]
		) as T[];
	};
	const events = list<EventName>('events');
	const option = (name: keyof typeof DEFAULTS): number => {
		const value = Number(context.getNodeParameter(`options.${name}`, DEFAULTS[name]));
		return Number.isFinite(value) && value > 0 ? value : DEFAULTS[name];
	};
	const watched = (event: EventName, hours: number): number => (events.includes(event) ? hours : 0);
	const timeout = Number(context.getNodeParameter('options.timeout', DEFAULT_TIMEOUT));
	return {
		events,
		taskIds: list<string>('tasks')
			.map(withoutQuotes)
			.filter((id) => id !== ''),
		fromStatus: list<Status>('fromStatus'),
		toStatus: list<Status>('toStatus'),
		limits: {
			overdueHours: watched('backupOverdue', option('overdueHours')),
			graceHours: watched('backupOverdue', option('graceHours')),
			neverRanHours: watched('backupNeverRan', option('neverRanHours')),
			tooLongHours: watched('backupTooLong', option('tooLongHours')),
		},
		unreachableAfter: Math.ceil(option('unreachableAfter')),
		timeout: Number.isFinite(timeout) && timeout > 0 ? timeout : DEFAULT_TIMEOUT,
	};
}

/** Whether this event was asked for. A change of status counts if any step of the way from one look to the next fits both filters. */
export function delivers(
	{ event, changes }: Pick<DetectedEvent, 'event' | 'changes'>,
	{ events, fromStatus, toStatus }: TriggerParameters,
): boolean {
	if (!isChosen(event, events)) return false;
	if (event !== 'statusChanged' || changes === undefined) return true;
	const fits = (chosen: Status[], status: string): boolean =>
		chosen.length === 0 || chosen.includes(status as Status);
	return changes.some(([from, to]) => fits(fromStatus, from) && fits(toStatus, to));
}
