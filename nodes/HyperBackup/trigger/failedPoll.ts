import type { IPollFunctions } from 'n8n-workflow';
import { asNodeError } from '../actions/nodeErrors';
import { DsmError } from '../transport/DsmError';
import type { Registration } from './registration';

/** Of what passes by itself, every form is one cause: an outage begins as a time-out and goes on as a refused connection. */
function causeOf(error: unknown): string {
	if (!(error instanceof DsmError)) return error instanceof Error ? error.message : 'unknown';
	return error.transient ? 'transient' : `${error.trouble}:${error.dsmCode ?? ''}`;
}

const RETRY_OF_A_REGISTRATION = 20_000;

/**
 * A poll that failed: an error execution once for each cause until a poll succeeds, and never out of the first poll of a registration. Returns
 * where nothing is to be thrown.
 */
export function reportFailure(context: IPollFunctions, registration: Registration, error: unknown, first: boolean, now: number): void {
	const cause = causeOf(error);
	// n8n repeats the first poll of a registration within seconds: an error thrown there has not been shown to anybody.
	if (registration.reported && now - registration.reported.at < RETRY_OF_A_REGISTRATION) registration.reported = undefined;
	else if (!first && registration.reported?.cause !== cause) {
		registration.reported = { cause, at: now };
		throw asNodeError(context.getNode(), error);
	}
	context.logger.warn(`${context.getNode().name}: ${error instanceof Error ? error.message : 'the poll failed'}`);
}
