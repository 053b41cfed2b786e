import type { IHttpRequestOptions } from 'n8n-workflow';
import { callRefused, DsmError } from './errors/DsmError';
import { httpRequest, type Send } from './http/httpRequest';
import { NOT_DSM } from './http/parseResponse';
import type { ConnectionOptions } from './session/ConnectionOptions';

/** Where DSM offers an API, and how it wants to be asked. */
export interface ApiEntry {
	/**
	 * Below `/webapi/`, e.g. `entry.cgi`. DSM 5 has a run of underscores in front: taken as it comes.
	 */
	path: string;
	minVersion: number;
	maxVersion: number;
	/** True if parameter values have to be JSON literals. */
	json: boolean;
}

export type ApiList = Record<string, ApiEntry>;

/**
 * What every session needs. What else an operation calls is asked for at its first call. Asking by
 * name keeps the response at a few hundred bytes; `all` is a thousand APIs.
 */
const WANTED = [
	'SYNO.API.Auth',
	'SYNO.Backup.Task',
	'SYNO.Core.Region.NTP',
	'SYNO.DSM.Info',
	'SYNO.Entry.Request',
];

/**
 * What lies below `/webapi/` and may be called with a session: DSM's own scripts. DSM 5 has a run
 * of underscores in front.
 */
export const isApiPath = (path: string): boolean =>
	/^(_*(entry|query|auth)|dsm\/info)\.cgi$/.test(path);

function readEntry(raw: unknown): ApiEntry | undefined {
	if (typeof raw !== 'object' || raw === null) return undefined;
	const { path, minVersion, maxVersion, requestFormat, json } = raw as Record<string, unknown>;
	// A path is appended to the address, and comes from outside.
	if (typeof path !== 'string' || !isApiPath(path)) return undefined;
	const min = Number(minVersion);
	const max = Number(maxVersion);
	if (!Number.isInteger(min) || !Number.isInteger(max)) return undefined;
	return {
		path,
		minVersion: min,
		maxVersion: max,
		json: requestFormat === 'JSON' || json === true,
	};
}

/** A list as DSM sends it, or as it was kept: what is no usable entry is left out. */
export function readApiList(raw: Record<string, unknown>): ApiList {
	const apis: ApiList = {};
	for (const [name, value] of Object.entries(raw).slice(0, 100)) {
		const entry = /^SYNO\.[\w.]{1,100}$/.test(name) ? readEntry(value) : undefined;
		if (entry) apis[name] = entry;
	}
	return apis;
}

/**
 * Which of these APIs the NAS offers, from `SYNO.API.Info` at `query.cgi`: the one address that
 * works on DSM 5, 6 and 7, and needs no session.
 */
export async function offered(
	send: Send,
	options: ConnectionOptions,
	names: string[],
): Promise<ApiList> {
	const request: IHttpRequestOptions = {
		method: 'GET',
		url: `${options.baseUrl}/webapi/query.cgi`,
		qs: { api: 'SYNO.API.Info', version: 1, method: 'query', query: names.join(',') },
	};
	const envelope = await httpRequest(send, options, request, true);
	if (!envelope.success) throw callRefused('SYNO.API.Info', envelope.code, envelope.details);
	const data =
		typeof envelope.data === 'object' && envelope.data !== null
			? (envelope.data as Record<string, unknown>)
			: {};
	return readApiList(
		Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name))),
	);
}

/**
 * What every session needs, and `more`, as far as the NAS offers it. An error where it is no DSM
 * that responds.
 */
export async function discover(
	send: Send,
	options: ConnectionOptions,
	more: string[] = [],
): Promise<ApiList> {
	const apis = await offered(send, options, [...new Set([...WANTED, ...more])]);
	if (!apis['SYNO.API.Auth']) {
		throw new DsmError({
			kind: 'notDsm',
			message: 'Something other than DSM responded: it offers no login',
			description: NOT_DSM,
		});
	}
	return apis;
}
