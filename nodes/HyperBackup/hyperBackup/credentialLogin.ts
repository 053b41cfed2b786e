import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { callRefused, DsmError } from '../dsm/errors/DsmError';
import { missingApi } from '../dsm/errors/missingApi';
import { encodeParameters, httpRequest, sessionHeaders, type Send } from '../dsm/http/httpRequest';
import { wasUsed } from '../dsm/session/authenticate';
import {
	parseConnectionOptions,
	type ConnectionOptions,
	type DsmCredentials,
} from '../dsm/session/ConnectionOptions';
import type { Session } from '../dsm/session/Session';
import { takeHandedOver } from '../dsm/session/sessionHandover';
import { SessionManager } from '../dsm/session/SessionManager';
import { DIALECTS } from './task/dialects';
import { TASK_API, TASK_VERSION, type Dialect } from './task/dialects/Dialect';

type Kept = { sessionToken?: string };

/** Credential data whose login was refused a moment ago. */
const refusedData = new WeakSet<object>();

async function lists(
	send: Send,
	options: ConnectionOptions,
	session: Session,
	dialect: Dialect,
): Promise<boolean> {
	const entry = SessionManager.of(options).facts.apis?.[TASK_API];
	if (!entry) {
		throw missingApi(TASK_API, []);
	}
	const { method, http = 'POST', parameters = {}, raw } = dialect.list();
	const form = {
		api: TASK_API,
		version: String(TASK_VERSION),
		method,
		...encodeParameters(parameters, entry.json && raw !== true),
		_sid: session.sid,
	};
	const request: IHttpRequestOptions = {
		method: http,
		url: `${options.baseUrl}/webapi/${entry.path}`,
		headers: sessionHeaders(session),
		...(http === 'GET' ? { qs: form } : { body: new URLSearchParams(form) }),
	};
	const envelope = await httpRequest(send, options, request, true);
	if (envelope.success) return true;
	if (envelope.code === 103) return false;
	throw callRefused(TASK_API, envelope.code, envelope.details);
}

/**
 * What n8n shows under a credential test is the message alone, and only of an error without a
 * `code`.
 */
function forTheTest(error: unknown): Error {
	return error instanceof DsmError
		? new Error(`${error.message}. ${error.description}`)
		: new Error('The test failed for an unknown reason. Check the n8n log.');
}

async function dialectOf(
	send: Send,
	options: ConnectionOptions,
	session: Session,
): Promise<Dialect | undefined> {
	for (const dialect of [DIALECTS.dsm, DIALECTS.documented])
		if (await lists(send, options, session, dialect)) return dialect;
	return undefined;
}

/**
 * Logs in and lists the backup tasks once, which proves the account's right to Hyper Backup and
 * shows the dialect.
 */
async function logInAndList(send: Send, data: ICredentialDataDecryptedObject): Promise<Kept> {
	const credentials = data as ICredentialDataDecryptedObject & DsmCredentials;
	const options = parseConnectionOptions(credentials);
	const manager = SessionManager.of(options);
	const token = credentials.sessionToken;
	const access = { options, send, token, who: 'deliberate' } as const;
	// With a token n8n calls for a test only: that is to prove the login.
	const session = token ? await manager.replace(access) : await manager.current(access);
	const dialect = await dialectOf(send, options, session);
	if (!dialect) throw callRefused(TASK_API, 103);
	manager.learn({ dialect: dialect.name });
	return { sessionToken: manager.serialize() };
}

/**
 * n8n's HTTP Request node calls again when a request failed, for whatever reason. The session that
 * holds is not replaced for it: DSM reports a dead one with HTTP 200, which is no failure for n8n.
 */
async function afterFailure(send: Send, data: ICredentialDataDecryptedObject): Promise<Kept> {
	const credentials = data as ICredentialDataDecryptedObject & DsmCredentials;
	const options = parseConnectionOptions(credentials);
	const manager = SessionManager.of(options);
	const { session, refusal } = manager.held(credentials.sessionToken);
	if (session || refusal) return {};
	await manager.current({ options, send, token: credentials.sessionToken, who: 'cautious' });
	return { sessionToken: manager.serialize() };
}

/**
 * The credential's `preAuthentication`: what it returns is kept by n8n. A session that a node has
 * just opened, or a login that was refused, is passed on to be kept. Otherwise - the credential is
 * tested, or n8n's HTTP Request node uses it - logs in.
 */
export async function logInForCredential(
	send: Send,
	data: ICredentialDataDecryptedObject,
): Promise<Kept> {
	const state = takeHandedOver(data);
	if (state !== undefined) return { sessionToken: state };
	if (refusedData.delete(data))
		return { sessionToken: SessionManager.of(parseConnectionOptions(data as never)).serialize() };
	try {
		return wasUsed(data) ? await afterFailure(send, data) : await logInAndList(send, data);
	} catch (error) {
		if (error instanceof DsmError && error.kind === 'loginRefused') refusedData.add(data);
		throw forTheTest(error);
	}
}
