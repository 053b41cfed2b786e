import type { ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { CIPHER_KEY, readEncrypted } from '../encryptedLogin';
import type { Dsm } from './dsm';

/** `login` and `logout`, in any case as clients in use write them. */
export function auth(call: ApiCall, dsm: Dsm): unknown {
	switch (call.method.toLowerCase()) {
		case 'login':
			return login(withDecrypted(call), dsm);
		case 'logout':
			dsm.sessions.end(dsm.sessions.authorize(call));
			return undefined;
		default:
			throw new DsmFailure(103);
	}
}

function withDecrypted(call: ApiCall): ApiCall {
	const field = call.params[CIPHER_KEY];
	if (field === undefined) return call;
	return { ...call, params: { ...call.params, ...readEncrypted(String(field)) } };
}

/** Which fields there are depends on DSM and on the version of the API. */
function login(call: ApiCall, { sessions, shape }: Dsm): unknown {
	if (call.params.account === undefined || call.params.passwd === undefined)
		throw new DsmFailure(101);
	const { sid, token, device } = sessions.login(call);
	const synotoken = token === '' ? {} : { synotoken: token };
	if (shape.dsm === '6.2') {
		return {
			sid,
			is_portal_port: false,
			...synotoken,
			...(device === undefined ? {} : { did: device }),
		};
	}
	if (call.version < 7) return { did: device ?? '', is_portal_port: false, sid, ...synotoken };
	return {
		account: call.params.account,
		device_id: device ?? '',
		ik_message: '',
		is_portal_port: false,
		sid,
		synotoken: token === '' ? '--------' : token,
	};
}
