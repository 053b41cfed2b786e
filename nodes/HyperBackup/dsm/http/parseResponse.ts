import { DsmError } from '../errors/DsmError';

/** DSM's envelope. `data` may be missing even on success. */
export type Envelope = (
	{ success: true; data: unknown } | { success: false; code: number; details: unknown }
) & {
	/** Milliseconds since 1970 by the clock of what answered (the header `Date`), if it said so. */
	at?: number;
};

/** Bytes. A list of 5000 tasks has some 3 MB. */
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/** DSM's answers are some ten levels deep; whatever walks through an answer later must not run out of stack. */
const MAX_RESPONSE_DEPTH = 64;

export const NOT_DSM =
	'Check the NAS Address and port: it has to be the address under which DSM itself opens in a browser (usual ports: 5001 for HTTPS, 5000 for HTTP). A proxy, another device or the router may be answering there.';

export const AGAIN = 'Try again; if it stays, look at the NAS and at any proxy in between.';

/**
 * Takes out keys `__proto__`, which would replace an object's prototype when it is copied field by field. False if the answer goes deeper than
 * `levels`.
 */
function isSane(value: object, levels: number): boolean {
	if (levels === 0) return false;
	if (Object.prototype.hasOwnProperty.call(value, '__proto__'))
		delete (value as Record<string, unknown>)['__proto__'];
	for (const name in value) {
		const field = (value as Record<string, unknown>)[name];
		if (typeof field === 'object' && field !== null && !isSane(field, levels - 1)) return false;
	}
	return true;
}

function parse(text: string): unknown {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw unreadable(text);
	}
	if (typeof value === 'object' && value !== null && !isSane(value, MAX_RESPONSE_DEPTH)) {
		throw new DsmError({
			kind: 'notDsm',
			message: 'The answer of the NAS is nested too deeply to be one of DSM',
			description: NOT_DSM,
		});
	}
	return value;
}

function unreadable(text: string): DsmError {
	const cut = /^[[{]/.test(text);
	return new DsmError({
		kind: cut ? 'badResponse' : 'notDsm',
		message: cut
			? 'The answer of the NAS was cut off or damaged'
			: 'Something other than DSM answered',
		description: cut ? AGAIN : NOT_DSM,
	});
}

function webPage(text: string): DsmError {
	if (/quickconnect/i.test(text)) {
		return new DsmError({
			kind: 'notDsm',
			message: 'A QuickConnect page answered instead of DSM',
			description:
				"QuickConnect does not carry DSM's web API. Enter the NAS's address in your network, its DDNS name, or a VPN address as 'NAS Address'.",
		});
	}
	return new DsmError({
		kind: 'notDsm',
		message: 'A web page answered instead of DSM',
		description: NOT_DSM,
	});
}

/** The text of an answer as DSM's envelope. What is none becomes a DsmError that says what it looks like. */
export function parseResponse(answer: string): Envelope {
	const text = answer.trim();
	if (text === '')
		throw new DsmError({
			kind: 'badResponse',
			message: 'The NAS sent an empty answer',
			description: AGAIN,
		});
	if (text.startsWith('<')) throw webPage(text);
	const envelope = parse(text) as {
		success?: unknown;
		data?: unknown;
		error?: { code?: unknown; errors?: unknown } | null;
	} | null;
	if (typeof envelope !== 'object' || envelope === null || typeof envelope.success !== 'boolean') {
		throw new DsmError({
			kind: 'notDsm',
			message: 'Something other than DSM answered',
			description: NOT_DSM,
		});
	}
	if (envelope.success) return { success: true, data: envelope.data };
	const code = typeof envelope.error === 'object' ? Number(envelope.error?.code ?? NaN) : NaN;
	return {
		success: false,
		code: Number.isInteger(code) ? code : 100,
		details: envelope.error?.errors,
	};
}
