import type { ApiCall } from './ApiCall';
import { queryApis } from './apiList';
import { auth } from './apis/auth';
import { documentedTask, isDocumented } from './apis/documentedTask';
import type { Dsm, Method } from './apis/dsm';
import { encryption } from './apis/encryption';
import { METHODS } from './apis/methods';
import { DsmFailure } from './DsmFailure';

const own = <T>(table: Record<string, T>, name: string): T | undefined =>
	Object.hasOwn(table, name) ? table[name] : undefined;

/** In DSM's order: API (102), version (104), method (103), session, privilege (105), parameters. */
export function dispatch(call: ApiCall, dsm: Dsm): unknown {
	if (call.api === '' || call.method === '' || !Number.isFinite(call.version))
		throw new DsmFailure(101);
	const info = own(dsm.apis, call.api);
	if (!info) throw new DsmFailure(102);
	const { minVersion, maxVersion } = info;
	if (!Number.isInteger(call.version) || call.version < minVersion || call.version > maxVersion)
		throw new DsmFailure(104);
	const open = withoutSession(call, dsm);
	if (open) return open();
	const method = methodOf(call, dsm);
	if (!method?.versions.includes(call.version)) throw new DsmFailure(103);
	const { sessions } = dsm;
	const { account } = call.inCompound ? sessions.sessionOf(call) : sessions.authorize(call);
	if (!method.anyone && account.administrator === false)
		throw new DsmFailure(method.refusedWith ?? 105);
	return method.run(call, dsm);
}

/** Clients in use write these methods in any case. */
function withoutSession(call: ApiCall, dsm: Dsm): (() => unknown) | undefined {
	switch (call.api) {
		case 'SYNO.API.Info':
			return () => {
				if (call.method.toLowerCase() !== 'query') throw new DsmFailure(103);
				return queryApis(dsm.apis, call.params.query as string | undefined);
			};
		case 'SYNO.API.Auth':
			return () => auth(call, dsm);
		case 'SYNO.API.Encryption':
			return () => encryption(call, dsm);
		default:
			return undefined;
	}
}

function methodOf(call: ApiCall, dsm: Dsm): Method | undefined {
	if (call.api === 'SYNO.Backup.Task' && dsm.options.dialect === 'documented')
		return isDocumented(call) ? { versions: [1], run: documentedTask } : undefined;
	const methods = own(METHODS, call.api);
	return methods && own(methods, call.method);
}
