import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { DEFAULT_TIMEOUT } from '../dsm/DsmClient';
import { callRefused, DsmError } from '../dsm/errors/DsmError';
import { encodeParameters } from '../dsm/http/encodeParameters';
import { httpRequest, type Send } from '../dsm/http/httpRequest';
import { takeHandedOver } from '../dsm/session/sessionHandover';
import { currentSession, login } from '../dsm/session/login';
import { retry } from '../dsm/http/retry';
import { parseConnectionOptions, type ConnectionOptions } from '../dsm/session/ConnectionOptions';
import {
	serializeSession,
	sessionHeaders,
	storedSession,
	type DsmCredentials,
	type Session,
} from '../dsm/session/Session';
import { DIALECTS } from './task/dialects';
import { TASK_API, TASK_VERSION, type Dialect } from './task/dialects/Dialect';

async function lists(
	send: Send,
	reach: ConnectionOptions,
	session: Session,
	dialect: Dialect,
): Promise<boolean> {
	const entry = session.apis[TASK_API];
	if (!entry) {
		throw new DsmError({
			kind: 'apiMissing',
			message: 'Hyper Backup is not installed on this NAS, or it is stopped',
			description: 'Install or start it in Package Center on the NAS.',
		});
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
		url: `${reach.baseUrl}/webapi/${entry.path}`,
		headers: sessionHeaders(session),
		...(http === 'GET' ? { qs: form } : { body: new URLSearchParams(form) }),
	};
	const envelope = await retry(reach, async (within) => await httpRequest(send, within, request));
	if (envelope.success) return true;
	if (envelope.code === 103) return false;
	throw callRefused(TASK_API, envelope.code, envelope.details);
}

/** What n8n shows under a credential test is the message alone, and only of an error without a `code`. */
function forTheTest(error: unknown): Error {
	return error instanceof DsmError
		? new Error(`${error.message}. ${error.description}`)
		: new Error('The test failed for an unknown reason. Look at the n8n log.');
}

/**
 * The credential's `preAuthentication`. A session that a node has just opened is passed on to be kept. Otherwise - the credential is tested, or
 * n8n's HTTP Request node uses it - logs in for real and lists the backup tasks once, which proves the account's right to Hyper Backup.
 */
export async function logInForCredential(
	send: Send,
	data: ICredentialDataDecryptedObject,
): Promise<{ sessionToken: string }> {
	const opened = takeHandedOver(data);
	if (opened) return { sessionToken: serializeSession(opened) };
	try {
		const credentials = data as unknown as DsmCredentials;
		const reach = parseConnectionOptions(credentials, DEFAULT_TIMEOUT);
		const replaces = currentSession(credentials) ?? storedSession(credentials);
		const session = await login(send, reach, credentials, { deliberate: true, replaces });
		if (!(await lists(send, reach, session, DIALECTS.dsm))) {
			if (!(await lists(send, reach, session, DIALECTS.documented)))
				throw callRefused(TASK_API, 103);
			session.dialect = 'documented';
		}
		return { sessionToken: serializeSession(session) };
	} catch (error) {
		throw forTheTest(error);
	}
}
