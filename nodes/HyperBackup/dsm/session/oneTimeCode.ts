import { createHash } from 'crypto';
import { sleep } from 'n8n-workflow';
import { BoundedMap } from '../BoundedMap';
import { codeOf, readOtpKey, stepAt } from './totp';

/** By the key's hash: the last period whose code was sent. DSM takes a code once. */
const sent = new BoundedMap<string, number>();

/**
 * Milliseconds by which n8n's clock and the NAS's may differ: one period of a code either way is no
 * kind.
 */
const TOLERANCE = 15_000;

/** Milliseconds: a header from anywhere must not buy codes for any time. */
const MOST_APART = 10 * 60_000;

/** Periods: as many logins with one key may wait for their turn. */
const MOST_AHEAD = 4;

/**
 * A code that this process has not sent before, for the NAS's clock (`nasTime`, milliseconds since
 * 1970) if n8n's is off. Waits for the next period if the code of this one was used. How many
 * earlier or later codes DSM takes is not known, so it is given the one it expects. Undefined if
 * the clocks are more than 10 minutes apart.
 */
export async function freshCode(
	otpSecret: string,
	nasTime: number | undefined,
): Promise<string | undefined> {
	const key = readOtpKey(otpSecret);
	const id = createHash('sha256').update(key.key).digest('hex');
	const apart = nasTime === undefined ? 0 : nasTime - Date.now();
	if (Math.abs(apart) > MOST_APART) return undefined;
	const now = Date.now() + (Math.abs(apart) > TOLERANCE ? apart : 0);
	const current = stepAt(key, now);
	const next = (sent.get(id) ?? -1) + 1;
	// A clock that was set back would make this wait for hours.
	const step = next <= current || next > current + MOST_AHEAD ? current : next;
	sent.set(id, step);
	const early = step * key.period * 1000 - now;
	if (early > 0) await sleep(early);
	return codeOf(key, step);
}

/** For tests: a process that has just started. */
export function forgetCodes(): void {
	sent.clear();
}
