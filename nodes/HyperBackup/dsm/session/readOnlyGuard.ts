import type { IHttpRequestOptions } from 'n8n-workflow';
import { DsmError } from '../errors/DsmError';
import type { DsmCredentials } from './Session';

/** Methods that change nothing, of any DSM API. A method that is not named here is taken for one that changes something. */
const READING = ['query', 'list', 'get', 'status', 'getinfo', 'info', 'List', 'Get', 'GetStatus'];

/** A request that carries several calls. */
const COMPOUND = 'SYNO.Entry.Request';

const refusal = (): DsmError =>
	new DsmError({
		kind: 'credential',
		message:
			'The credential is read-only, and this request could change something on the NAS: it was not sent',
		description:
			"Use another credential for what changes something, or switch off 'Read Only' in this one.",
	});

/** Name and value of every form field, wherever the request carries them; undefined where that cannot be told. */
function fieldsOf(request: IHttpRequestOptions): Array<[name: string, value: unknown]> | undefined {
	// n8n's HTTP Request node still goes through n8n's older helper, with an address called `uri` and a form of its own.
	const { url, body, qs, uri, form, formData } = request as IHttpRequestOptions & {
		uri?: string;
		form?: unknown;
		formData?: unknown;
	};
	const query = new URLSearchParams(/\?([^#]*)/.exec(url ?? uri ?? '')?.[1] ?? '');
	const fields: Array<[string, unknown]> = [...query.entries()];
	for (const part of [qs, body, form, formData] as unknown[]) {
		if (part === undefined || part === null || part === '') continue;
		if (part instanceof URLSearchParams) fields.push(...part.entries());
		else if (typeof part === 'object' && Object.getPrototypeOf(part) === Object.prototype)
			fields.push(...Object.entries(part));
		else if (typeof part === 'string' && /^[\w.]+=/.test(part))
			fields.push(...new URLSearchParams(part).entries());
		else return undefined;
	}
	return fields;
}

function readsOnly(fields: Array<[name: string, value: unknown]>): boolean {
	const named = (name: string): unknown[] =>
		fields.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
	const methods = named('method');
	// Two values, or none: which one DSM would take is not known.
	if (methods.length !== 1) return false;
	if (named('api').includes(COMPOUND))
		return (
			methods[0] === 'request' &&
			named('compound').length === 1 &&
			everyMemberReads(named('compound')[0])
		);
	return READING.includes(methods[0] as string);
}

function everyMemberReads(compound: unknown): boolean {
	try {
		const members = (typeof compound === 'string' ? JSON.parse(compound) : compound) as unknown;
		return (
			Array.isArray(members) &&
			members.length > 0 &&
			members.every(
				(member: unknown) =>
					typeof member === 'object' && member !== null && readsOnly(Object.entries(member)),
			)
		);
	} catch {
		return false;
	}
}

/**
 * With a credential that is read-only, nothing but known reading calls leaves n8n, whoever makes them: this stands where every request gets its session. What
 * cannot be read for certain is refused.
 */
export function guardReadOnly(credentials: DsmCredentials, request: IHttpRequestOptions): void {
	if (credentials.readOnly !== true) return;
	const fields = fieldsOf(request);
	if (fields === undefined || !readsOnly(fields)) throw refusal();
}
