import { jsonParam, type ApiCall } from './ApiCall';
import { queryApis, type ApiInfo } from './apiList';
import { auth } from './apis/auth';
import { documentedTask } from './apis/documentedTask';
import { log, ntp, systemInfo, target, versions } from './apis/others';
import { METHODS, task } from './apis/task';
import type { Shape } from './apis/taskRows';
import { DsmFailure } from './DsmFailure';
import type { Sessions } from './Sessions';
import type { TaskBook } from './task/TaskBook';
import type { NasOptions } from './types';

export interface Dsm {
	options: NasOptions;
	sessions: Sessions;
	book: TaskBook;
	shape: Shape;
	apis: Record<string, ApiInfo>;
	/** The code with which a member of a compound is to be refused. */
	refusal: (member: ApiCall) => number | undefined;
}

/** Methods by API and version: the advertised maximum is not usable. */
function hasMethod(call: ApiCall, documented: boolean): boolean {
	const { api, version, method } = call;
	switch (api) {
		case 'SYNO.Backup.Task':
			return version === 1 && (documented || METHODS.includes(method));
		case 'SYNO.Backup.Version':
			return version === 2 && method === 'list';
		case 'SYNO.Backup.Target':
			return version === 1 && ['get', 'error_detect'].includes(method);
		case 'SYNO.SDS.Backup.Client.Common.Log':
			return method === 'list';
		case 'SYNO.Core.Region.NTP':
			return method === 'get';
		case 'SYNO.DSM.Info':
			return method === 'getinfo';
		case 'SYNO.Entry.Request':
			return method === 'request';
		default:
			return false;
	}
}

/** In DSM's order: API (102), version (104), method (103), session, privilege (105), parameters. */
export function dispatch(call: ApiCall, dsm: Dsm): unknown {
	if (call.api === '' || call.method === '' || !Number.isFinite(call.version))
		throw new DsmFailure(101);
	const info = Object.prototype.hasOwnProperty.call(dsm.apis, call.api)
		? dsm.apis[call.api]
		: undefined;
	if (!info) throw new DsmFailure(102);
	if (
		!Number.isInteger(call.version) ||
		call.version < info.minVersion ||
		call.version > info.maxVersion
	)
		throw new DsmFailure(104);
	if (call.api === 'SYNO.API.Info') {
		if (call.method !== 'query') throw new DsmFailure(103);
		return queryApis(dsm.apis, String(call.params.query ?? ''));
	}
	if (call.api === 'SYNO.API.Auth') return auth(call, dsm.sessions, dsm.shape.dsm);
	const documented = dsm.options.dialect === 'documented';
	if (!hasMethod(call, documented)) throw new DsmFailure(103);
	const { account } = call.inCompound ? { account: undefined } : dsm.sessions.authorise(call);
	return answer(call, dsm, documented, account?.administrator !== false);
}

function answer(call: ApiCall, dsm: Dsm, documented: boolean, administrator: boolean): unknown {
	if (call.api === 'SYNO.Entry.Request') return compound(call, dsm, administrator);
	if (call.api === 'SYNO.DSM.Info') return systemInfo(dsm.shape);
	if (!administrator) throw new DsmFailure(105);
	switch (call.api) {
		case 'SYNO.Backup.Task':
			return documented
				? documentedTask(call, dsm.book, dsm.options)
				: task(call, dsm.book, dsm.options, dsm.shape);
		case 'SYNO.Backup.Version':
			return versions(call, dsm.book, dsm.shape);
		case 'SYNO.Backup.Target':
			return target(call, dsm.book);
		case 'SYNO.SDS.Backup.Client.Common.Log':
			return log(call, dsm.book, dsm.shape);
		default:
			return ntp(call, dsm.shape);
	}
}

/** Several calls in one. The outer success stays true when a member fails. */
function compound(call: ApiCall, dsm: Dsm, administrator: boolean): unknown {
	const members = jsonParam(call, 'compound');
	if (!Array.isArray(members)) throw new DsmFailure(120, { name: 'compound', reason: 'required' });
	const result = (members as Array<Record<string, unknown>>).map(
		({ api, version, method, ...params }) => {
			const member: ApiCall = {
				...call,
				api: String(api),
				version: Number(version),
				method: String(method),
				params,
				inCompound: true,
			};
			const head = { api, method, version };
			try {
				if (!administrator && member.api !== 'SYNO.DSM.Info') throw new DsmFailure(105);
				const code = dsm.refusal(member);
				if (code !== undefined) throw new DsmFailure(code);
				const data = dispatch(member, dsm);
				return { ...head, success: true, ...(data === undefined ? {} : { data }) };
			} catch (error) {
				if (!(error instanceof DsmFailure)) throw error;
				return {
					...head,
					success: false,
					error: {
						code: error.code,
						...(error.details === undefined ? {} : { errors: error.details }),
					},
				};
			}
		},
	);
	return { has_fail: result.some(({ success }) => !success), result };
}
