import { DsmError, loginRefused, type SecondFactor } from '../errors/DsmError';
import { discover } from '../discovery';
import { httpRequest, type Envelope, type Send } from '../http/httpRequest';
import { freshCode } from './oneTimeCode';
import type { ConnectionOptions } from './ConnectionOptions';
import { fingerprint, sessionHeaders, type DsmCredentials, type Session } from './Session';

/** Under this name a device is trusted where the credential names none. */
const DEVICE_NAME = 'n8n Hyper Backup';

interface Answer {
	sid?: unknown;
	synotoken?: unknown;
	/** DSM 6, and DSM 7 with older versions of the login. */
	did?: unknown;
	device_id?: unknown;
}

const filled = (value: unknown): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** A token field DSM fills with dashes, leaves empty or leaves out when it gives no token (seen on DSM 7.0.1). */
function readToken(raw: unknown): string {
	return typeof raw === 'string' && !/^-*$/.test(raw) ? raw : '';
}

/** DSM 7 sends with its demand for a code a token, which one client reports has to come back with the code; others do without. */
function challengeOf(envelope: Envelope): Record<string, string> {
	const token = envelope.success ? undefined : envelope.challengeToken;
	return token === undefined ? {} : { token };
}

/**
 * Discovery and login: two requests, and one more where DSM asks for a two-factor code and the credential can make one. `knownDevice` is a device
 * ID from an earlier session of the same credential. A login is never repeated by itself.
 */
export async function openSession(
	send: Send,
	reach: ConnectionOptions,
	credentials: DsmCredentials,
	knownDevice?: string,
): Promise<Session> {
	const apis = await discover(send, reach);
	const auth = apis['SYNO.API.Auth']!;
	const otpSecret = filled(credentials.otpSecret);
	const deviceName = filled(credentials.deviceName) ?? DEVICE_NAME;
	const device = filled(credentials.deviceId) ?? knownDevice;
	const attempt = async (more: Record<string, string>): Promise<Envelope> =>
		await httpRequest(send, reach, {
			method: 'POST',
			url: `${reach.baseUrl}/webapi/${auth.path}`,
			// No `session` name: DSM takes it for an application and checks the account's right to it (402).
			// No `format` either: with it DSM 7.0.1 leaves the device id out, and without it every DSM answers with the sid all the same.
			body: new URLSearchParams({
				api: 'SYNO.API.Auth',
				version: String(Math.min(7, auth.maxVersion)),
				method: 'login',
				account: credentials.username,
				passwd: credentials.password,
				enable_syno_token: 'yes',
				...more,
			}),
		});
	let envelope = await attempt(
		device === undefined ? {} : { device_id: device, device_name: deviceName },
	);
	let tried: SecondFactor = device === undefined ? 'none' : 'device';
	if (!envelope.success && [403, 406].includes(envelope.code) && otpSecret !== undefined) {
		const code = await freshCode(otpSecret, envelope.at);
		envelope = await attempt({
			...challengeOf(envelope),
			otp_code: code,
			enable_device_token: 'yes',
			device_name: deviceName,
		});
		tried = 'code';
	}
	if (!envelope.success) throw loginRefused(envelope.code, tried);
	const { sid, synotoken, did, device_id: deviceId } = (envelope.data ?? {}) as Answer;
	if (typeof sid !== 'string' || sid === '') {
		throw new DsmError({
			kind: 'badResponse',
			message: 'The NAS accepted the login but gave no session',
			description: 'Try again; if it stays, look at any proxy between n8n and the NAS.',
		});
	}
	// After a login with a device ID, DSM may leave the ID out of its answer.
	const trusted = tried === 'code' ? (filled(did) ?? filled(deviceId)) : knownDevice;
	return {
		credential: fingerprint(credentials),
		sid,
		synoToken: readToken(synotoken),
		openedAt: Date.now(),
		deviceId: trusted,
		apis,
	};
}

/** Ends a session. Nobody waits for more than a moment for it, and whether it succeeds does not matter: DSM ends an idle session by itself. */
export async function logOut(
	send: Send,
	reach: ConnectionOptions,
	session: Session,
): Promise<void> {
	const auth = session.apis['SYNO.API.Auth'];
	if (!auth) return;
	await httpRequest(
		send,
		{ ...reach, timeout: Math.min(reach.timeout, 5000) },
		{
			method: 'POST',
			url: `${reach.baseUrl}/webapi/${auth.path}`,
			headers: sessionHeaders(session),
			body: new URLSearchParams({
				api: 'SYNO.API.Auth',
				version: String(Math.min(7, auth.maxVersion)),
				method: 'logout',
				_sid: session.sid,
			}),
		},
	).catch(() => undefined);
}
