import { DsmError } from '../errors/DsmError';
import { rejectedParameter, type RejectedParameter } from '../errors/rejectedParameter';

/** DSM's envelope. `data` may be missing even on success. */
export type Envelope = (
	| { success: true; data: unknown }
	| {
			success: false;
			code: number;
			details?: RejectedParameter;
			/**
			 * Comes with DSM 7's demand for a two-factor code, and belongs in the login that answers it.
			 */
			challengeToken?: string;
	  }
) & {
	/** Milliseconds since 1970 by the clock of what responded (the header `Date`), if it said so. */
	at?: number;
};

/** Bounds beyond which nothing is read, parsed or mapped: whatever responds cannot occupy n8n. */
export interface ResponseLimits {
	bytes: number;
	/** Values in the whole response. Counted in the text, so that too many are never created. */
	values: number;
	listLength: number;
	/** Levels. Whatever walks through a response must not run out of stack. */
	depth: number;
}

/**
 * A list of 5000 tasks has some 3 MB and 150,000 values, and DSM's responses are some ten levels
 * deep.
 */
export const RESPONSE_LIMITS: ResponseLimits = {
	bytes: 8 * 1024 * 1024,
	values: 1_000_000,
	listLength: 10_000,
	depth: 64,
};

export const NOT_DSM =
	"Check 'NAS Address' in the credential, including the port. It must be the address at " +
	'which DSM opens in a browser (usual ports: 5001 for HTTPS, 5000 for HTTP). A proxy, a ' +
	'router or another device may be responding there.';

export const NO_QUICKCONNECT =
	"QuickConnect does not support DSM's web API. In 'NAS Address', enter the address of " +
	'the NAS in your network, its DDNS name, or a VPN address.';

const TRY_AGAIN = 'Try again. If it keeps happening, check the NAS and any proxy in front of it.';

const notDsm = (message: string, description = NOT_DSM): DsmError =>
	new DsmError({ kind: 'notDsm', message, description });

const badResponse = (message: string): DsmError =>
	new DsmError({ kind: 'badResponse', message, description: TRY_AGAIN });

export const tooLarge = (bytes: number): DsmError =>
	notDsm(`The response from the NAS is larger than ${bytes / 1024 / 1024} MB`);

/**
 * Every value but the outermost stands after one of these signs; some in texts are counted as well.
 * A text shorter than the limit cannot have too many, and need not be checked.
 */
function checkValues(text: string, limit: number): void {
	let values = 1;
	for (const sign of ',[{') {
		for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
			if (++values > limit) throw notDsm('The response from the NAS has too many values');
		}
	}
}

/**
 * Walks through every value once. Removes keys `__proto__`, which would replace an object's
 * prototype when it is copied field by field.
 */
function sanitize(value: object, limits: ResponseLimits, levels: number): void {
	if (levels === 0) throw notDsm('The response from the NAS is nested too deeply');
	if (Array.isArray(value)) {
		if (value.length > limits.listLength)
			throw notDsm(
				`The NAS sent a list of more than ${limits.listLength.toLocaleString('en-US')} entries`,
			);
		for (const entry of value) {
			if (typeof entry === 'object' && entry !== null) sanitize(entry, limits, levels - 1);
		}
		return;
	}
	const fields = value as Record<string, unknown>;
	for (const name in fields) {
		const field = fields[name];
		if (name === '__proto__') delete fields[name];
		else if (typeof field === 'object' && field !== null) sanitize(field, limits, levels - 1);
	}
}

const noJson = (text: string): DsmError =>
	/^[[{]/.test(text)
		? badResponse('The response from the NAS was cut off or damaged')
		: notDsm('Something other than DSM responded');

function webPage(text: string): DsmError {
	return /quickconnect/i.test(text)
		? notDsm('A QuickConnect page responded instead of DSM', NO_QUICKCONNECT)
		: notDsm('A web page responded instead of DSM');
}

interface RawEnvelope {
	success?: unknown;
	data?: unknown;
	error?: { code?: unknown; errors?: unknown } | null;
}

function failure({ error }: RawEnvelope, sent: () => readonly string[]): Envelope {
	const code = typeof error === 'object' ? Number(error?.code ?? NaN) : NaN;
	const token = (error?.errors as { token?: unknown } | null | undefined)?.token;
	return {
		success: false,
		code: Number.isInteger(code) ? code : 100,
		details: rejectedParameter(error?.errors, sent()),
		challengeToken: typeof token === 'string' && token.trim() !== '' ? token.trim() : undefined,
	};
}

/**
 * The text of a response as DSM's envelope. Anything else becomes a DsmError that says what it
 * seems to be. `sent` gives the names of the request's parameters: of an error's details no other
 * names are kept. Linear in the text's length.
 */
export function parseResponse(
	response: string,
	sent: () => readonly string[] = () => [],
	limits: ResponseLimits = RESPONSE_LIMITS,
): Envelope {
	const text = response.trim();
	if (text === '') throw badResponse('The NAS sent an empty response');
	if (text.startsWith('<')) throw webPage(text);
	if (text.length >= limits.values) checkValues(text, limits.values);
	let envelope: RawEnvelope | null;
	try {
		envelope = JSON.parse(text) as RawEnvelope | null;
	} catch {
		throw noJson(text);
	}
	if (typeof envelope !== 'object' || envelope === null || typeof envelope.success !== 'boolean')
		throw notDsm('Something other than DSM responded');
	sanitize(envelope, limits, limits.depth);
	return envelope.success ? { success: true, data: envelope.data } : failure(envelope, sent);
}

/** The last response to a call that is made over and over. What is in it is never changed. */
export interface LastResponse {
	text?: string;
	envelope?: Envelope;
}

/** Characters, a list of some 1300 tasks. Longer texts are not kept. */
const LONGEST_KEPT = 1024 * 1024;

/** The same for a response that mostly reads word for word as the last one: parsed once. */
export function parseAgain(
	response: string,
	sent: () => readonly string[],
	last: LastResponse,
): Envelope {
	if (last.envelope !== undefined && last.text === response) return last.envelope;
	const envelope = parseResponse(response, sent);
	const kept = envelope.success && response.length <= LONGEST_KEPT;
	last.text = kept ? response : undefined;
	last.envelope = kept ? envelope : undefined;
	return envelope;
}
