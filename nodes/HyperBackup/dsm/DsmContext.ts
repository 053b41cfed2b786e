import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { DsmError } from './errors/DsmError';
import type { DsmCredentials } from './session/ConnectionOptions';

export const CREDENTIAL_TYPE = 'synologyHyperBackupApi';

export type CredentialData = ICredentialDataDecryptedObject & DsmCredentials;

/** The n8n contexts a NAS is called from. */
export type DsmContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** n8n ends an execution (Stop, or the workflow's time-out) by this signal. */
export const isStopped = (context: IExecuteFunctions): boolean =>
	context.getExecutionCancelSignal()?.aborted === true;

export const executionStopped = (): DsmError =>
	new DsmError({
		kind: 'stopped',
		neverSent: true,
		message: 'The execution was stopped',
		description: 'Nothing was sent to the NAS.',
	});
