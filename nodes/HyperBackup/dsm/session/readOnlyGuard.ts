import { DsmError } from '../errors/DsmError';
import { COMPOUND, COMPOUND_FIELDS, READ_CALLS } from './readCalls';

/**
 * A request as n8n's two helpers take it: the older one, of n8n's HTTP Request node, has a form of
 * its own.
 */
export interface RequestParts {
	method?: string;
	url: URL;
	qs?: unknown;
	body?: unknown;
	form?: unknown;
	formData?: unknown;
	headers?: Record<string, unknown>;
}

type Fields = Array<[name: string, value: string]>;

const refusal = (): DsmError =>
	new DsmError({
		kind: 'credential',
		message:
			'The credential is read-only, and this request could change something on the NAS: ' +
			'it was not sent',
		description:
			"Use another credential for what changes something, or switch off 'Read Only' in this one.",
	});

const CONTROL = /\p{Cc}/u;

const FORM = /^application\/x-www-form-urlencoded(; *charset=utf-8)?$/i;

/** Headers that could make a server read the request in another way than it was checked. */
const ODD_HEADERS = [
	/^(host|te|trailer|upgrade|expect|connection|content-length|(content|transfer)-encoding)$/i,
	/^(x-http-method(-override)?|x-method-override|x-(original|rewrite)-url)$/i,
	/^(x-forwarded-.*|forwarded)$/i,
];

/** The fields of one part of a request, or undefined where they cannot be read for certain. */
function fieldsOf(part: unknown): Fields | undefined {
	if (part === undefined || part === null || part === '') return [];
	if (part instanceof URLSearchParams) return [...part.entries()];
	if (typeof part === 'string') {
		if (CONTROL.test(part) || part.includes(';')) return undefined;
		return [...new URLSearchParams(part).entries()];
	}
	if (typeof part !== 'object' || Object.getPrototypeOf(part) !== Object.prototype)
		return undefined;
	const entries = Object.entries(part);
	const plain = entries.every(([, value]) =>
		['string', 'number', 'boolean'].includes(typeof value),
	);
	return plain ? entries.map(([name, value]) => [name, String(value)]) : undefined;
}

/** Each name once, whatever its case: which of two values DSM would take is not known. */
function hasOddNames(names: string[]): boolean {
	const known = new Set(names.map((name) => name.toLowerCase()));
	return known.size !== names.length || !names.every((name) => /^[A-Za-z_]\w{0,63}$/.test(name));
}

/** With `blOnline` DSM connects to the destination: more than a read. */
function doesMore([name, value]: [string, unknown]): boolean {
	const isOnline = /^blonline$/i.test(name) && value !== false && value !== 'false';
	return isOnline || /^compound$/i.test(name);
}

/** One call, from the form or as a member of a compound: whether it is known to change nothing. */
export function isKnownRead(call: Record<string, unknown>): boolean {
	const { api, method } = call;
	if (typeof api !== 'string' || typeof method !== 'string' || hasOddNames(Object.keys(call)))
		return false;
	if (!Object.prototype.hasOwnProperty.call(READ_CALLS, api)) return false;
	return READ_CALLS[api]!.includes(method) && !Object.entries(call).some(doesMore);
}

/**
 * The members of a compound, written anew as they were read; undefined if one of them is no read.
 */
function readCompound(text: string): string | undefined {
	let members: unknown;
	try {
		members = JSON.parse(text);
	} catch {
		return undefined;
	}
	const isReadMember = (member: unknown): boolean =>
		typeof member === 'object' &&
		member !== null &&
		!Array.isArray(member) &&
		isKnownRead(member as Record<string, unknown>);
	return Array.isArray(members) && members.length > 0 && members.every(isReadMember)
		? JSON.stringify(members)
		: undefined;
}

function checked(fields: Fields): Fields | undefined {
	const call = Object.fromEntries(fields);
	if (fields.some(([, value]) => CONTROL.test(value))) return undefined;
	if (hasOddNames(fields.map(([name]) => name))) return undefined;
	if (call.api !== COMPOUND.api) return isKnownRead(call) ? fields : undefined;
	const compound = readCompound(call.compound ?? '');
	const isPlain = fields.every(([name]) => COMPOUND_FIELDS.includes(name));
	if (call.method !== COMPOUND.method || compound === undefined || !isPlain) return undefined;
	return fields.map(([name, value]) => [name, name === 'compound' ? compound : value]);
}

function hasOddHeaders(headers: Record<string, unknown> = {}): boolean {
	return Object.entries(headers).some(
		([name, value]) =>
			ODD_HEADERS.some((header) => header.test(name)) ||
			CONTROL.test(String(value)) ||
			(/^content-type$/i.test(name) && value !== undefined && !FORM.test(String(value))),
	);
}

/**
 * With a read-only credential, nothing but known reading calls leaves n8n, from any node: this
 * stands where every request gets its session. Gives back query and body written anew from what was
 * checked, so that no server can read them in another way. What cannot be read for certain is
 * refused.
 */
export function requireRead(request: RequestParts): { query: string; body?: string } {
	const { url, qs, body, form, formData, headers, method = 'GET' } = request;
	const query = [fieldsOf(url.search.slice(1)), fieldsOf(qs)];
	const content = [fieldsOf(body), fieldsOf(form)];
	const parts = [...query, ...content];
	if (formData !== undefined || hasOddHeaders(headers) || parts.includes(undefined))
		throw refusal();
	const inQuery = query.flatMap((fields) => fields!);
	const inBody = content.flatMap((fields) => fields!);
	const fields = checked([...inQuery, ...inBody]);
	if (!fields || (method !== 'POST' && inBody.length > 0)) throw refusal();
	const api = fields.find(([name]) => name === 'api')![1];
	const suffix = /\.cgi\/(SYNO\.[\w.]+)$/.exec(url.pathname)?.[1];
	if (suffix !== undefined && suffix !== api) throw refusal();
	const text = (some: Fields): string => new URLSearchParams(some).toString();
	return {
		query: text(fields.slice(0, inQuery.length)),
		body: method === 'POST' ? text(fields.slice(inQuery.length)) : undefined,
	};
}
