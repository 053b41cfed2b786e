import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../dsm/DsmContext';
import { DsmError } from '../dsm/errors/DsmError';
import { asNodeError } from '../n8n/nodeErrors';
import { nasItem } from './eventItem';
import type { PollerState } from './pollerState';
import { dueReminder } from './reminders';
import { SCHEMA } from './staticData';
import type { TriggerParameters } from './triggerParameters';

/**
 * One outage takes many forms: a time-out, a refused connection, a proxy's page, half a response.
 * They are one cause.
 */
function causeOf(error: unknown): string {
	if (!(error instanceof DsmError)) return error instanceof Error ? error.message : 'unknown';
	const outage = error.transient || error.kind === 'notDsm';
	return outage ? 'outage' : `${error.kind}:${error.dsmCode ?? ''}`;
}

const RETRY_OF_A_REGISTRATION = 20_000;

/**
 * A poll that failed: an error execution once for each cause until a poll succeeds, and never out
 * of the first poll of a registration. Returns where nothing is to be thrown.
 */
export function reportFailure(
	context: IPollFunctions,
	state: PollerState,
	error: unknown,
	first: boolean,
	now: number,
): void {
	const cause = causeOf(error);
	const reported = state.reported.get(cause);
	// n8n repeats the first poll of a registration within seconds: an error thrown there has not been
	// shown to anybody.
	if (reported !== undefined && now - reported < RETRY_OF_A_REGISTRATION) {
		state.reported.delete(cause);
	} else if (!first && reported === undefined) {
		state.reported.set(cause, now);
		throw asNodeError(context.getNode(), error);
	}
	const message = error instanceof Error ? error.message : 'the poll failed';
	context.logger.warn(`${context.getNode().name}: ${message}`);
}

/**
 * With *NAS Unreachable* chosen, whatever keeps the trigger from reading the NAS - no connection, a
 * refused login, a stopped package - is an event instead of an error execution: once, when enough
 * polls in a row have failed, since until then the backups are not being watched.
 */
export function reportUnreachable(
	context: IPollFunctions,
	{ unreachableAfter, remindHours }: TriggerParameters,
	stored: IDataObject,
	state: PollerState,
	error: unknown,
): IDataObject[] {
	state.failures++;
	const { message, description } = asNodeError(context.getNode(), error);
	context.logger.warn(`${context.getNode().name}: ${message}`);
	const now = Date.now();
	const { unreachableSince: since, unreachableAt: last } = stored;
	const reminder = typeof since === 'number';
	const at = reminder
		? dueReminder(typeof last === 'number' ? last : since, now, remindHours)
		: now;
	if (at === undefined || (!reminder && state.failures < unreachableAfter)) return [];
	const begun = reminder ? since : now;
	Object.assign(stored, { schema: SCHEMA, unreachableSince: begun, unreachableAt: at });
	const cause = `${message}${description ? `. ${description}` : ''}`;
	const nas = context.getNode().credentials?.[CREDENTIAL_TYPE]?.name ?? null;
	const prefix = reminder ? 'Reminder: the' : 'The';
	const item = nasItem('nasUnreachable', `${prefix} backups are not being watched: ${cause}`, nas);
	const repeated = reminder ? { since: new Date(begun).toISOString(), reminder } : {};
	return [{ ...item, cause: causeOf(error), ...repeated }];
}
