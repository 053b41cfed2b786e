import { DEFAULT_ACCOUNT, startNas, type Nas, type NasOptions } from '../simulator';
import { forgetSessions } from '../nodes/HyperBackup/dsm/session/SessionManager';
import { forgetAcceptedStarts } from '../nodes/HyperBackup/actions/acceptedStarts';
import { forgetClocks } from '../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { forgetPollerStates } from '../nodes/HyperBackup/trigger/pollerState';
import { letRequestsTimeOut } from '../test/support/requestTimeouts';
import { CredentialsHelper } from './credentialsHelper';

const open: Nas[] = [];

/** A simulated NAS that is gone after the test, and a process of n8n that has just started. */
export async function givenNas(
	options: NasOptions = {},
): Promise<{ nas: Nas; credentials: CredentialsHelper }> {
	const nas = await startNas({ timeZone: 'UTC', whenSilent: letRequestsTimeOut, ...options });
	open.push(nas);
	return { nas, credentials: credentialsFor(nas) };
}

export function credentialsFor(
	nas: { url: string },
	more: Record<string, string | boolean> = {},
): CredentialsHelper {
	return new CredentialsHelper({
		baseUrl: nas.url,
		username: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
		...more,
	});
}

/** As if n8n had been restarted: what the process knew is gone. */
export function newProcess(): void {
	forgetSessions();
	forgetPollerStates();
	forgetClocks();
	forgetAcceptedStarts();
}

export async function closeAll(): Promise<void> {
	newProcess();
	await Promise.all(open.splice(0).map(async (nas) => await nas.close()));
}
