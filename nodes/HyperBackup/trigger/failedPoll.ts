import type { IPollFunctions } from 'n8n-workflow';
import { asNodeError } from '../n8n/nodeErrors';
import { DsmError } from '../dsm/errors/DsmError';
import type { PollerState } from './pollerState';

/** The NAS cannot be talked to, and nobody need change anything for it to pass. */
export function isOutage(error: unknown): boolean {
	return error instanceof DsmError && (error.transient || error.kind === 'notDsm');
}

/** One outage takes many forms: a time-out, a refused connection, a proxy's page, half an answer. They are one cause. */
function causeOf(error: unknown): string {
	if (!(error instanceof DsmError)) return error instanceof Error ? error.message : 'unknown';
	return isOutage(error) ? 'outage' : `${error.kind}:${error.dsmCode ?? ''}`;
}

const RETRY_OF_A_REGISTRATION = 20_000;

/**
 * A poll that failed: an error execution once for each cause until a poll succeeds, and never out of the first poll of a registration. Returns
 * where nothing is to be thrown.
 */
export function reportFailure(
	context: IPollFunctions,
	registration: PollerState,
	error: unknown,
	first: boolean,
	now: number,
): void {
	const cause = causeOf(error);
	const reported = registration.reported.get(cause);
	// n8n repeats the first poll of a registration within seconds: an error thrown there has not been shown to anybody.
	if (reported !== undefined && now - reported < RETRY_OF_A_REGISTRATION)
		registration.reported.delete(cause);
	else if (!first && reported === undefined) {
		registration.reported.set(cause, now);
		throw asNodeError(context.getNode(), error);
	}
	context.logger.warn(
		`${context.getNode().name}: ${error instanceof Error ? error.message : 'the poll failed'}`,
	);
}
