import type { ErrorKind } from './ErrorKind';
import type { RejectedParameter } from './rejectedParameter';
import { sentenceForApiCode, sentenceForLoginCode, type SecondFactor } from './errorCodes';

export type { SecondFactor };

export type { ErrorKind };

const TRANSIENT: ErrorKind[] = [
	'unreachable',
	'timeout',
	'badResponse',
	'httpStatus',
	'sessionInvalid',
];

export interface DsmErrorDetails {
	kind: ErrorKind;
	/**
	 * What happened, in one sentence. Never holds a secret, an address with a query, or raw output.
	 */
	message: string;
	/** What the reader can do about it. */
	description: string;
	/**
	 * DSM's number. It is not called `code`: n8n replaces the message of anything with a `code` by
	 * stock text.
	 */
	dsmCode?: number;
	httpStatus?: number;
	/** True if there was no connection that could have carried the request. */
	neverSent?: boolean;
}

/**
 * The one error that dsm/ throws. Carries no cause: n8n saves causes, and an HTTP client's error
 * holds the request with its secrets.
 */
export class DsmError extends Error {
	readonly kind: ErrorKind;

	readonly description: string;

	readonly dsmCode?: number;

	readonly httpStatus?: number;

	readonly neverSent: boolean;

	constructor(details: DsmErrorDetails) {
		super(details.message);
		this.name = 'DsmError';
		this.kind = details.kind;
		this.description = details.description;
		this.dsmCode = details.dsmCode;
		this.httpStatus = details.httpStatus;
		this.neverSent = details.neverSent === true;
	}

	/** True if the same call may succeed later without anybody changing anything. */
	get transient(): boolean {
		return TRANSIENT.includes(this.kind);
	}
}

/** For a field that says why something is missing. */
export const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : 'Something unexpected happened';

/** The error of a call to the NAS; anything else is thrown on as it is. */
export function dsmErrorOf(error: unknown): DsmError {
	if (error instanceof DsmError) return error;
	throw error;
}

/** DSM's `success: false` of a login (`SYNO.API.Auth`), whose 400 to 411 mean nothing elsewhere. */
export function loginRefused(code: number, tried: SecondFactor): DsmError {
	return new DsmError({
		kind: 'loginRefused',
		dsmCode: code,
		...sentenceForLoginCode(code, tried),
	});
}

/** DSM's `success: false` of any call after the login. */
export function callRefused(api: string, code: number, rejected?: RejectedParameter): DsmError {
	const { kind, message, description } = sentenceForApiCode(api, code, rejected);
	return new DsmError({ kind, message, description, dsmCode: code });
}

/** A successful response that lacks what it should hold: it must not pass for an empty one. */
export function partMissing(message: string, packageName = 'Hyper Backup'): DsmError {
	return new DsmError({
		kind: 'badResponse',
		message,
		description: `Try again. If it keeps happening, restart ${packageName} in Package Center.`,
	});
}
