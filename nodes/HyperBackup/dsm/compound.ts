import { callRefused, DsmError, dsmErrorOf, type ErrorKind } from './errors/DsmError';
import { rejectedParameter } from './errors/rejectedParameter';
import type { Call, DsmClient } from './DsmClient';
import type { ParameterValue } from './http/httpRequest';

/** The answer to one member of a compound request. */
export type MemberAnswer = { data: unknown } | { error: DsmError };

interface RawMember {
	api?: unknown;
	method?: unknown;
	success?: unknown;
	data?: unknown;
	error?: { code?: unknown; errors?: unknown };
}

function readMember(call: Call, raw: RawMember | undefined): MemberAnswer {
	// Answers came back in request order in every capture; a member that names something else, or is
	// missing, is no answer to this call.
	if (raw === undefined || raw === null || raw.method !== call.method || raw.api !== call.api) {
		return {
			error: new DsmError({
				kind: 'badResponse',
				message: 'The NAS left a part out of its response',
				description: 'Try again. If it keeps happening, the NAS may be overloaded.',
			}),
		};
	}
	if (raw.success === true) return { data: raw.data };
	const code = Number(raw.error?.code);
	const rejected = rejectedParameter(raw.error?.errors, Object.keys(call.parameters ?? {}));
	return { error: callRefused(call.api, Number.isFinite(code) ? code : 100, rejected) };
}

const NOT_TAKEN: ErrorKind[] = ['apiMissing', 'methodMissing', 'parameter'];

/**
 * Several calls in one request (`SYNO.Entry.Request`). The whole succeeds even where members fail,
 * so each one is checked. On a NAS that takes no compounds every member comes back unanswered
 * (`badResponse`): the caller then asks singly. `timeout` in milliseconds, for the whole.
 */
export async function callAll(
	client: DsmClient,
	calls: Call[],
	timeout?: number,
): Promise<MemberAnswer[]> {
	const compound = calls.map(({ api, version, method, parameters }): ParameterValue => ({
		api,
		method,
		version,
		...parameters,
	}));
	const request: Call = {
		api: 'SYNO.Entry.Request',
		version: 1,
		method: 'request',
		reads: calls.every(({ reads }) => reads === true),
		timeout,
		parameters: { mode: 'sequential', stop_when_error: false, compound },
	};
	const data = await client.call(request).then(
		(answer) => answer as { result?: unknown } | undefined,
		async (error: unknown) =>
			error instanceof DsmError && NOT_TAKEN.includes(error.kind)
				? undefined
				: await Promise.reject(error),
	);
	const result = Array.isArray(data?.result) ? (data.result as RawMember[]) : [];
	return calls.map((call, index) => readMember(call, result[index]));
}

interface Together {
	/** Milliseconds, for the whole. */
	timeout?: number;
	/** Those without which there is no result: the error then says which package is missing. */
	needed: Call[];
}

/**
 * The same, where a member that the NAS left out is requested by itself, as all are on a NAS that
 * takes no compounds.
 */
export async function callTogether(
	client: DsmClient,
	calls: Call[],
	{ timeout, needed }: Together,
): Promise<MemberAnswer[]> {
	const settled: MemberAnswer[] = [];
	for (const [index, answer] of (await callAll(client, calls, timeout)).entries()) {
		const call = calls[index]!;
		const kind = 'error' in answer ? answer.error.kind : undefined;
		const again = kind === 'badResponse' || (kind === 'apiMissing' && needed.includes(call));
		settled.push(again ? await callSingly(client, call) : answer);
	}
	return settled;
}

export async function callSingly(client: DsmClient, call: Call): Promise<MemberAnswer> {
	try {
		return { data: await client.call(call) };
	} catch (error) {
		return { error: dsmErrorOf(error) };
	}
}
