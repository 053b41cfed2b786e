/** An open session on one NAS for one account. */
export interface Session {
	readonly sid: string;
	/** Sent with every call; empty if this DSM gives none. */
	readonly synoToken: string;
	/** Milliseconds since 1970, n8n's clock: of two sessions the later one holds. */
	readonly openedAt: number;
	/**
	 * A device ID the NAS gave in return for a code: with it the next login needs none. Kept nowhere
	 * but with the session.
	 */
	readonly deviceId?: string;
}

/**
 * What DSM gives is some dozens of characters. These go into headers and forms as they are, and
 * into n8n's database.
 */
const WORD = /^[\w.~+/=:-]{1,512}$/;

/**
 * True for a sid, token or device ID that can be used as it is: printable, no separators, not
 * longer than 512 characters.
 */
export const isSessionWord = (value: unknown): value is string =>
	typeof value === 'string' && WORD.test(value);
