import { booleanParam, jsonParam, stringParam, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { required, type Dsm, type Handler } from './dsm';

interface MemberResult {
	success: boolean;
	[field: string]: unknown;
}

/**
 * Several calls in one, in the order of the request. The outer success is true even if a member
 * fails.
 */
export const compound: Handler = (call, dsm) => {
	const members = jsonParam(call, 'compound');
	if (!Array.isArray(members)) throw required('compound');
	stringParam(call, 'mode');
	const stop =
		booleanParam(call, 'stop_when_error') && dsm.options.unknowns?.compoundAfterError !== 'run';
	const result: MemberResult[] = [];
	for (const member of members as Array<Record<string, unknown>>) {
		result.push(carryOut(member, call, dsm));
		if (stop && !result.at(-1)!.success) break;
	}
	return { has_fail: result.some(({ success }) => !success), result };
};

/** The APIs and methods of the members, as far as they can be read. */
export function membersOf(call: ApiCall): Array<{ api: string; method: string }> {
	if (call.api !== 'SYNO.Entry.Request') return [];
	try {
		const members = jsonParam(call, 'compound') as Array<Record<string, unknown>>;
		return members.map(({ api, method }) => ({ api: String(api), method: String(method) }));
	} catch {
		return [];
	}
}

function carryOut(
	{ api, version, method, ...params }: Record<string, unknown>,
	call: ApiCall,
	dsm: Dsm,
): MemberResult {
	const head = { api, method, version };
	const member: ApiCall = {
		...call,
		api: String(api),
		version: Number(version),
		method: String(method),
		params,
		inCompound: true,
	};
	try {
		const code = dsm.refusal(member);
		if (code !== undefined) throw new DsmFailure(code);
		const data = dsm.dispatch(member);
		return { ...head, success: true, ...(data === undefined ? {} : { data }) };
	} catch (error) {
		if (!(error instanceof DsmFailure)) throw error;
		return { ...head, success: false, error: error.body };
	}
}
