import { DsmError, loginRefused, type SecondFactor } from '../errors/DsmError';

const MINUTE = 60_000;
const LONGEST = 30 * MINUTE;

/**
 * What the login had tried when it was refused; `clock`: no code was made, because the clocks are
 * too far apart.
 */
export type Tried = SecondFactor | 'clock';

/**
 * A login that was refused, or was begun and has not been heard of since (no `code`). Kept with the
 * session, so that all processes know it and it survives restarts.
 */
export interface Refusal {
	/** How many in a row. */
	count: number;
	/** Milliseconds since 1970. */
	at: number;
	/** No login before. */
	until: number;
	code?: number;
	tried: Tried;
	/** The process that began it. */
	by?: string;
}

/** A login with a code is two requests, and both may count for DSM. */
const weight = (tried: Tried): number => (tried === 'code' || tried === 'clock' ? 2 : 1);

/**
 * The pause after the `count`th refusal in a row: 2, 4, 8, 16, then 30 minutes; double after a
 * code. DSM's usual limit is 10 in 5 minutes.
 */
function pauseAfter(count: number, tried: Tried): number {
	return Math.min(MINUTE * 2 ** Math.min(count, 5) * weight(tried), LONGEST);
}

/** One more refusal after those `before`; without a code an attempt whose outcome is not known. */
export function nextRefusal(
	before: Refusal | undefined,
	{ code, tried, by }: Partial<Pick<Refusal, 'code' | 'tried' | 'by'>> = {},
): Refusal {
	const at = Date.now();
	const count = (before?.count ?? 0) + 1;
	const attempt = tried ?? before?.tried ?? 'none';
	return { count, at, until: at + pauseAfter(count, attempt), code, tried: attempt, by };
}

/** Who asks for a login. */
export type Who = 'node' | 'deliberate' | 'cautious';

/**
 * Until when no login is made. `deliberate`: a user presses "Test" and may have corrected something
 * on the NAS, so only the first minute (two after a code) counts. `cautious`: where what other
 * processes do cannot be read again before the login, the longest pause counts.
 */
export function pausedUntil(refusal: Refusal, who: Who): number {
	if (who === 'deliberate') return refusal.at + MINUTE * weight(refusal.tried);
	return who === 'cautious' ? Math.max(refusal.until, refusal.at + LONGEST) : refusal.until;
}

/** For a sentence: `2026-11-24 08:31:07 UTC`. */
export function utc(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * No code can be made: DSM expects the one for its own time, and a `Date` header from anywhere must
 * not buy codes for any time.
 */
export function clocksApart(): DsmError {
	return new DsmError({
		kind: 'loginRefused',
		dsmCode: 403,
		message:
			'No two-factor code was made: the clocks of the NAS and of n8n are more than 10 ' +
			'minutes apart',
		description:
			'Set both clocks right (NAS: Control Panel > Regional Options > Time). Codes depend ' +
			'on the time.',
	});
}

/** The refusal in words, and when the login is tried again. */
export function refusalError({ code, tried }: Refusal, until: number): DsmError {
	if (code === undefined) {
		return new DsmError({
			kind: 'timeout',
			message: 'A login of n8n to the NAS was begun and has not ended',
			description:
				`It may have been refused, so n8n does not log in again before ${utc(until)}. ` +
				'Testing the credential logs in at once.',
		});
	}
	const error = tried === 'clock' ? clocksApart() : loginRefused(code, tried);
	return new DsmError({
		kind: 'loginRefused',
		dsmCode: code,
		message: error.message,
		description:
			`${error.description} To keep DSM from blocking this host, n8n does not try this ` +
			`login again before ${utc(until)}. A changed credential is tried at once.`,
	});
}

/**
 * What went wrong and is not tried again before a pause, which grows from 1 to 30 minutes. Kept by
 * this process alone.
 */
export class Backoff {
	private count = 0;

	private until = 0;

	private error?: DsmError;

	note(error: DsmError): void {
		this.count++;
		this.error = error;
		this.until = Date.now() + Math.min(MINUTE * 2 ** (this.count - 1), LONGEST);
	}

	end(): void {
		this.count = 0;
		this.error = undefined;
	}

	/** The error that still holds, saying until when. */
	current(): DsmError | undefined {
		if (!this.error || this.until <= Date.now()) return undefined;
		const { kind, dsmCode, message, description } = this.error;
		return new DsmError({
			kind,
			dsmCode,
			message,
			description: `${description} n8n does not log in again for it before ${utc(this.until)}.`,
		});
	}
}
