import { DsmFailure } from './DsmFailure';

/** One call as DSM sees it, whether it came as a query, a form or a member of a compound. */
export interface ApiCall {
	api: string;
	version: number;
	method: string;
	/** As text on the wire; in compounds already values. */
	params: Record<string, unknown>;
	/** Of a compound: values are JSON already. */
	inCompound: boolean;
	http: string;
	remote: string;
	sid: string;
	/** The CSRF token from where DSM reads it: the header or the query, never the body. */
	token: string;
	/** Strings without JSON quotes are taken. */
	lenient: boolean;
}

const LITERAL = /^(-?\d+(\.\d+)?|true|false|null)$/;

/**
 * A parameter of an API with `requestFormat: JSON`: a JSON literal in the form. Undefined if it was
 * not sent.
 */
export function jsonParam(call: ApiCall, name: string): unknown {
	const raw = call.params[name];
	if (raw === undefined || call.inCompound) return raw;
	const text = String(raw);
	try {
		return JSON.parse(text) as unknown;
	} catch {
		if (call.lenient && !LITERAL.test(text)) return text;
		throw new DsmFailure(120, { name, reason: 'type' });
	}
}

export function stringParam(call: ApiCall, name: string): string | undefined {
	const value = jsonParam(call, name);
	if (value === undefined) return undefined;
	if (typeof value !== 'string') throw new DsmFailure(120, { name, reason: 'type' });
	return value;
}

export function stringList(call: ApiCall, name: string): string[] {
	const value = jsonParam(call, name);
	if (value === undefined) return [];
	if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
		throw new DsmFailure(120, { name, reason: 'type' });
	return value as string[];
}

export function booleanParam(call: ApiCall, name: string): boolean {
	const value = jsonParam(call, name);
	// Python's `False` was sent and had the effect of false: what cannot be read counts as that.
	if (
		value !== undefined &&
		typeof value !== 'boolean' &&
		!(call.lenient && typeof value === 'string')
	)
		throw new DsmFailure(120, { name, reason: 'type' });
	return value === true;
}

export function numberParam(call: ApiCall, name: string): number | undefined {
	const value = jsonParam(call, name);
	if (value !== undefined && typeof value !== 'number')
		throw new DsmFailure(120, { name, reason: 'type' });
	return value;
}
