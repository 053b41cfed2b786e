import type { ICredentialsDecrypted, IHttpRequestOptions } from 'n8n-workflow';
import { discover, type ApiList } from '../../../nodes/HyperBackup/dsm/discovery';
import { DsmClient, type DsmContext } from '../../../nodes/HyperBackup/dsm/DsmClient';
import { DsmError, loginRefused } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import type { Send } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { authenticateRequest } from '../../../nodes/HyperBackup/dsm/session/authenticate';
import {
	parseConnectionOptions,
	type ConnectionOptions,
	type DsmCredentials,
} from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { serializeState } from '../../../nodes/HyperBackup/dsm/session/keptState';
import { logIn, logOut } from '../../../nodes/HyperBackup/dsm/session/login';
import type { Session } from '../../../nodes/HyperBackup/dsm/session/Session';
import type { Recorder } from './Recorder';

/** DSM wants a two-factor code. */
const CODE_WANTED = 403;
const CODE_WRONG = 404;

/** Wrong codes that are tried before the probe gives up: each counts towards Auto Block. */
const MOST_CODES = 2;

export interface OpenClient {
	client: DsmClient;
	options: ConnectionOptions;
	close: () => Promise<void>;
}

/**
 * The part of n8n that the package's client uses. Nothing is kept: `getCredentials` gives what was
 * typed.
 */
function contextOf(credentials: DsmCredentials, { send }: Recorder): DsmContext {
	const context = {
		getCredentials: async () => ({ ...credentials }),
		helpers: {
			httpRequest: send,
			httpRequestWithAuthentication: async (
				_type: string,
				request: IHttpRequestOptions,
				{ credentialsDecrypted }: { credentialsDecrypted: ICredentialsDecrypted },
			) => await send(await authenticateRequest(credentialsDecrypted.data!, request)),
		},
	};
	return context as unknown as DsmContext;
}

/** The challenge that DSM 7 sends along with its demand for a code. */
function challengeIn(recorder: Recorder): string | undefined {
	const envelope = recorder.last?.envelope as
		{ error?: { errors?: { token?: unknown } } } | undefined;
	const token = envelope?.error?.errors?.token;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

/**
 * The same login with a code that a user reads from the authenticator. No device is trusted:
 * nothing is to remain.
 */
const withCode =
	(send: Send, code: string, token: string | undefined): Send =>
	async (request) => {
		const body = new URLSearchParams(request.body as URLSearchParams);
		body.set('otp_code', code);
		if (token !== undefined) body.set('token', token);
		return await send({ ...request, body });
	};

/** A login, and up to two more with a code where the NAS wants one. */
async function openSession(
	{ send }: Recorder,
	options: ConnectionOptions,
	apis: ApiList,
	code: () => Promise<Send>,
): Promise<Session> {
	let outcome = await logIn(send, options, apis);
	for (let codes = 0; 'code' in outcome && codes < MOST_CODES; codes++) {
		const wanted = outcome.code === CODE_WANTED || (codes > 0 && outcome.code === CODE_WRONG);
		if (!wanted) break;
		outcome = await logIn(await code(), options, apis);
	}
	if (!('code' in outcome)) return outcome;
	throw loginRefused(outcome.code, outcome.tried === 'clock' ? 'code' : outcome.tried);
}

function checkedCode(typed: string): string {
	const code = typed.replace(/\s/g, '');
	if (/^\d{6,8}$/.test(code)) return code;
	throw new DsmError({
		kind: 'credential',
		message: 'A two-factor code is six digits',
		description: 'Start again and type the code that the authenticator shows.',
	});
}

/**
 * Logs in with the package's own login and gives its client, read-only. `askCode` is only asked
 * when the NAS wants a two-factor code.
 */
export async function openClient(
	typed: Omit<DsmCredentials, 'readOnly'>,
	recorder: Recorder,
	askCode: () => Promise<string>,
): Promise<OpenClient> {
	const { send } = recorder;
	const credentials: DsmCredentials = { ...typed, readOnly: true };
	const options = parseConnectionOptions(credentials);
	const apis = await discover(send, options);
	const session = await openSession(recorder, options, apis, async () => {
		const token = challengeIn(recorder);
		return withCode(send, checkedCode(await askCode()), token);
	});
	const sessionToken = serializeState(options.fingerprint, { session, facts: { apis } });
	const client = await DsmClient.connect(contextOf({ ...credentials, sessionToken }, recorder));
	const close = async (): Promise<void> =>
		await logOut(send, options, { apis }, await client.session());
	return { client, options, close };
}
