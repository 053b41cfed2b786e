import type { ApiList } from '../discovery';
import { DsmError } from '../errors/DsmError';
import { httpRequest, sessionHeaders, type Envelope, type Send } from '../http/httpRequest';
import type { ConnectionOptions } from './ConnectionOptions';
import type { NasFacts } from './keptState';
import type { Tried } from './loginGuard';
import { freshCode } from './oneTimeCode';
import { isSessionWord, type Session } from './Session';

/** Under this name a device is trusted where the credential names none. */
const DEVICE_NAME = 'n8n Hyper Backup';

/** DSM said no, and to what. */
export interface LoginRefused {
	code: number;
	tried: Tried;
}

interface LoginData {
	sid?: unknown;
	synotoken?: unknown;
	/** DSM 6, and DSM 7 with older versions of the login. */
	did?: unknown;
	device_id?: unknown;
}

/**
 * DSM 7 sends with its demand for a code a token, which one client reports has to come back with
 * the code; others do without.
 */
function challengeOf(envelope: Envelope): Record<string, string> {
	const token = envelope.success ? undefined : envelope.challengeToken;
	return isSessionWord(token) ? { token } : {};
}

/**
 * The login: one request, and one more where DSM asks for a two-factor code and the credential can
 * make one. `knownDevice` is a device ID from an earlier session of the same credential. A login is
 * never repeated by itself.
 */
export async function logIn(
	send: Send,
	options: ConnectionOptions,
	apis: ApiList,
	knownDevice?: string,
): Promise<Session | LoginRefused> {
	const { otpSecret } = options;
	const deviceName = options.deviceName ?? DEVICE_NAME;
	const device = options.deviceId ?? knownDevice;
	const attempt = async (more: Record<string, string>): Promise<Envelope> =>
		await authRequest(send, options, apis, {
			method: 'login',
			account: options.username,
			passwd: options.password,
			enable_syno_token: 'yes',
			...more,
		});
	let tried: Tried = device === undefined ? 'none' : 'device';
	let envelope = await attempt(
		device === undefined ? {} : { device_id: device, device_name: deviceName },
	);
	if (!envelope.success && [403, 406].includes(envelope.code) && otpSecret !== undefined) {
		const code = await freshCode(otpSecret, envelope.at);
		if (code === undefined) return { code: envelope.code, tried: 'clock' };
		tried = 'code';
		envelope = await attempt({
			...challengeOf(envelope),
			otp_code: code,
			enable_device_token: 'yes',
			device_name: deviceName,
		});
	}
	if (!envelope.success) return { code: envelope.code, tried };
	return readSession(
		(envelope.data ?? {}) as LoginData,
		tried === 'code' ? undefined : knownDevice,
	);
}

/**
 * After a login with a device ID, DSM may leave the ID out of its response: the known one then
 * stays.
 */
function readSession(data: LoginData, knownDevice: string | undefined): Session {
	const { sid, synotoken } = data;
	if (!isSessionWord(sid)) {
		throw new DsmError({
			kind: 'badResponse',
			message:
				sid === undefined || sid === ''
					? 'The NAS accepted the login but gave no session'
					: 'The NAS accepted the login but gave a session that cannot be used',
			description: 'Try again. If it keeps happening, check the proxy between n8n and the NAS.',
		});
	}
	const device = [data.did, data.device_id].find(isSessionWord);
	return {
		sid,
		// DSM fills this field with dashes, leaves it empty or leaves it out when it gives no token
		// (seen on DSM 7.0.1).
		synoToken: isSessionWord(synotoken) && !/^-*$/.test(synotoken) ? synotoken : '',
		openedAt: Date.now(),
		deviceId: knownDevice ?? device,
	};
}

/**
 * Ends a session. Nobody waits for more than a moment for it, and whether it succeeds does not
 * matter: DSM ends an idle session by itself.
 */
export async function logOut(
	send: Send,
	options: ConnectionOptions,
	{ apis }: NasFacts,
	session: Session,
): Promise<void> {
	const within = { ...options, timeout: Math.min(options.timeout, 5000) };
	const form = { method: 'logout', _sid: session.sid };
	await authRequest(send, within, apis ?? {}, form, sessionHeaders(session)).catch(() => undefined);
}

/**
 * No `session` name: DSM takes it for an application and checks the account's right to it (402). No
 * `format` either: with it DSM 7.0.1 leaves the device ID out, and without it every DSM sends the
 * sid all the same.
 */
async function authRequest(
	send: Send,
	options: ConnectionOptions,
	apis: ApiList,
	form: Record<string, string>,
	headers?: Record<string, string>,
): Promise<Envelope> {
	const { path, maxVersion } = apis['SYNO.API.Auth'] ?? { path: 'auth.cgi', maxVersion: 3 };
	return await httpRequest(send, options, {
		method: 'POST',
		url: `${options.baseUrl}/webapi/${path}`,
		headers,
		body: new URLSearchParams({
			api: 'SYNO.API.Auth',
			version: String(Math.min(7, maxVersion)),
			...form,
		}),
	});
}
