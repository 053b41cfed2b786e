import { createHash } from 'crypto';
import type { ApiList } from '../discovery';
import { normalizeBaseUrl } from '../http/baseUrl';

/** What a person types to reach a NAS, as n8n hands it over. */
export interface DsmCredentials {
	baseUrl: string;
	username: string;
	password: string;
	/** The key of the account's authenticator: base32 or an otpauth:// address. */
	otpSecret?: string;
	/** A device that the NAS trusts in place of a code, and the name it was trusted under. */
	deviceId?: string;
	deviceName?: string;
	allowUnauthorizedCerts?: boolean;
	/** PEM, one or several. */
	caCertificate?: string;
	/** Nothing that could change something is sent. */
	readOnly?: boolean;
	/** Hidden and expirable: n8n keeps the session here, encrypted with the rest. */
	sessionToken?: string;
}

/** An open session on one NAS for one account, with what was learnt about the NAS on the way. */
export interface Session {
	/** The fingerprint of the credential it was opened with: it is never used with any other. */
	readonly credential: string;
	readonly sid: string;
	/** Sent with every call; empty if this DSM gives none. */
	readonly synoToken: string;
	/** Milliseconds since 1970, n8n's clock: of two sessions the later one holds. */
	readonly openedAt: number;
	/** A device ID the NAS gave in return for a code: with it the next login needs none. Kept nowhere but with the session. */
	readonly deviceId?: string;
	/** Replaced when packages on the NAS have come or gone. */
	apis: ApiList;
	/** Which of several ways of speaking the NAS understood last; its meaning belongs to the caller. */
	dialect?: string;
}

/** The same for the same address and login, and telling nothing of them. */
export function fingerprint(credentials: DsmCredentials): string {
	const { username, password, otpSecret, deviceId, deviceName } = credentials;
	const content = [
		normalizeBaseUrl(credentials.baseUrl),
		username,
		password,
		otpSecret ?? '',
		deviceId ?? '',
		deviceName ?? '',
	];
	return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** How a request shows its session. In a form body alone the token is not enough (119 on DSM 7.4), and in the URL both would land in logs. */
export function sessionHeaders({ sid, synoToken }: Session): Record<string, string> {
	return { Cookie: `id=${sid}`, ...(synoToken === '' ? {} : { 'X-SYNO-TOKEN': synoToken }) };
}

export function serializeSession(session: Session): string {
	return JSON.stringify({ v: 1, ...session });
}

/** The session n8n kept in the credential, or undefined if there is none, it is damaged, or it belongs to an earlier content of the credential. */
export function storedSession(credentials: DsmCredentials): Session | undefined {
	if (typeof credentials.sessionToken !== 'string' || credentials.sessionToken === '')
		return undefined;
	try {
		const { v, credential, sid, synoToken, openedAt, deviceId, apis, dialect } = JSON.parse(
			credentials.sessionToken,
		) as { v?: unknown } & Partial<Session>;
		const whole =
			v === 1 &&
			typeof sid === 'string' &&
			sid !== '' &&
			typeof synoToken === 'string' &&
			typeof openedAt === 'number' &&
			typeof apis === 'object' &&
			apis !== null;
		if (!whole || credential !== fingerprint(credentials)) return undefined;
		return { credential, sid, synoToken, openedAt, deviceId, apis, dialect };
	} catch {
		return undefined;
	}
}
