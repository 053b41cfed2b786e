import type { Call, DsmClient } from '../../dsm/DsmClient';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { NasClock, readingOf, type ClockReading } from './NasClock';

/** How long a reading is used: a change of the clocks on the NAS shows within this time. */
const LIFETIME = 6 * 60 * 60 * 1000;
const MAX_CLOCKS = 500;

export const CLOCK_CALL: Call = {
	api: 'SYNO.Core.Region.NTP',
	version: 1,
	method: 'get',
	reads: true,
};

/** By the NAS's address; a reading of undefined means that the account may not read the clock. */
const readings = new Map<string, { reading: ClockReading | undefined; at: number }>();

/** Keeps what a response of `CLOCK_CALL` shows, and gives it back. */
export function rememberClock(client: DsmClient, ntp: unknown): ClockReading | undefined {
	const now = Date.now();
	const reading = readingOf(ntp, now);
	readings.delete(client.address);
	readings.set(client.address, { reading, at: now });
	for (const oldest of readings.keys()) {
		if (readings.size <= MAX_CLOCKS) break;
		readings.delete(oldest);
	}
	return reading;
}

/**
 * The clock of the NAS, read at most once in some hours. An account that only manages Hyper Backup
 * may not read it (105): the workflow's zone is used then.
 */
export async function readClock(client: DsmClient, workflowZone: string): Promise<NasClock> {
	const known = readings.get(client.address);
	const age = known === undefined ? Infinity : Date.now() - known.at;
	if (known && age >= 0 && age < LIFETIME) return new NasClock(workflowZone, known.reading);
	let ntp: unknown;
	try {
		ntp = await client.call(CLOCK_CALL);
	} catch (error) {
		const refusal = dsmErrorOf(error);
		if (refusal.transient) throw refusal;
	}
	return new NasClock(workflowZone, rememberClock(client, ntp));
}

/** For tests: a process that has just started. */
export function forgetClocks(): void {
	readings.clear();
}
