import type { ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { Sessions } from '../Sessions';
import type { DsmVersion } from '../types';

export function auth(call: ApiCall, sessions: Sessions, dsm: DsmVersion): unknown {
	if (call.method === 'login') {
		if (call.params.account === undefined || call.params.passwd === undefined)
			throw new DsmFailure(101);
		const { sid, token, device } = sessions.login(call);
		if (dsm === '6.2') {
			return {
				sid,
				is_portal_port: false,
				...(token === '' ? {} : { synotoken: token }),
				...(device === undefined ? {} : { did: device }),
			};
		}
		if (call.version < 7)
			return {
				did: device ?? '',
				is_portal_port: false,
				sid,
				...(token === '' ? {} : { synotoken: token }),
			};
		return {
			account: call.params.account,
			device_id: device ?? '',
			ik_message: '',
			is_portal_port: false,
			sid,
			synotoken: token === '' ? '--------' : token,
		};
	}
	if (call.method === 'logout') {
		sessions.end(sessions.authorise(call));
		return undefined;
	}
	throw new DsmFailure(103);
}
