import type { Call, DsmClient } from '../../dsm/DsmClient';
import { DsmError } from '../../dsm/errors/DsmError';
import type { Session } from '../../dsm/session/Session';
import { inZone, nasClock, type ToUnixTime } from './nasClock';
import type { RawTask } from '../task/Task';

interface Known {
	/** DSM's answer, or undefined where the account may not ask. */
	ntp: unknown;
	at: number;
}

/** How long an answer is used: a change of the clocks on the NAS is noticed within this time. */
const LIFETIME = 6 * 60 * 60 * 1000;

export const CLOCK_CALL: Call = {
	api: 'SYNO.Core.Region.NTP',
	version: 1,
	method: 'get',
	reads: true,
};

const clocks = new WeakMap<Session, Known>();

const DATES = ['last_bkp_time', 'last_bkp_end_time', 'last_bkp_success_time', 'next_bkp_time'];

const hasDates = (row: RawTask): boolean =>
	DATES.some((field) => typeof row[field] === 'string' && row[field] !== '');

export function rememberClock(session: Session, ntp: unknown): void {
	clocks.set(session, { ntp, at: Date.now() });
}

/** The converter for these rows' dates. Asks the NAS for its clock once per session and process, and only if there is a date to convert. */
export async function readClock(
	client: DsmClient,
	workflowZone: string,
	rows: RawTask[],
): Promise<ToUnixTime> {
	if (!rows.some(hasDates)) return inZone(workflowZone);
	const session = await client.session();
	const known = clocks.get(session);
	if (known && Date.now() - known.at < LIFETIME) return nasClock(known.ntp, workflowZone);
	// An account that only manages Hyper Backup may not ask (105): the workflow's zone is used then.
	const ntp = await client
		.call(CLOCK_CALL)
		.catch(async (error: unknown) =>
			error instanceof DsmError && !error.transient ? undefined : await Promise.reject(error),
		);
	rememberClock(await client.session(), ntp);
	return nasClock(ntp, workflowZone);
}
